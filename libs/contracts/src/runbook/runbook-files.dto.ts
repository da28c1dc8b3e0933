import { Id, ListOf, OneOf, Text, Whole } from '../field/fields.js';
import { RUNBOOK_FILE_FAULT, RUNBOOK_OUTCOME, type RunbookFileFault, type RunbookOutcome } from './runbook-sets.js';

/** A Markdown file; its front matter may have a title and tags. */
export class RunbookFileDto {
  @Text({ min: 1, max: 255, description: 'The name of the file.', example: 'disk-full.md' })
  name!: string;

  @Text({ max: 1_000_000, description: 'Its text.' })
  text!: string;
}

/** Brings in runbooks from Markdown files. */
export class ImportRunbooksDto {
  @ListOf(() => RunbookFileDto, { min: 1, max: 200, description: 'The files.' })
  files!: RunbookFileDto[];
}

/** What became of a file. */
export class ImportedRunbookDto {
  @Text({ description: 'The name of the file.' })
  name!: string;

  @OneOf(RUNBOOK_OUTCOME, { description: 'What became of it.' })
  outcome!: RunbookOutcome;

  @Id({ nullable: true, description: 'The runbook; null when the file failed.' })
  id!: string | null;

  @Text({ nullable: true, description: 'Its title; null when the file failed.' })
  title!: string | null;

  @OneOf(RUNBOOK_FILE_FAULT, { nullable: true, description: 'Why it failed.' })
  fault!: RunbookFileFault | null;

  @Text({ nullable: true, description: 'The same in a sentence.' })
  message!: string | null;
}

/** What an import did. */
export class RunbookImportDto {
  @ListOf(() => ImportedRunbookDto, { description: 'The files, in their order.' })
  items!: ImportedRunbookDto[];

  @Whole({ min: 0, description: 'How many there are.' })
  total!: number;
}

/** Which runbooks to export. */
export class RunbookExportQueryDto {
  @Id({ optional: true, description: 'This one only.' })
  id?: string;

  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    ...{ query: true, min: 1, max: 100, optional: true, default: 100 },
    description: 'How many to answer at the most.',
  })
  limit: number = 100;
}

/** Runbooks as Markdown files, as an import takes them. */
export class RunbookExportDto {
  @ListOf(() => RunbookFileDto, { description: 'The files.' })
  files!: RunbookFileDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}
