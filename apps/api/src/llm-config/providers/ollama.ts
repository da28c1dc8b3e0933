import type { ProviderDescriptor } from './provider-descriptor.js';

export const OLLAMA: ProviderDescriptor = {
  id: 'ollama',
  name: 'Ollama',
  // Its OpenAI wire has no num_ctx and no keep_alive, and a small default context.
  wire: 'ollama',
  defaultBaseUrl: 'http://localhost:11434',
  addresses: [
    { region: 'local', url: 'http://localhost:11434' },
    { region: 'cloud', url: 'https://ollama.com' },
  ],
  keyRequired: false,
  keyUrl: 'https://ollama.com/settings/keys',
  keyVariable: null,
  keyPattern: null,
  docsUrl: 'https://docs.ollama.com/api',
  billingUrl: null,
  exampleModel: 'qwen3',
  listsModels: true,
  hasEmbeddings: true,
  embeddingBatch: 64,
  embeddingEncoding: 'float',
  streamOptions: false,
  reasoningBack: false,
  tokenCap: 'num_predict',
  hottest: 2,
  refuses: [],
  modelRules: [],
  thinking: { on: { think: true }, off: { think: false }, effort: 'think', budget: null },
  firstByteMs: 300_000,
};
