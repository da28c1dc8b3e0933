import { Injectable } from '@nestjs/common';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import type { LlmConfig } from './llm-config.entity.js';
import { PROVIDERS } from './providers/providers.js';

/** Turns a row into what callers of its model need. */
@Injectable()
export class LlmConfigFactsMaker {
  constructor(private readonly keys: LlmConfigKeys) {}

  of(config: LlmConfig): LlmConfigFacts {
    const { id, name, provider, modelName, apiKey, isActive, isEmbedding } = config;
    return Object.freeze({
      id,
      name,
      provider,
      modelName,
      baseUrl: config.baseUrl ?? PROVIDERS[provider].defaultBaseUrl ?? '',
      parameters: {
        maxTokens: config.maxTokens,
        temperature: config.temperature,
        topP: config.topP,
        frequencyPenalty: config.frequencyPenalty,
        presencePenalty: config.presencePenalty,
      },
      extra: config.extraConfig ?? {},
      isActive,
      isEmbedding,
      revision: config.updatedAt.toISOString(),
      apiKey: () => this.keys.open({ id, name, apiKey }),
    });
  }
}
