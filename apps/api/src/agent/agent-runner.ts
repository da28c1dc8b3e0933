import type {
  ApprovalRequestedEvent,
  ApprovalResolvedEvent,
  FaultKind,
  ReasoningEvent,
  StepFinishedEvent,
  StepOutputEvent,
  StepStartedEvent,
  StepState,
  TextEvent,
} from '@opsagent/contracts';
import type { ModelUser } from '../llm-config/access/config-access.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { ModelImage, ModelUsage } from '../llm-config/wire/model-wire.js';
import type { ApprovalDesk } from './approvals/approval-desk.js';
import type { ToolChoice } from './tools/tool-registry.js';

/** One tool call of an earlier turn. */
export interface HistoryStep {
  id: string;
  position: number;
  round: number;
  thought: string;
  /** What it thought before the round; empty where that is not known by round. */
  reasoning: string;
  tool: string;
  input: string;
  observation: string;
}

/** One tool call of a turn that waited, as far as it came. */
export interface BegunStep extends HistoryStep {
  readonly state: StepState;
}

/** One earlier turn of the conversation, oldest first. */
export interface HistoryTurn {
  query: string;
  answer: string;
  reasoning: string;
  steps: readonly HistoryStep[];
  files?: readonly AttachedFile[];
}

/** A file of a question: what the model reads of it, or sees. */
export interface AttachedFile {
  readonly name: string;
  readonly text: string | null;
  readonly image: ModelImage | null;
}

/** Everything the agent needs to answer; it knows neither wires nor tables. */
export interface AgentTurn {
  runId: string;
  sessionId: string;
  messageId: string;
  model: UsableModel;
  /** On whose behalf it is used. */
  user: ModelUser;
  query: string;
  files?: readonly AttachedFile[];
  history: readonly HistoryTurn[];
  /** The operator's own instructions; null takes ours. */
  systemPrompt: string | null;
  /** Which tools may be called; an empty list is a plain chat. */
  tools: ToolChoice;
  /** How a call that changes something is asked for; a text says why it is refused instead. */
  asking: Asking | string;
  /** The calls that were made before, where the turn waited and another process goes on with it. */
  begun?: readonly BegunStep[] | undefined;
}

/** Where a turn asks for approvals, and how it is kept meanwhile. */
export interface Asking {
  readonly desk: ApprovalDesk;
  readonly keeping: TurnKeeping;
}

/** Keeps a turn that waits for people where any process can go on with it. */
export interface TurnKeeping {
  /**
   * Stores what was told so far, and `change` with it in one transaction; from then on the run waits.
   * @throws RunLost when another process has taken it over
   */
  save<T>(change: () => Promise<T>): Promise<T>;
  /** The run goes on by itself from here. @throws RunLost */
  goOn(): Promise<void>;
}

/** This process lets go of a run that is not over. */
export abstract class RunLeft extends Error {}

/** Another process has taken the run over: here it is nobody's business any more. */
export class RunLost extends RunLeft {
  constructor() {
    super('Another process goes on with this run.');
  }
}

/** An event before the run has numbered it. */
export type Unnumbered<E> = Omit<E, 'seq' | 'run_id' | 'message_id'>;

export type TurnEvent =
  | Unnumbered<TextEvent>
  | Unnumbered<ReasoningEvent>
  | Unnumbered<StepStartedEvent>
  | Unnumbered<StepOutputEvent>
  | Unnumbered<StepFinishedEvent>
  | Unnumbered<ApprovalRequestedEvent>
  | Unnumbered<ApprovalResolvedEvent>
  /** Another configuration answers than the one that was asked, because that one failed. */
  | { type: 'model_changed'; model: UsableModel; from: string; fault: FaultKind }
  /** One model call ended; the run adds these up. */
  | { type: 'model_usage'; usage: ModelUsage };

/**
 * Takes events in order, several at once where they arrived at once; all steps of a round start in one batch.
 * A returned promise means: the reader is slow, wait for it.
 */
export type EmitTurnEvents = (events: readonly TurnEvent[]) => Promise<void> | void;

/** The process ends while the run waits for somebody: another one goes on with it. */
export class RunSuspended extends RunLeft {
  constructor() {
    super('The run waits for another process.');
  }
}

/** Answers turns. */
export abstract class AgentRunner {
  /**
   * Resolves when the answer is complete.
   * @throws UpstreamFailed, or the reason of `signal` soon after it is aborted (tools included).
   */
  abstract run(turn: AgentTurn, emit: EmitTurnEvents, signal: AbortSignal): Promise<void>;
}
