import type { ModelDelta } from './model-wire.js';
import type { ProviderSaid } from './fault-classifier.js';

/** The stream carried an error instead of a piece of the answer. */
export class ErrorFrame extends Error {
  constructor(readonly said: ProviderSaid) {
    super('the provider reported an error');
  }
}

/** The stream ended in a way that is no answer. */
export class AnswerUnusable extends Error {
  constructor(
    readonly fault: 'cut_off' | 'truncated_tool_call' | 'content_filter' | 'empty_answer' | 'overloaded' | 'server',
    message: string,
  ) {
    super(message);
  }
}

/** Reads one answer, frame by frame, in the words of one wire. */
export interface Answer {
  /** The model said why it stopped: only figures may follow. */
  readonly isFinished: boolean;

  /** Appends what a frame says. @throws ErrorFrame when it is an error */
  read(frame: unknown, deltas: ModelDelta[]): void;

  /** Appends the usage and the finish. @throws AnswerUnusable */
  end(deltas: ModelDelta[]): void;
}
