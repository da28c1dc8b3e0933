import { AnyValue, Flag, Id, ListOf, OneOf, Text, TextList, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { FieldChangeDto } from './llm-config-revision.dto.js';

/** How a file of configurations is written. */
export const TRANSFER_FORMAT = oneOfSet('TransferFormat', ['json', 'yaml']);
export type TransferFormat = ValueOf<typeof TRANSFER_FORMAT>;

/** Whose file it is; found out by itself when not said. */
export const IMPORT_SOURCE = oneOfSet('ImportSource', ['opsagent', 'litellm', 'one-api']);
export type ImportSource = ValueOf<typeof IMPORT_SOURCE>;

/** What to export. */
export class ExportLlmConfigsDto {
  @TextList({ format: 'uuid', optional: true, nullable: true, description: 'Which configurations; all without it.' })
  ids?: string[] | null;

  @OneOf(TRANSFER_FORMAT, { optional: true, default: 'yaml', description: 'How to write it.' })
  format?: TransferFormat;

  @Text({
    min: 12,
    max: 1024,
    optional: true,
    nullable: true,
    description: 'Seals the keys into the file; without it the file holds no keys.',
  })
  passphrase?: string | null;
}

/** A file of configurations. */
export class LlmConfigExportDto {
  @Text({ description: 'A name for the file.', example: 'opsagent-models-2026-11-25.yaml' })
  filename!: string;

  @Text({ max: 50_000_000, description: 'Its text.' })
  content!: string;

  @Whole({ min: 0, description: 'How many configurations it holds.' })
  count!: number;

  @Whole({ min: 0, description: 'How many of them with a sealed key.' })
  with_keys!: number;
}

/** What becomes of one configuration of a file. */
export const IMPORT_ACTION = oneOfSet('ImportAction', ['new', 'change', 'same', 'conflict', 'invalid']);
export type ImportAction = ValueOf<typeof IMPORT_ACTION>;

/** What to do with one that is there already but differs, or whose name is taken. */
export const IMPORT_CHOICE = oneOfSet('ImportChoice', ['skip', 'rename', 'overwrite']);
export type ImportChoice = ValueOf<typeof IMPORT_CHOICE>;

/** The decision for one item. */
export class ImportDecisionDto {
  @Whole({ min: 0, description: 'Which item of the plan.' })
  index!: number;

  @OneOf(IMPORT_CHOICE, { description: 'What to do with it.' })
  choice!: ImportChoice;
}

/** A file to import. */
export class ImportLlmConfigsDto {
  @Text({ min: 1, max: 20_000_000, description: 'Its text: JSON or YAML.' })
  content!: string;

  @OneOf(IMPORT_SOURCE, { optional: true, nullable: true, description: 'Whose file it is; found out otherwise.' })
  source?: ImportSource | null;

  @Text({ max: 1024, optional: true, nullable: true, description: 'Opens the keys sealed in it.' })
  passphrase?: string | null;

  @ListOf(() => ImportDecisionDto, {
    max: 10_000,
    optional: true,
    description: 'For items in conflict, which are left out otherwise; and `skip` for any other.',
  })
  decisions?: ImportDecisionDto[];

  @Text({
    optional: true,
    nullable: true,
    description:
      'The `fingerprint` of the plan that was looked at: the import is refused with 409 if it would do something else.',
  })
  fingerprint?: string | null;
}

/** One configuration of a file and what becomes of it. */
export class ImportItemDto {
  @Whole({ min: 0, description: 'Its place in the file, from 0.' })
  index!: number;

  @Whole({ nullable: true, description: 'The line it begins at, from 1, where the file has lines.' })
  line!: number | null;

  @Text({ description: 'Its name.' })
  name!: string;

  @OneOf(IMPORT_ACTION, { description: 'What becomes of it.' })
  action!: ImportAction;

  @Id({ nullable: true, description: 'The configuration it would change or clashes with.' })
  existing_id!: string | null;

  @ListOf(() => FieldChangeDto, { description: 'What would change; for a new one, what it would hold.' })
  changes!: FieldChangeDto[];

  @TextList({ description: 'Why it is invalid or in conflict, and what was left out of it.' })
  reasons!: string[];

  @Flag({ description: 'It needs a key, and neither the file nor the stored one gives it.' })
  missing_key!: boolean;
}

/** What an import would do; nothing has been done. */
export class ImportPlanDto {
  @OneOf(IMPORT_SOURCE, { description: 'Whose file it is.' })
  source!: ImportSource;

  @ListOf(() => ImportItemDto, { description: 'Every configuration of the file.' })
  items!: ImportItemDto[];

  @Text({ description: 'Stands for exactly this plan.' })
  fingerprint!: string;

  @AnyValue({ description: 'How many of each action.' })
  counts!: Record<ImportAction, number>;
}
