import type { ProviderDescriptor } from './provider-descriptor.js';

export const ZHIPU: ProviderDescriptor = {
  id: 'zhipu',
  name: 'Zhipu AI',
  wire: 'openai',
  defaultBaseUrl: 'https://open.bigmodel.cn/api/paas/v4',
  addresses: [
    { region: 'china', url: 'https://open.bigmodel.cn/api/paas/v4' },
    { region: 'international', url: 'https://api.z.ai/api/paas/v4' },
    { region: 'coding-plan', url: 'https://open.bigmodel.cn/api/coding/paas/v4' },
  ],
  keyRequired: true,
  keyUrl: 'https://open.bigmodel.cn/usercenter/apikeys',
  keyVariable: 'ZHIPUAI_API_KEY',
  keyPattern: /^[0-9a-f]{32}\.[A-Za-z0-9]{16}$/,
  docsUrl: 'https://docs.bigmodel.cn',
  billingUrl: 'https://open.bigmodel.cn/finance-center',
  exampleModel: 'glm-5.3-flash',
  listsModels: false,
  hasEmbeddings: true,
  embeddingBatch: 64,
  embeddingEncoding: 'float',
  streamOptions: false,
  reasoningBack: false,
  tokenCap: 'max_tokens',
  hottest: 1,
  refuses: ['frequency_penalty', 'presence_penalty'],
  modelRules: [
    {
      models: /^glm-5\.3/,
      refuses: ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'],
      alwaysThinks: true,
    },
  ],
  thinking: {
    on: { thinking: { type: 'enabled' } },
    off: { thinking: { type: 'disabled' } },
    effort: 'reasoning_effort',
    budget: null,
  },
};
