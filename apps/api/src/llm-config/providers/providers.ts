import type { LlmProvider } from '@opsagent/contracts';
import { BAIDU } from './baidu.js';
import { DEEPSEEK } from './deepseek.js';
import { DOUBAO } from './doubao.js';
import { MOONSHOT } from './moonshot.js';
import { OLLAMA } from './ollama.js';
import { OPENAI } from './openai.js';
import { OPENAI_COMPATIBLE } from './openai-compatible.js';
import type { ProviderDescriptor } from './provider-descriptor.js';
import { TONGYI } from './tongyi.js';
import { VLLM } from './vllm.js';
import { ZHIPU } from './zhipu.js';

/** Every provider by its id; a new member of the closed set does not compile until it stands here. */
export const PROVIDERS: Readonly<Record<LlmProvider, ProviderDescriptor>> = {
  openai: OPENAI,
  deepseek: DEEPSEEK,
  tongyi: TONGYI,
  ollama: OLLAMA,
  vllm: VLLM,
  doubao: DOUBAO,
  zhipu: ZHIPU,
  moonshot: MOONSHOT,
  baidu: BAIDU,
  'openai-compatible': OPENAI_COMPATIBLE,
};
