import type { ProviderDescriptor } from './provider-descriptor.js';

export const BAIDU: ProviderDescriptor = {
  id: 'baidu',
  name: 'Baidu Qianfan',
  wire: 'openai',
  defaultBaseUrl: 'https://qianfan.baidubce.com/v2',
  addresses: [{ region: 'china', url: 'https://qianfan.baidubce.com/v2' }],
  keyRequired: true,
  keyUrl: 'https://console.bce.baidu.com/qianfan',
  exampleModel: 'ernie-5.1',
  listsModels: false,
  hasEmbeddings: true,
  embeddingBatch: 16,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: false,
  tokenCap: 'max_tokens',
  hottest: 1,
  refuses: [],
  modelRules: [],
  thinking: {
    on: { enable_thinking: true },
    off: { enable_thinking: false },
    effort: null,
    budget: 'thinking_budget',
  },
};
