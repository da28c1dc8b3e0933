import type { BuiltInTemplate, LlmConfigTemplateDto } from '@opsagent/contracts';

type Words = Pick<LlmConfigTemplateDto, 'name' | 'description' | 'values'>;

/** Starting points that come with the product: what each provider is asked for differently. */
const TEMPLATES: Record<BuiltInTemplate, Words> = {
  'deepseek-deep-thinking': {
    name: 'DeepSeek, deepest thinking',
    description: 'For hard analyses: thinks as long as it may, so that answers take minutes.',
    values: {
      provider: 'deepseek',
      model_name: 'deepseek-v4-pro',
      extra_config: { thinking: 'on', reasoning_effort: 'max' },
    },
  },
  'deepseek-quick': {
    name: 'DeepSeek, quick answers',
    description: 'Does not think before it answers: cheap, and first words within a second.',
    values: { provider: 'deepseek', model_name: 'deepseek-flash', extra_config: { thinking: 'off' } },
  },
  'tongyi-thinking-budget': {
    name: 'Tongyi, bounded thinking',
    description: 'Thinks for at most 4,096 tokens, which bounds time and cost.',
    values: {
      provider: 'tongyi',
      model_name: 'qwen3.7-plus',
      extra_config: { thinking: 'on', thinking_budget: 4096 },
    },
  },
  'zhipu-quick': {
    name: 'Zhipu, little thinking',
    description: 'GLM-5.3 cannot be kept from thinking; this is the least it does.',
    values: { provider: 'zhipu', model_name: 'glm-5.3-flash', extra_config: { reasoning_effort: 'low' } },
  },
  'openai-repeatable': {
    name: 'OpenAI, repeatable answers',
    description: 'Temperature 0 on a model that takes it: the same question gets nearly the same answer.',
    values: { provider: 'openai', model_name: 'gpt-4.1', temperature: 0 },
  },
  'ollama-long-context': {
    name: 'Local Ollama, long context',
    description: 'A window of 32,768 tokens instead of the small default, and the model stays loaded for an hour.',
    values: { provider: 'ollama', model_name: 'qwen3', extra_config: { num_ctx: 32_768, keep_alive: '1h' } },
  },
  'vllm-no-thinking': {
    name: 'vLLM, without thinking',
    description: 'For Qwen3 and GLM on an own server: switches thinking off in the chat template.',
    values: { provider: 'vllm', model_name: 'Qwen/Qwen3-8B', extra_config: { thinking: 'off' } },
  },
  'tongyi-embeddings': {
    name: 'Tongyi, embeddings',
    description: 'text-embedding-v4 with 1,024 dimensions, ten texts at a time.',
    values: {
      provider: 'tongyi',
      model_name: 'text-embedding-v4',
      is_embedding: true,
      extra_config: { dimensions: 1024, batch_size: 10 },
    },
  },
  'ollama-embeddings': {
    name: 'Local Ollama, embeddings',
    description: 'bge-m3, which knows Chinese and English, on an own machine.',
    values: { provider: 'ollama', model_name: 'bge-m3', is_embedding: true },
  },
};

export const BUILT_IN_TEMPLATES: readonly LlmConfigTemplateDto[] = Object.entries(TEMPLATES).map(([id, template]) => ({
  id,
  ...template,
  is_built_in: true,
}));
