import { Injectable } from '@nestjs/common';
import type { LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import type { LlmConfig } from './llm-config.entity.js';
import { PROVIDERS } from './providers/providers.js';
import type { Draft } from './rules/draft.js';

/** Turns a configuration, stored or not, into what callers of its model need. */
@Injectable()
export class LlmConfigFactsMaker {
  constructor(private readonly keys: LlmConfigKeys) {}

  of(config: LlmConfig): LlmConfigFacts {
    const { id, name, apiKey, updatedAt } = config;
    const fallbackIds = config.options?.fallbackIds ?? [];
    return factsOf({ ...config, fallbackIds }, id, updatedAt.toISOString(), () => this.keys.open({ id, name, apiKey }));
  }

  /** Facts of values that nobody stored; they belong to no configuration and are kept nowhere. */
  ofUnsaved(draft: Draft, apiKey: () => string | null): LlmConfigFacts {
    return factsOf(draft, 'unsaved', 'unsaved', apiKey);
  }
}

function factsOf(
  values: Omit<Draft, 'tags'>,
  id: string,
  revision: string,
  apiKey: () => string | null,
): LlmConfigFacts {
  const { name, provider, modelName, isActive, isEmbedding } = values;
  return Object.freeze({
    id,
    name,
    provider,
    modelName,
    baseUrl: values.baseUrl ?? PROVIDERS[provider].defaultBaseUrl ?? '',
    parameters: {
      maxTokens: values.maxTokens,
      temperature: values.temperature,
      topP: values.topP,
      frequencyPenalty: values.frequencyPenalty,
      presencePenalty: values.presencePenalty,
    },
    extra: values.extraConfig ?? {},
    isActive,
    isEmbedding,
    fallbackIds: values.fallbackIds,
    revision,
    apiKey,
  });
}
