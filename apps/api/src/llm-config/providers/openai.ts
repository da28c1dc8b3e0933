import type { ProviderDescriptor } from './provider-descriptor.js';

export const OPENAI: ProviderDescriptor = {
  id: 'openai',
  name: 'OpenAI',
  wire: 'openai',
  defaultBaseUrl: 'https://api.openai.com/v1',
  addresses: [{ region: 'global', url: 'https://api.openai.com/v1' }],
  keyRequired: true,
  keyUrl: 'https://platform.openai.com/api-keys',
  keyVariable: 'OPENAI_API_KEY',
  keyPattern: /^sk-(proj|svcacct|admin)-/,
  docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
  billingUrl: 'https://platform.openai.com/settings/organization/billing',
  exampleModel: 'gpt-6-luna',
  listsModels: true,
  hasEmbeddings: true,
  embeddingBatch: 2048,
  streamOptions: true,
  reasoningBack: false,
  tokenCap: 'max_tokens',
  hottest: 2,
  refuses: [],
  modelRules: [
    { models: /^gpt-[56].*-chat/ },
    {
      models: /^(o\d|gpt-[56])/,
      tokenCap: 'max_completion_tokens',
      refuses: ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'],
    },
  ],
  thinking: { on: null, off: null, effort: 'reasoning_effort', budget: null },
};
