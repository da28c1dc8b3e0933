import { Injectable } from '@nestjs/common';
import { accessOf } from './access/config-access.js';
import type { ExtraConfig, LlmConfigFacts } from './llm-config-facts.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import type { LlmConfig } from './llm-config.entity.js';
import { PROVIDERS } from './providers/providers.js';
import type { Draft } from './rules/draft.js';

/** Turns a configuration, stored or not, into what callers of its model need. */
@Injectable()
export class LlmConfigFactsMaker {
  constructor(
    private readonly keys: LlmConfigKeys,
    private readonly headers: LlmConfigHeaders,
  ) {}

  of(config: LlmConfig): LlmConfigFacts {
    const { id, name, apiKey, updatedAt } = config;
    const fallbackIds = config.options?.fallbackIds ?? [];
    const open = { apiKey: () => this.keys.open({ id, name, apiKey }), headers: () => this.headers.open(config) };
    return factsOf({ ...config, fallbackIds, access: accessOf(config) }, id, updatedAt.toISOString(), open);
  }

  /** Facts of values that nobody stored; they belong to no configuration and are kept nowhere. */
  ofUnsaved(
    draft: Draft,
    { apiKey, headers }: Pick<LlmConfigFacts, 'apiKey'> & { headers: Readonly<Record<string, string>> },
  ): LlmConfigFacts {
    return factsOf({ ...draft, createdBy: null }, 'unsaved', 'unsaved', { apiKey, headers: () => headers });
  }
}

function factsOf(
  values: Omit<Draft, 'tags'> & { createdBy: string | null },
  id: string,
  revision: string,
  open: Pick<LlmConfigFacts, 'apiKey' | 'headers'>,
): LlmConfigFacts {
  const { name, provider, modelName, isActive, isEmbedding, createdBy, access } = values;
  const { headers: _hidden, ...extra } = (values.extraConfig ?? {}) as ExtraConfig;
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
    extra,
    isActive,
    isEmbedding,
    fallbackIds: values.fallbackIds,
    createdBy,
    access,
    revision,
    ...open,
  });
}
