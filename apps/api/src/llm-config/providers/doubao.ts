import type { ProviderDescriptor } from './provider-descriptor.js';

export const DOUBAO: ProviderDescriptor = {
  id: 'doubao',
  name: 'Doubao (Volcano Engine)',
  wire: 'openai',
  defaultBaseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
  addresses: [
    { region: 'china', url: 'https://ark.cn-beijing.volces.com/api/v3' },
    { region: 'international', url: 'https://ark.ap-southeast.bytepluses.com/api/v3' },
  ],
  keyRequired: true,
  keyUrl: 'https://console.volcengine.com/ark',
  keyVariable: 'ARK_API_KEY',
  keyPattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  docsUrl: 'https://www.volcengine.com/docs/82379',
  billingUrl: 'https://console.volcengine.com/finance',
  // An endpoint that was made for one model.
  modelPattern: /^ep-/,
  exampleModel: 'doubao-seed-2-1-turbo-260628',
  listsModels: false,
  hasEmbeddings: true,
  embeddingBatch: 32,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: false,
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
