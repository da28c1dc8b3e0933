import { Flag, Id, ListOf, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import {
  APPROVAL_FILTER,
  APPROVAL_OUTCOME,
  APPROVAL_STATE,
  APPROVAL_VERDICT,
  type ApprovalFilter,
  type ApprovalOutcome,
  type ApprovalState,
  type ApprovalVerdict,
} from './approval-sets.js';
import { TOOL_RISK, ToolLabelDto, type ToolRisk } from './step.dto.js';

export * from './approval-sets.js';

/** A tool call that somebody has to allow before it is made. */
export class ApprovalDto {
  @Id({ description: 'Names the request.' })
  id!: string;

  @Id({ description: 'The run that waits.' })
  run_id!: string;

  @Id({ description: 'The message being answered.' })
  message_id!: string;

  @Id({ description: 'The session.' })
  session_id!: string;

  @Id({ description: 'The step.' })
  step_id!: string;

  @Text({ description: 'Which tool.' })
  tool!: string;

  @Nested(() => ToolLabelDto, { description: 'The tool in words.' })
  label!: ToolLabelDto;

  @Text({ description: 'The arguments as JSON text; after an edit those that are allowed.' })
  arguments!: string;

  @Text({ nullable: true, description: 'The arguments before the edit; null where nothing was edited.' })
  original_arguments!: string | null;

  @Text({ description: 'Stands for tool, arguments, target and run as they are shown here; a decision names it.' })
  arguments_hash!: string;

  @Text({ description: 'What it would be done to.', example: 'db-1' })
  target!: string;

  @Text({ nullable: true, description: 'In which environment.', example: 'production' })
  environment!: string | null;

  @OneOf(TOOL_RISK, { description: 'How much the call can do.' })
  risk!: ToolRisk;

  @Text({ description: 'What would be done, in one line.' })
  summary!: string;

  @Text({ nullable: true, description: 'What it would change, where the tool can tell beforehand.' })
  preview!: string | null;

  @Text({ nullable: true, description: 'How it can be taken back, where that is known.' })
  rollback!: string | null;

  @Text({ description: 'Why, in the words of the model; not to be trusted.' })
  reason!: string;

  @Id({ nullable: true, description: 'The user whose question it answers; null for a client of an app.' })
  requested_by_id!: string | null;

  @Text({ nullable: true, description: 'The name of that user; null for a client of an app.' })
  requested_by!: string | null;

  @OneOf(APPROVAL_STATE, { description: 'Where it stands.' })
  state!: ApprovalState;

  @OneOf(APPROVAL_OUTCOME, { description: 'What became of the action.' })
  outcome!: ApprovalOutcome;

  @Flag({ description: 'Whether you may decide it now.' })
  can_decide!: boolean;

  @Moment({ description: 'When it was asked for.' })
  created_at!: string;

  @Moment({ description: 'When it is over unless it is decided.' })
  expires_at!: string;

  @Text({ nullable: true, description: 'The name of whoever decided.' })
  decided_by!: string | null;

  @Moment({ nullable: true, description: 'When it was decided.' })
  decided_at!: string | null;

  @Text({ nullable: true, description: 'Why it was decided so; the model reads it.' })
  decision_reason!: string | null;

  @Text({ nullable: true, description: 'The name of whoever acknowledged the unknown outcome.' })
  acknowledged_by!: string | null;

  @Moment({ nullable: true, description: 'When that was.' })
  acknowledged_at!: string | null;

  @Text({ nullable: true, description: 'What that person found.' })
  acknowledge_note!: string | null;
}

/** One page of requests for approval. */
export class ApprovalListDto {
  @ListOf(() => ApprovalDto, { description: 'The requests, newest first.' })
  items!: ApprovalDto[];

  @Whole({ min: 0, description: 'How many there are in all.' })
  total!: number;
}

/** Which page of which requests for approval. Who is no approver sees their own only. */
export class ApprovalQueryDto {
  @OneOf(APPROVAL_FILTER, { optional: true, description: 'Only those in this state.' })
  state?: ApprovalFilter;

  @Flag({ query: true, optional: true, description: 'Only those that your own questions led to.' })
  mine?: boolean;

  @Id({ optional: true, description: 'Only those of this session.' })
  session_id?: string;

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

/** Decides a request for approval, once. */
export class DecideApprovalDto {
  @OneOf(APPROVAL_VERDICT, { description: 'What to do with it; `edit` allows it with other arguments.' })
  decision!: ApprovalVerdict;

  @Text({ max: 2_000, optional: true, description: 'Why; the model reads it.' })
  reason?: string;

  @Text({ optional: true, description: 'The other arguments as JSON text; required with `edit`.' })
  arguments?: string;

  @Text({ min: 1, max: 100, description: 'The `arguments_hash` of what was shown to whoever decides.' })
  arguments_hash!: string;
}

/** Says that a person has looked at an action whose outcome was not known. */
export class AcknowledgeApprovalDto {
  @Text({ min: 1, max: 2_000, description: 'What was found.' })
  note!: string;
}

/** How approvals are given. */
export class ApprovalPolicyDto {
  @Flag({ description: 'Whether somebody may approve what their own question led to.' })
  allows_requester!: boolean;

  @Whole({ min: 1, max: 1_440, description: 'After how many minutes a request is over.' })
  expires_after_minutes!: number;
}
