import type { ProviderDescriptor } from './provider-descriptor.js';

export const TONGYI: ProviderDescriptor = {
  id: 'tongyi',
  name: 'Tongyi Qianwen (Alibaba Cloud)',
  wire: 'openai',
  defaultBaseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
  addresses: [
    { region: 'china', url: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
    { region: 'singapore', url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
    { region: 'us', url: 'https://dashscope-us.aliyuncs.com/compatible-mode/v1' },
    { region: 'hong-kong', url: 'https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1' },
  ],
  keyRequired: true,
  keyUrl: 'https://bailian.console.aliyun.com',
  exampleModel: 'qwen-plus',
  listsModels: false,
  hasEmbeddings: true,
  embeddingBatch: 10,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: false,
  tokenCap: 'max_tokens',
  hottest: 2,
  refuses: [],
  modelRules: [],
  thinking: {
    on: { enable_thinking: true },
    off: { enable_thinking: false },
    effort: 'reasoning_effort',
    budget: 'thinking_budget',
  },
};
