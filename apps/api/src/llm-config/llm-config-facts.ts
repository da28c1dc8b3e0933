import type { LlmProvider } from '@opsagent/contracts';
import type { Limited } from './access/config-access.js';

/** The sampling parameters of a configuration; null means that nothing is sent. */
export interface ModelParameters {
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly frequencyPenalty: number | null;
  readonly presencePenalty: number | null;
}

/** Timers of one configuration's calls; what is absent is the server's default. */
export interface ModelTimeouts {
  readonly connect_ms?: number;
  readonly first_byte_ms?: number;
  readonly idle_ms?: number;
  readonly total_ms?: number;
}

/** A price that a configuration says itself, as decimals. */
export interface OwnPrice {
  readonly currency: string;
  readonly input: string | number;
  readonly cached_input?: string | number;
  readonly output: string | number;
}

/** What `extra_config` may hold, checked when it was stored. */
export interface ExtraConfig {
  readonly thinking?: 'default' | 'on' | 'off';
  readonly reasoning_effort?: string;
  readonly thinking_budget?: number;
  readonly timeouts?: ModelTimeouts;
  readonly headers?: Readonly<Record<string, string>>;
  readonly dimensions?: number;
  readonly batch_size?: number;
  readonly num_ctx?: number;
  /** Seconds, or a duration such as `5m`; -1 for ever. */
  readonly keep_alive?: string | number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** Put at the top level of the request as they are. */
  readonly extra_body?: Readonly<Record<string, unknown>>;
  readonly capabilities?: Readonly<Record<string, boolean>>;
  readonly context_window?: number;
  /** Per million tokens; instead of what the catalogue says. */
  readonly price?: OwnPrice;
}

/** One configuration as those who call its model see it: immutable, without its key in any field. */
export interface LlmConfigFacts extends Limited {
  readonly name: string;
  readonly provider: LlmProvider;
  readonly modelName: string;
  /** The effective one, the provider's own where the configuration names none; no `/` at its end. */
  readonly baseUrl: string;
  readonly parameters: ModelParameters;
  readonly extra: Omit<ExtraConfig, 'headers'>;
  readonly isActive: boolean;
  readonly isEmbedding: boolean;
  /** Configurations that answer in its place while it fails, in this order. */
  readonly fallbackIds: readonly string[];
  /** Changes whenever the configuration does. */
  readonly revision: string;
  /** Those of `extra_config` with the secret ones among them. A method as the key is. @throws LlmConfigNotUsable */
  headers(): Readonly<Record<string, string>>;
  /** Opens the key; null without one. A method, so that no log line or JSON ever carries it. @throws LlmConfigNotUsable */
  apiKey(): string | null;
}
