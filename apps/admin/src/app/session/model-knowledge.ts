import { inject, Service, signal } from '@angular/core';
import type { LlmConfigDetailsDto, LlmConfigDto, LlmProvider, ModelFactsDto, ModelPriceDto } from '@opsagent/contracts';
import { ModelChoices } from './model-choices.js';
import { SessionClient } from './session-client.js';

const STALE_MS = 30_000;

/** A price to be told: per million tokens. */
export type ToldPrice = Pick<ModelPriceDto, 'currency' | 'input' | 'output'>;

/** What helps to choose a model: the catalogue's facts, and how a configuration fared. Read when somebody is about to choose. */
@Service()
export class ModelKnowledge {
  private readonly client = inject(SessionClient);
  private readonly choices = inject(ModelChoices);
  private readonly models = signal<ReadonlyMap<string, ModelFactsDto>>(new Map());
  private readonly details = signal<ReadonlyMap<string, LlmConfigDetailsDto | undefined>>(new Map());
  private readAt = -Infinity;

  async load(): Promise<void> {
    if (Date.now() - this.readAt < STALE_MS) return;
    this.readAt = Date.now();
    const [models, configs] = await Promise.allSettled([this.client.knownModels(), this.client.chatModels(true)]);
    // What cannot be read is not shown: one can choose without it.
    if (models.status === 'fulfilled')
      this.models.set(new Map(models.value.map((facts) => [keyOf(facts.provider, facts.model), facts])));
    if (configs.status === 'fulfilled')
      this.details.set(new Map(configs.value.map(({ id, details }) => [id, details])));
  }

  factsOf({ provider, model_name }: LlmConfigDto): ModelFactsDto | null {
    return this.models().get(keyOf(provider, model_name)) ?? null;
  }

  detailsOf({ id }: LlmConfigDto): LlmConfigDetailsDto | null {
    return this.details().get(id) ?? null;
  }

  /** The configuration's own price, else the catalogue's, which holds at the provider's usual address alone; null when not known. */
  priceOf(config: LlmConfigDto): ToldPrice | null {
    const own = config.extra_config?.['price'] as ToldPrice | undefined;
    if (own) return { currency: own.currency, input: String(own.input), output: String(own.output) };
    if (!this.choices.isAtUsualAddress(config)) return null;
    const prices = this.factsOf(config)?.prices.filter(({ note }) => note === null) ?? [];
    return prices.find(({ currency }) => currency === 'CNY') ?? prices[0] ?? null;
  }
}

function keyOf(provider: LlmProvider, model: string): string {
  return `${provider} ${model.toLowerCase()}`;
}
