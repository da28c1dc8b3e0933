import type { ChatEvent } from '@opsagent/contracts';
import type { ReadyAnswer, TurnResult } from './chat-turn.js';
import type { TurnCost } from './turn-cost.js';

/**
 * Reads a run's events. Events come in order and without gaps, several at once where they arrived at once.
 * A returned promise means: wait for me; the model's stream pauses until it resolves.
 */
export type RunReader = (events: readonly ChatEvent[]) => Promise<void> | void;

/** One answer being made, wherever its readers are. */
export interface Run {
  readonly runId: string;
  readonly messageId: string;
  readonly sessionId: string;
  /** The message's creation time. */
  readonly createdAt: Date;
  /** The configuration and model that answer. */
  readonly llmConfigId: string;
  readonly modelName: string;
  /** What it cost so far; null when that is not known. */
  readonly cost: TurnCost | null;
  /** The answer that stood ready, so that no model is asked; known before the first event is handed out. */
  readonly readyAnswer: ReadyAnswer | null;

  /**
   * Hands the reader every event after `afterSeq`, first the kept ones, then each as it comes; the first only after the pending message is stored.
   * The last one is `turn_finished` or `turn_failed`, and by then the final state is stored.
   * @returns a function that ends the reading.
   */
  follow(afterSeq: number, reader: RunReader): () => void;

  /** Ends the answer within a second; what came so far is kept and stored as `stopped`. */
  stop(): void;

  /** Resolves when this process lets go of the run before its end: whoever follows it here hears no more. */
  readonly left: Promise<void>;

  /** Resolves, never rejects, when the turn has ended and is stored. */
  readonly ended: Promise<TurnResult>;
}
