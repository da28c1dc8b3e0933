import { Decimal, Flag, Id, ListOf, Moment, Nested, OneOf, Text, Whole, WholeList } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { SessionDto } from '../session/session.dto.js';

/** What an operator has to look at. */
export const ATTENTION_KIND = oneOfSet('AttentionKind', [
  'approvals_waiting',
  'approvals_unknown',
  'no_llm_config',
  'no_default',
  'llm_config_failing',
  'llm_config_key_unreadable',
  'app_key_expiring',
]);
export type AttentionKind = ValueOf<typeof ATTENTION_KIND>;

/** One thing that needs somebody. */
export class AttentionDto {
  @OneOf(ATTENTION_KIND, { description: 'What it is.' })
  kind!: AttentionKind;

  @Id({ nullable: true, description: 'The configuration or the app it is about.' })
  target_id!: string | null;

  @Text({ nullable: true, description: 'Its name.' })
  target_name!: string | null;

  @Moment({ nullable: true, description: 'Since when, or until when.' })
  at!: string | null;

  @Whole({ nullable: true, min: 0, description: 'How many, where failures or requests for approval are counted.' })
  count!: number | null;
}

/** Figures of a day until now, with the same hours of a week ago. */
export class FigureDto {
  @Decimal({ nullable: true, description: 'Since midnight of the server; null when there is nothing to tell.' })
  now!: number | null;

  @Decimal({ nullable: true, description: 'The same hours seven days ago.' })
  before!: number | null;
}

/** What the overview counts. */
export class FiguresDto {
  @Nested(() => FigureDto, { description: 'Answers asked for.' })
  requests!: FigureDto;

  @Nested(() => FigureDto, { description: 'Of these, the part that failed, from 0 to 1.' })
  error_rate!: FigureDto;

  @Nested(() => FigureDto, {
    description: 'The first token of 95 in 100 answers came within this time, in milliseconds.',
  })
  first_token_p95_ms!: FigureDto;

  @WholeList({ description: 'Answers asked for in each of the last 24 hours, oldest first.' })
  requests_by_hour!: number[];

  @WholeList({ description: 'Answers that failed in each of the last 24 hours, oldest first.' })
  errors_by_hour!: number[];
}

/** How an active configuration did in the last 24 hours. */
export class LlmConfigHealthDto {
  @Id({ description: 'The configuration.' })
  llm_config_id!: string;

  @Text({ description: 'Its name.' })
  name!: string;

  @Text({ description: 'Its provider.' })
  provider!: string;

  @WholeList({ description: 'Answers in each quarter of an hour of the last 24 hours, oldest first: 96 figures.' })
  requests!: number[];

  @WholeList({ description: 'Of these, those that failed.' })
  errors!: number[];
}

/** A change somebody made. */
export class RecentChangeDto {
  @Text({ description: 'Names the entry of the audit log.' })
  id!: string;

  @Text({ description: 'What was done, for example `llm_config.create`.' })
  action!: string;

  @Text({ nullable: true, description: 'What it was done to.' })
  target_name!: string | null;

  @Text({ nullable: true, description: 'Who did it; null for the server itself.' })
  actor_name!: string | null;

  @Moment({ description: 'When.' })
  at!: string;
}

/** Is it healthy, what changed, what waits: in one answer. */
export class OverviewDto {
  @Moment({ description: 'When this was true.' })
  at!: string;

  @ListOf(() => AttentionDto, { description: 'What needs somebody, most urgent first.' })
  attention!: AttentionDto[];

  @Nested(() => FiguresDto, { description: 'Figures over all answers of the installation.' })
  figures!: FiguresDto;

  @ListOf(() => LlmConfigHealthDto, { description: 'Every active chat configuration, worst first.' })
  health!: LlmConfigHealthDto[];

  @ListOf(() => SessionDto, {
    description: 'The asker’s own newest sessions, at most five; those that answer now come first.',
  })
  sessions!: SessionDto[];

  @ListOf(() => RecentChangeDto, {
    nullable: true,
    description: 'The last five changes; null for who may not read the audit log.',
  })
  changes!: RecentChangeDto[] | null;

  @Flag({ description: 'Somebody has already had an answer from a model.' })
  has_answers!: boolean;
}
