import type { LlmProvider } from '@opsagent/contracts';
import type { ModelUser } from './access/config-access.js';
import type { Pricing } from './catalogue/pricing.js';
import type { ChatModel } from './wire/model-wire.js';

/** A configuration that may be used for chat right now; never holds the key. */
export interface UsableModel {
  configId: string;
  configName: string;
  provider: LlmProvider;
  modelName: string;
  /** Changes whenever the configuration does: what is kept per model is keyed by id and revision. */
  revision: string;
  /** What its calls cost. */
  pricing: Pick<Pricing, 'priceOf'>;
  /** Whether it sees images; absent when that is not known. */
  vision?: boolean;
  /** How many tokens it takes at most; absent when that is not known. */
  contextWindow?: number;
}

/** Where a configuration is named, the first that does counts; last comes what an app is set to, and then the default. */
export interface ModelChoices {
  /** By the question itself. */
  readonly named?: string | null | undefined;
  /** By the conversation that it belongs to. */
  readonly bound?: string | null | undefined;
}

/** Finds chat configurations and opens what they stand for. Steady state: answers from memory, no database. */
export abstract class ChatModels {
  /**
   * What to answer with. Never a silent substitute: a configuration that is named but missing, inactive, of the embedding
   * kind or not for that user is an error.
   * @throws LlmConfigNotFound also for a named one that the user may not use; LlmConfigNotForYou for such a bound one;
   *   LlmConfigNotUsable, NoDefaultLlmConfig
   */
  abstract resolve(choices: ModelChoices, user: ModelUser): Promise<UsableModel>;

  /** The model behind a configuration, kept per revision with its connections. Of its chain, those that the user may use. */
  abstract open(model: UsableModel, user: ModelUser): Promise<ChatModel>;

  /** Notes that a configuration answered; gathered in memory, written at most once a second. */
  abstract used(configId: string): void;
}
