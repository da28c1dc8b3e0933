import type { LlmProvider } from '@opsagent/contracts';
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
}

/** Finds chat configurations and opens what they stand for. Steady state: answers from memory, no database. */
export abstract class ChatModels {
  /**
   * The first of `choices` that names a configuration, or the default one when all are null.
   * Never a silent substitute: a named one that is missing, inactive or of the embedding kind is an error.
   * @throws LlmConfigNotFound, LlmConfigNotUsable, NoDefaultLlmConfig
   */
  abstract resolve(choices: readonly (string | null | undefined)[]): Promise<UsableModel>;

  /** The model behind a configuration. Kept per revision, with its connections. */
  abstract open(model: UsableModel): Promise<ChatModel>;

  /** Notes that a configuration answered; gathered in memory, written at most once a second. */
  abstract used(configId: string): void;
}
