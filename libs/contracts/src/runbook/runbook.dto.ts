import { Flag, Id, ListOf, Moment, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { RUNBOOK_SORT, type RunbookSort } from './runbook-sets.js';

const TITLE = { min: 1, max: 200, pattern: /\S/, patternHint: 'must have a visible character' };
const TAGS = { max: 20, longest: 40 };

/** A runbook as lists show it. */
export class RunbookSummaryDto {
  @Id({ description: 'Names the runbook for programs.' })
  id!: string;

  @Text({ description: 'What it is about.' })
  title!: string;

  @TextList({ description: 'Words to find it by.' })
  tags!: string[];

  @Text({ nullable: true, description: 'The file it was imported from; importing that again changes this runbook.' })
  source_name!: string | null;

  @Flag({ description: 'Whether the agent finds it.' })
  is_active!: boolean;

  @Text({ description: 'Its beginning, without marks of Markdown.' })
  excerpt!: string;

  @Id({ nullable: true, description: 'The user who made it.' })
  created_by!: string | null;

  @Id({ nullable: true, description: 'The user who last changed it.' })
  updated_by!: string | null;

  @Moment({ description: 'When it was made.' })
  created_at!: string;

  @Moment({ description: 'When it was last changed; for `If-Match`.' })
  updated_at!: string;
}

/** A runbook: how to find out about a problem, and what to do. */
export class RunbookDto extends RunbookSummaryDto {
  @Text({ description: 'The text in Markdown; its headings divide it into the sections that are found.' })
  body!: string;
}

/** One page of the runbooks. */
export class RunbookListDto {
  @ListOf(() => RunbookSummaryDto, { description: 'The runbooks.' })
  items!: RunbookSummaryDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Which page of which runbooks. */
export class RunbookQueryDto {
  @Text({ max: 40, optional: true, description: 'Only those with this tag.' })
  tag?: string;

  @Flag({ query: true, optional: true, description: 'Only those that the agent finds, or only the others.' })
  is_active?: boolean;

  @OneOf(RUNBOOK_SORT, { optional: true, default: '-updated_at', description: 'The order.' })
  sort: RunbookSort = '-updated_at';

  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    ...{ query: true, min: 1, max: 1000, optional: true, default: 100 },
    description: 'How many to answer at the most.',
  })
  limit: number = 100;
}

/** Writes a runbook. */
export class CreateRunbookDto {
  @Text({ ...TITLE, description: 'What it is about.', example: '磁盘空间不足' })
  title!: string;

  @TextList({ ...TAGS, optional: true, description: 'Words to find it by.' })
  tags?: string[];

  @Text({ max: 100_000, description: 'The text in Markdown.' })
  body!: string;

  @Flag({ optional: true, description: 'Whether the agent finds it.' })
  is_active?: boolean;
}

/** Changes a runbook; what is absent stays. */
export class UpdateRunbookDto {
  @Text({ ...TITLE, optional: true, description: 'What it is about.' })
  title?: string;

  @TextList({ ...TAGS, optional: true, description: 'Words to find it by.' })
  tags?: string[];

  @Text({ max: 100_000, optional: true, description: 'The text in Markdown.' })
  body?: string;

  @Flag({ optional: true, description: 'Whether the agent finds it.' })
  is_active?: boolean;
}
