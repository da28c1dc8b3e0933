import { FOR_ALL } from '../../src/llm-config/access/config-access.js';
import type { LlmConfigFacts } from '../../src/llm-config/llm-config-facts.js';

type Given = Partial<Omit<LlmConfigFacts, 'apiKey' | 'headers' | 'parameters'>> & {
  headers?: Record<string, string>;
  modelName: string;
  baseUrl: string;
  key?: string | null;
  parameters?: Partial<LlmConfigFacts['parameters']>;
};

/** A chat configuration in memory; what the test does not talk about is filled in. */
export function aConfig({ key = 'sim-key', headers = {}, parameters, ...given }: Given): LlmConfigFacts {
  return {
    id: '0b1f6a52-7c1e-4d5f-9a58-3f0f6a1c0001',
    name: 'main',
    provider: 'openai',
    extra: {},
    isActive: true,
    createdBy: null,
    access: FOR_ALL,
    isEmbedding: false,
    fallbackIds: [],
    revision: '1',
    ...given,
    parameters: {
      maxTokens: null,
      temperature: null,
      topP: null,
      frequencyPenalty: null,
      presencePenalty: null,
      ...parameters,
    },
    headers: () => headers,
    apiKey: () => key,
  };
}
