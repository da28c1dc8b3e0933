import type { ProviderDescriptor, SamplingParameter } from './provider-descriptor.js';

const FIXED_SAMPLING: readonly SamplingParameter[] = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'];

export const MOONSHOT: ProviderDescriptor = {
  id: 'moonshot',
  name: 'Moonshot AI (Kimi)',
  wire: 'openai',
  defaultBaseUrl: 'https://api.moonshot.cn/v1',
  addresses: [
    { region: 'china', url: 'https://api.moonshot.cn/v1' },
    { region: 'international', url: 'https://api.moonshot.ai/v1' },
  ],
  keyRequired: true,
  keyUrl: 'https://platform.kimi.com/console/api-keys',
  keyVariable: 'MOONSHOT_API_KEY',
  keyPattern: null,
  docsUrl: 'https://platform.kimi.com/docs',
  billingUrl: 'https://platform.kimi.com/console/pay',
  exampleModel: 'kimi-k2.6',
  listsModels: true,
  hasEmbeddings: false,
  embeddingBatch: 0,
  embeddingEncoding: 'float',
  streamOptions: true,
  reasoningBack: true,
  tokenCap: 'max_tokens',
  hottest: 1,
  refuses: [],
  modelRules: [
    {
      models: /^kimi-(k3|k2\.7-code)/,
      tokenCap: 'max_completion_tokens',
      refuses: FIXED_SAMPLING,
      alwaysThinks: true,
    },
    { models: /^kimi-/, tokenCap: 'max_completion_tokens', refuses: FIXED_SAMPLING },
  ],
  thinking: {
    on: { thinking: { type: 'enabled' } },
    off: { thinking: { type: 'disabled' } },
    effort: 'reasoning_effort',
    budget: null,
  },
  errors: {
    invalid_key: ['invalid_authentication_error', 'incorrect_api_key_error'],
    permission: ['permission_denied_error'],
    insufficient_balance: ['exceeded_current_quota_error'],
    rate_limit: ['rate_limit_reached_error'],
    quota_window: [],
    overloaded: ['engine_overloaded_error'],
    context_too_long: [],
    content_filter: ['content_filter'],
    model_not_found: ['resource_not_found_error'],
    bad_request: [],
    server: ['server_error', 'unexpected_output'],
  },
  // A plan's limit comes under the type of any other limit.
  telling: [[/usage limit for this (billing cycle|period|week|window)/i, 'quota_window']],
};
