import { oneOfSet, type ValueOf } from '../field/facts.js';

/** The providers whose models can be configured. */
export const LLM_PROVIDER = oneOfSet('LlmProvider', [
  'openai',
  'deepseek',
  'tongyi',
  'ollama',
  'vllm',
  'doubao',
  'zhipu',
  'moonshot',
  'baidu',
  'openai-compatible',
]);
export type LlmProvider = ValueOf<typeof LLM_PROVIDER>;
