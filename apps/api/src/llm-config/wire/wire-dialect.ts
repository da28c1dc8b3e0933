import type { Answer } from './answer.js';
import type { FrameReader } from './frames.js';
import type { ModelRequest } from './model-wire.js';

/** What differs between the wires: the request, the framing and the words of the answer. */
export interface WireDialect {
  /** Appended to the base URL. */
  readonly path: string;
  readonly accept: string;
  /** Whether an answer of that content type, in lower case, can be a stream of this wire. */
  isStream(contentType: string): boolean;
  bodyOf(request: ModelRequest): Record<string, unknown>;
  frames(): FrameReader;
  answer(request: ModelRequest): Answer;
}
