import type { LlmProvider } from '@opsagent/contracts';

/** Where the simulator plays which provider. */
export const SIMULATED: Readonly<Record<LlmProvider, string>> = {
  openai: '/openai/v1',
  deepseek: '/deepseek',
  tongyi: '/tongyi/compatible-mode/v1',
  ollama: '/ollama',
  vllm: '/vllm/v1',
  doubao: '/doubao/api/v3',
  zhipu: '/zhipu/api/paas/v4',
  moonshot: '/moonshot/v1',
  baidu: '/baidu/v2',
  'openai-compatible': '/openai-compatible/v1',
};
