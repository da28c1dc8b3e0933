import type { ProviderDescriptor } from './provider-descriptor.js';

export const DEEPSEEK: ProviderDescriptor = {
  id: 'deepseek',
  name: 'DeepSeek',
  wire: 'openai',
  defaultBaseUrl: 'https://api.deepseek.com',
  addresses: [
    { region: 'global', url: 'https://api.deepseek.com' },
    { region: 'beta', url: 'https://api.deepseek.com/beta' },
  ],
  keyRequired: true,
  keyUrl: 'https://platform.deepseek.com/api_keys',
  exampleModel: 'deepseek-flash',
  listsModels: true,
  hasEmbeddings: false,
  embeddingBatch: 0,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: true,
  tokenCap: 'max_tokens',
  hottest: 2,
  refuses: [],
  modelRules: [],
  thinking: {
    on: { thinking: { type: 'enabled' } },
    off: { thinking: { type: 'disabled' } },
    effort: 'reasoning_effort',
    budget: null,
  },
};
