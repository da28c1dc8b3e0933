import { AnyObject, Flag, Id, ListOf, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';

/** Who did something. `anonymous`: nobody who had proved who they are. */
export const AUDIT_ACTOR = oneOfSet('AuditActor', ['user', 'app', 'system', 'anonymous']);
export type AuditActor = ValueOf<typeof AUDIT_ACTOR>;

/** One change, refusal or use of a secret. */
export class AuditEntryDto {
  @Text({ description: 'Its number in the log.', example: '1042' })
  seq!: string;

  @Moment({ description: 'When.' })
  at!: string;

  @OneOf(AUDIT_ACTOR, { description: 'What kind of actor it was.' })
  actor_kind!: AuditActor;

  @Id({ nullable: true, description: 'The user or the app.' })
  actor_id!: string | null;

  @Text({ nullable: true, description: 'The name of the actor at that time.' })
  actor_name!: string | null;

  @Text({ nullable: true, description: 'By what the actor had proved who it is.', example: 'sign_in' })
  credential!: string | null;

  @Text({ nullable: true, description: 'From which address.' })
  address!: string | null;

  @Id({ nullable: true, description: 'The request; stands in its log lines and in its answer.' })
  request_id!: string | null;

  @Text({ description: 'What was done.', example: 'llm_config.disable' })
  action!: string;

  @Text({ description: 'What kind of thing it was done to.', example: 'llm_config' })
  target_type!: string;

  @Text({ nullable: true, description: 'To which.' })
  target_id!: string | null;

  @Text({ nullable: true, description: 'Its name at that time.' })
  target_name!: string | null;

  @AnyObject({ nullable: true, description: 'What changed, before; a secret is never told.' })
  before!: Record<string, unknown> | null;

  @AnyObject({ nullable: true, description: 'What changed, after; a secret is the word "changed".' })
  after!: Record<string, unknown> | null;

  @Flag({ description: 'It was refused.' })
  refused!: boolean;
}

/** One page of the audit log. */
export class AuditListDto {
  @ListOf(() => AuditEntryDto, { description: 'The entries, newest first.' })
  items!: AuditEntryDto[];

  @Whole({ min: 0, description: 'How many there are in all, or at least.' })
  total!: number;

  @Flag({ description: 'There are still more; of what a filter finds, no more than 10,000 are counted.' })
  is_capped!: boolean;
}

/** Which entries. */
export class AuditFilterDto {
  @Text({ max: 200, optional: true, description: 'Part of the name of actor or target, of the address or action.' })
  search?: string;

  @Text({ max: 100, optional: true, description: 'An action, or the first part of some.', example: 'llm_config' })
  action?: string;

  @Text({ max: 100, optional: true, description: 'What kind of thing it was done to.' })
  target_type?: string;

  @Text({ max: 100, optional: true, description: 'To which.' })
  target_id?: string;

  @Id({ optional: true, description: 'By which user or app.' })
  actor_id?: string;

  @Flag({ query: true, optional: true, description: 'Only what was refused, or only what was done.' })
  refused?: boolean;

  @Moment({ optional: true, description: 'From this moment on.' })
  from?: string;

  @Moment({ optional: true, description: 'Before this moment.' })
  to?: string;
}

/** Which page of which entries. */
export class AuditQueryDto extends AuditFilterDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    query: true,
    min: 1,
    max: 1000,
    optional: true,
    default: 100,
    description: 'How many to answer at the most.',
  })
  limit: number = 100;
}

/** How an export is written. */
export const AUDIT_FORMAT = oneOfSet('AuditFormat', ['csv', 'json']);
export type AuditFormat = ValueOf<typeof AUDIT_FORMAT>;

/** What to export. */
export class AuditExportQueryDto extends AuditFilterDto {
  @OneOf(AUDIT_FORMAT, {
    optional: true,
    default: 'csv',
    description: 'How: comma-separated, or one JSON object a line.',
  })
  format: AuditFormat = 'csv';
}

/** What is wrong in the log. `edited`: an entry is not as it was written. `missing`: one is gone. `head`: its end was changed. */
export const AUDIT_FLAW = oneOfSet('AuditFlaw', ['edited', 'missing', 'head']);
export type AuditFlaw = ValueOf<typeof AUDIT_FLAW>;

/** The first place where the log is not as it was written. */
export class AuditFlawDto {
  @Text({ description: 'The number of the entry.' })
  seq!: string;

  @OneOf(AUDIT_FLAW, { description: 'What is wrong there.' })
  flaw!: AuditFlaw;
}

/** Whether the log is as it was written. */
export class AuditVerificationDto {
  @Flag({ description: 'No entry was edited, taken out, put in or moved.' })
  is_intact!: boolean;

  @Whole({ min: 0, description: 'How many entries the chain holds.' })
  entries!: number;

  @Whole({ min: 0, description: 'How many are older than the chain, and vouched for by nothing.' })
  unchained!: number;

  @Nested(() => AuditFlawDto, { nullable: true, description: 'The first flaw; null when there is none.' })
  flaw!: AuditFlawDto | null;

  @Text({ description: 'The number of the last entry that was looked at.' })
  last_seq!: string;
}
