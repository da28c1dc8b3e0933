import { Decimal, Id, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type DtoClass } from '../field/facts.js';
import { APPROVAL_DECISION, type ApprovalDecision } from '../agent/approval.dto.js';
import { STEP_STATE, TOOL_RISK, ToolLabelDto, type StepState, type ToolRisk } from '../agent/step.dto.js';
import { LimitWarningDto } from '../limits/limit.dto.js';
import { FAULT_KIND, type FaultKind } from '../problem/fault-kind.js';
import { UsageDto } from './message.dto.js';

const typeOf = <const T extends string>(type: T) => oneOfSet(`ChatEvent_${type}`, [type]);

/** What every event of a run carries. */
abstract class RunEvent {
  @Whole({ min: 1, description: 'Its number within the run, from 1, without gaps.' })
  seq!: number;

  @Id({ description: 'The run.' })
  run_id!: string;

  @Id({ description: 'The message being answered.' })
  message_id!: string;
}

/** A turn began; always the first event. */
export class TurnStartedEvent extends RunEvent {
  @OneOf(typeOf('turn_started'), { description: 'Tells the events apart.' })
  type!: 'turn_started';

  @Id({ description: 'The session.' })
  session_id!: string;

  @Id({ description: 'The configuration that answers.' })
  llm_config_id!: string;

  @Text({ description: 'The model that answers.' })
  model_name!: string;

  @Nested(() => LimitWarningDto, { optional: true, description: 'A budget of which little is left.' })
  limit_warning?: LimitWarningDto;
}

/** Another configuration of the chain answers, because the one that was asked failed; before anything of the answer. */
export class ModelChangedEvent extends RunEvent {
  @OneOf(typeOf('model_changed'), { description: 'Tells the events apart.' })
  type!: 'model_changed';

  @Id({ description: 'The configuration that answers.' })
  llm_config_id!: string;

  @Text({ description: 'The model that answers.' })
  model_name!: string;

  @Id({ description: 'The configuration that was asked first.' })
  from_llm_config_id!: string;

  @OneOf(FAULT_KIND, { description: 'Why that one did not answer.' })
  kind!: FaultKind;
}

/** A piece of the answer. */
export class TextEvent extends RunEvent {
  @OneOf(typeOf('text'), { description: 'Tells the events apart.' })
  type!: 'text';

  @Text({ description: 'To be appended.' })
  delta!: string;
}

/** A piece of the model's reasoning. */
export class ReasoningEvent extends RunEvent {
  @OneOf(typeOf('reasoning'), { description: 'Tells the events apart.' })
  type!: 'reasoning';

  @Text({ description: 'To be appended.' })
  delta!: string;
}

/** A tool is called. */
export class StepStartedEvent extends RunEvent {
  @OneOf(typeOf('step_started'), { description: 'Tells the events apart.' })
  type!: 'step_started';

  @Id({ description: 'The step.' })
  step_id!: string;

  @Whole({ min: 1, description: 'Its place in the answer.' })
  position!: number;

  @Whole({
    min: 1,
    description: 'Which model call of the answer asked for it, from 1; steps of one round run together.',
  })
  round!: number;

  @Text({ description: 'Which tool.' })
  tool!: string;

  @Nested(() => ToolLabelDto, { description: 'The tool in words.' })
  label!: ToolLabelDto;

  @Text({ description: 'The arguments as JSON text.' })
  input!: string;

  @OneOf(TOOL_RISK, { description: 'How much the tool can do.' })
  risk!: ToolRisk;
}

/** A piece of a running tool's output, for watching only. */
export class StepOutputEvent extends RunEvent {
  @OneOf(typeOf('step_output'), { description: 'Tells the events apart.' })
  type!: 'step_output';

  @Id({ description: 'The step.' })
  step_id!: string;

  @Text({ description: 'To be appended.' })
  delta!: string;
}

/** A tool answered. */
export class StepFinishedEvent extends RunEvent {
  @OneOf(typeOf('step_finished'), { description: 'Tells the events apart.' })
  type!: 'step_finished';

  @Id({ description: 'The step.' })
  step_id!: string;

  @OneOf(STEP_STATE, { description: 'How it ended.' })
  state!: StepState;

  @Text({ description: 'What the tool answered, as the model reads it.' })
  observation!: string;

  @Id({ optional: true, description: 'The whole result, where the observation only holds a part of it.' })
  artifact_id?: string;
}

/** A tool call waits until somebody allows or rejects it. */
export class ApprovalRequestedEvent extends RunEvent {
  @OneOf(typeOf('approval_requested'), { description: 'Tells the events apart.' })
  type!: 'approval_requested';

  @Id({ description: 'What is to be decided: `/api/approvals/{id}`.' })
  approval_id!: string;

  @Id({ description: 'The step that waits.' })
  step_id!: string;

  @OneOf(TOOL_RISK, { description: 'How much the tool can do.' })
  risk!: ToolRisk;

  @Text({ description: 'What would be done, in one line.' })
  summary!: string;

  @Moment({ description: 'When it is over unless it is decided.' })
  expires_at!: string;
}

/** A tool call that waited was decided, or cannot be decided any more. */
export class ApprovalResolvedEvent extends RunEvent {
  @OneOf(typeOf('approval_resolved'), { description: 'Tells the events apart.' })
  type!: 'approval_resolved';

  @Id({ description: 'What was decided.' })
  approval_id!: string;

  @OneOf(APPROVAL_DECISION, { description: 'How.' })
  decision!: ApprovalDecision;

  @Text({ nullable: true, description: 'The name of whoever decided; null where nobody did.' })
  by!: string | null;
}

/** What the turn took, summed over its model calls; once, before the end. */
export class UsageEvent extends RunEvent {
  @OneOf(typeOf('usage'), { description: 'Tells the events apart.' })
  type!: 'usage';

  @Nested(() => UsageDto, { description: 'The figures.' })
  usage!: UsageDto;

  @Decimal({ nullable: true, description: 'Until the first token, in milliseconds.' })
  first_token_ms!: number | null;

  @Decimal({ description: 'The whole answer, in milliseconds.' })
  total_ms!: number;

  @Text({ nullable: true, description: 'What it cost, as a decimal; null when the price is not known.' })
  total_price!: string | null;

  @Text({ nullable: true, description: 'The currency of the price.', example: 'CNY' })
  currency!: string | null;
}

/** How a turn can end well. */
export const TURN_END = oneOfSet('TurnEnd', ['finished', 'stopped']);

/** The turn ended and is stored; the last event. */
export class TurnFinishedEvent extends RunEvent {
  @OneOf(typeOf('turn_finished'), { description: 'Tells the events apart.' })
  type!: 'turn_finished';

  @OneOf(TURN_END, { description: 'Whether it ended by itself or was stopped.' })
  status!: 'finished' | 'stopped';
}

/** The turn failed and what came of it is stored; the last event. */
export class TurnFailedEvent extends RunEvent {
  @OneOf(typeOf('turn_failed'), { description: 'Tells the events apart.' })
  type!: 'turn_failed';

  @OneOf(FAULT_KIND, { description: 'The kind of fault.' })
  kind!: FaultKind;

  @Text({ description: 'A stable code for programs.' })
  code!: string;

  @Text({ description: 'A sentence for a person.' })
  detail!: string;
}

/** Everything that can happen in a turn. Readers ignore types they do not know. */
export type ChatEvent =
  | TurnStartedEvent
  | ModelChangedEvent
  | TextEvent
  | ReasoningEvent
  | StepStartedEvent
  | StepOutputEvent
  | StepFinishedEvent
  | ApprovalRequestedEvent
  | ApprovalResolvedEvent
  | UsageEvent
  | TurnFinishedEvent
  | TurnFailedEvent;

export type ChatEventType = ChatEvent['type'];

/** The class of each event type: the API document's `oneOf` and its discriminator come from here. */
export const CHAT_EVENTS: Readonly<Record<ChatEventType, DtoClass>> = {
  turn_started: TurnStartedEvent,
  model_changed: ModelChangedEvent,
  text: TextEvent,
  reasoning: ReasoningEvent,
  step_started: StepStartedEvent,
  step_output: StepOutputEvent,
  step_finished: StepFinishedEvent,
  approval_requested: ApprovalRequestedEvent,
  approval_resolved: ApprovalResolvedEvent,
  usage: UsageEvent,
  turn_finished: TurnFinishedEvent,
  turn_failed: TurnFailedEvent,
};
