import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { type TurnClaim, TurnLimits } from '../platform/limits/limits.js';
import { ModelCatalogue } from './catalogue/model-catalogue.js';
import { Pricing, totalOf } from './catalogue/pricing.js';
import { Embedder } from './embedder.js';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigStore } from './llm-config-store.js';
import { LlmConfigRepository } from './llm-config.repository.js';
import { PROVIDERS } from './providers/providers.js';
import { estimateUsage } from './wire/token-estimate.js';

/** An embedding configuration that may be used right now. */
export interface EmbeddingModel {
  /** Vectors can be compared where this is equal. */
  readonly space: string;
  /** One vector of length one per text, in order. @throws BudgetSpent, and as `Embedder` does */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}

/** Finds embedding configurations and opens what they stand for. */
@Injectable()
export class Embeddings {
  constructor(
    private readonly store: LlmConfigStore,
    private readonly repository: LlmConfigRepository,
    private readonly embedder: Embedder,
    private readonly limits: TurnLimits,
    private readonly catalogue: ModelCatalogue,
    private readonly clock: Clock,
  ) {}

  /**
   * The active configuration of a provider's model, among those that are for everybody; the default before others.
   * @param providerName its id or the name it calls itself, in whatever case
   */
  async find(providerName: string, modelName: string): Promise<string | null> {
    const wanted = providerName.trim().toLowerCase();
    const configs = await this.repository.listActive(true, { appLlmConfigId: null });
    const isWanted = ({ provider }: { provider: LlmConfigFacts['provider'] }): boolean =>
      provider === wanted || PROVIDERS[provider].name.toLowerCase() === wanted;
    return configs.find((config) => isWanted(config) && config.modelName === modelName.trim())?.id ?? null;
  }

  /** Null when there is no such configuration, or none that can be used. What it embeds is paid for by `owner`. */
  async open(configId: string, owner: TurnClaim['owner']): Promise<EmbeddingModel | null> {
    const config = await this.store.get(configId);
    if (!config?.isActive || !config.isEmbedding) return null;
    return {
      space: [config.id, config.modelName, config.extra.dimensions ?? ''].join(' ').trim(),
      embed: async (texts, signal) => {
        this.limits.requireBudget({ owner, llmConfigId: configId });
        const vectors = await this.embedder.embed(config, texts, signal);
        this.count(config, owner, texts);
        return vectors.map(unitVector);
      },
    };
  }

  /** The clients of embedding models do not say what a call took. */
  private count(config: LlmConfigFacts, owner: TurnClaim['owner'], texts: readonly string[]): void {
    const usage = estimateUsage({ messages: texts.map((content) => ({ role: 'user', content })) }, '', '');
    const { promptTokens, completionTokens } = usage;
    const cost = totalOf(new Pricing(config, this.catalogue).priceOf(usage, this.clock.now()));
    this.limits.used({ owner, llmConfigId: config.id, promptTokens, completionTokens, cost });
  }
}

function unitVector(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
}
