import { AnyValue, Id, ListOf, Moment, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** What made a revision. */
export const REVISION_ACTION = oneOfSet('RevisionAction', [
  'create',
  'update',
  'enable',
  'disable',
  'set_default',
  'delete',
  'restore',
  'roll_back',
  'import',
]);
export type RevisionAction = ValueOf<typeof REVISION_ACTION>;

/** One field that a revision changed; the values of secrets are never told. */
export class FieldChangeDto {
  @Text({ description: 'The field, by its name on the wire.', example: 'temperature' })
  field!: string;

  @AnyValue({ description: 'Before; for `api_key` and `secret_headers` null or "stored".' })
  before!: unknown;

  @AnyValue({ description: 'After; for `api_key` and `secret_headers` null or "changed".' })
  after!: unknown;
}

/** One state of a configuration in time. */
export class LlmConfigRevisionDto {
  @Id({ description: 'Names the revision.' })
  id!: string;

  @Whole({ min: 1, description: 'Its number within the configuration, from 1.' })
  number!: number;

  @OneOf(REVISION_ACTION, { description: 'What was done.' })
  action!: RevisionAction;

  @Moment({ description: 'When.' })
  at!: string;

  @Text({ nullable: true, description: 'By whom; null for the server itself.' })
  by!: string | null;

  @ListOf(() => FieldChangeDto, { description: 'What it changed.' })
  changes!: FieldChangeDto[];
}

/** Which revisions to list. */
export class RevisionQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({ query: true, min: 1, max: 100, optional: true, default: 20, description: 'How many to answer at the most.' })
  limit: number = 20;
}

/** The revisions of a configuration, newest first. */
export class LlmConfigRevisionListDto {
  @ListOf(() => LlmConfigRevisionDto, { description: 'This page.' })
  items!: LlmConfigRevisionDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** A deleted configuration that can still be restored. */
export class DeletedLlmConfigDto {
  @Id({ description: 'Names the configuration.' })
  id!: string;

  @Text({ description: 'Its name.' })
  name!: string;

  @OneOf(LLM_PROVIDER, { description: 'Its provider.' })
  provider!: LlmProvider;

  @Text({ description: 'Its model.' })
  model_name!: string;

  @Moment({ description: 'When it was deleted.' })
  deleted_at!: string;

  @Text({ nullable: true, description: 'By whom; null for the server itself.' })
  deleted_by!: string | null;

  @Moment({ description: 'Until when it can be restored.' })
  restorable_until!: string;
}

/** The deleted configurations, latest first. */
export class DeletedLlmConfigListDto {
  @ListOf(() => DeletedLlmConfigDto, { description: 'All that can be restored.' })
  items!: DeletedLlmConfigDto[];

  @Whole({ min: 0, description: 'How many.' })
  total!: number;
}
