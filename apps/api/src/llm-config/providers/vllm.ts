import type { ProviderDescriptor } from './provider-descriptor.js';

export const VLLM: ProviderDescriptor = {
  id: 'vllm',
  name: 'vLLM',
  wire: 'openai',
  // Its usual port, 8000, is this server's own.
  defaultBaseUrl: null,
  addresses: [],
  keyRequired: false,
  keyUrl: null,
  keyVariable: null,
  keyPattern: null,
  docsUrl: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server',
  billingUrl: null,
  exampleModel: 'Qwen/Qwen3-8B',
  listsModels: true,
  hasEmbeddings: true,
  embeddingBatch: 64,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: false,
  tokenCap: 'max_tokens',
  hottest: 2,
  refuses: [],
  modelRules: [],
  thinking: {
    // Chat templates read one of the two names and ignore the other.
    on: { chat_template_kwargs: { enable_thinking: true, thinking: true } },
    off: { chat_template_kwargs: { enable_thinking: false, thinking: false } },
    effort: 'reasoning_effort',
    budget: null,
  },
};
