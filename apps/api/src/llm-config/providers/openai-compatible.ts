import { OPENAI } from './openai.js';
import type { ProviderDescriptor } from './provider-descriptor.js';

/** Any other endpoint that speaks chat completions: a gateway, an inference server, a provider without a descriptor of its own. */
export const OPENAI_COMPATIBLE: ProviderDescriptor = {
  id: 'openai-compatible',
  name: 'OpenAI-compatible',
  wire: 'openai',
  defaultBaseUrl: null,
  addresses: [],
  keyRequired: false,
  keyUrl: null,
  keyVariable: null,
  keyPattern: null,
  docsUrl: OPENAI.docsUrl,
  billingUrl: null,
  exampleModel: 'gpt-oss-120b',
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
  thinking: { on: null, off: null, effort: 'reasoning_effort', budget: null },
  // Gateways hand on what the provider behind them said.
  errors: {
    invalid_key: [...OPENAI.errors.invalid_key, 'authentication_error'],
    permission: [...OPENAI.errors.permission, 'access_denied', 'permission_error'],
    insufficient_balance: [...OPENAI.errors.insufficient_balance, 'insufficient_user_quota', 'Arrearage'],
    rate_limit: [...OPENAI.errors.rate_limit, 'rate_limit_error', 'Throttling'],
    quota_window: ['budget_exceeded'],
    overloaded: [...OPENAI.errors.overloaded, 'engine_overloaded_error'],
    context_too_long: [...OPENAI.errors.context_too_long, 'ContextWindowExceededError'],
    content_filter: [...OPENAI.errors.content_filter, 'data_inspection_failed'],
    model_not_found: [...OPENAI.errors.model_not_found, 'model_not_open'],
    bad_request: [...OPENAI.errors.bad_request, 'invalid_parameter'],
    server: [...OPENAI.errors.server, 'internal_server_error', 'internal_error'],
  },
};
