import type { LlmConfigFacts } from './llm-config-facts.js';

/** Turns texts into vectors. */
export abstract class Embedder {
  /**
   * One vector per text, in order.
   * @throws UpstreamFailed when the provider refuses or is too slow; the reason of `signal` when it is aborted.
   */
  abstract embed(config: LlmConfigFacts, texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}
