import type {
  FaultKind,
  ReasoningEvent,
  StepFinishedEvent,
  StepOutputEvent,
  StepStartedEvent,
  TextEvent,
} from '@opsagent/contracts';
import type { ModelUser } from '../llm-config/access/config-access.js';
import type { UsableModel } from '../llm-config/chat-models.js';
import type { ModelImage, ModelUsage } from '../llm-config/wire/model-wire.js';
import type { ToolChoice } from './tools/tool-registry.js';

/** One tool call of an earlier turn. */
export interface HistoryStep {
  round: number;
  thought: string;
  tool: string;
  input: string;
  observation: string;
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
}

/** An event before the run has numbered it. */
export type Unnumbered<E> = Omit<E, 'seq' | 'run_id' | 'message_id'>;

export type TurnEvent =
  | Unnumbered<TextEvent>
  | Unnumbered<ReasoningEvent>
  | Unnumbered<StepStartedEvent>
  | Unnumbered<StepOutputEvent>
  | Unnumbered<StepFinishedEvent>
  /** Another configuration answers than the one that was asked, because that one failed. */
  | { type: 'model_changed'; model: UsableModel; from: string; fault: FaultKind }
  /** One model call ended; the run adds these up. */
  | { type: 'model_usage'; usage: ModelUsage };

/**
 * Takes events in order, several at once where they arrived at once; all steps of a round start in one batch.
 * A returned promise means: the reader is slow, wait for it.
 */
export type EmitTurnEvents = (events: readonly TurnEvent[]) => Promise<void> | void;

/** Answers turns. */
export abstract class AgentRunner {
  /**
   * Resolves when the answer is complete.
   * @throws UpstreamFailed, or the reason of `signal` soon after it is aborted (tools included).
   */
  abstract run(turn: AgentTurn, emit: EmitTurnEvents, signal: AbortSignal): Promise<void>;
}
