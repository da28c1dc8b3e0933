import { Decimal, Flag, Id, ListOf, Moment, Text, TextList, Whole } from '../field/fields.js';

/** What to look for in the runbooks. */
export class RunbookSearchQueryDto {
  @Text({
    ...{ min: 1, max: 400 },
    description: 'Words, or a whole question; the sections that have most of it come first.',
  })
  query!: string;

  @Flag({ query: true, optional: true, default: false, description: 'Also those that the agent does not find.' })
  with_inactive: boolean = false;

  @Whole({ query: true, min: 1, max: 50, optional: true, default: 20, description: 'How many sections at the most.' })
  limit: number = 20;
}

/** A piece of a text that was found. */
export class FoundTextDto {
  @Text({ description: 'The text.' })
  text!: string;

  @Flag({ description: 'Whether it is one of the words that were looked for.' })
  is_match!: boolean;
}

/** A section of a runbook that was found. */
export class FoundSectionDto {
  @Id({ description: 'The runbook.' })
  runbook_id!: string;

  @Text({ description: 'What the runbook is about.' })
  title!: string;

  @TextList({ description: 'Words to find it by.' })
  tags!: string[];

  @Flag({ description: 'Whether the agent finds it.' })
  is_active!: boolean;

  @TextList({ description: 'The headings above the text, outermost first.' })
  path!: string[];

  @ListOf(() => FoundTextDto, { description: 'The place in the section that fits best.' })
  snippet!: FoundTextDto[];

  @Decimal({ min: 0, max: 1, description: 'How much of what was looked for it has.' })
  score!: number;

  @Moment({ description: 'When the runbook was last changed.' })
  updated_at!: string;
}

/** Sections of runbooks that were found. */
export class RunbookSearchDto {
  @ListOf(() => FoundSectionDto, { description: 'Those that fit best first.' })
  items!: FoundSectionDto[];

  @Whole({ min: 0, description: 'How many these are.' })
  total!: number;
}
