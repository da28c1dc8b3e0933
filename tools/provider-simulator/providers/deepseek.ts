import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { OPENAI_VOICE } from '../openai/voice.ts';
import { checkEffort, checkReasoningBack, checkThinkingType, isThinkingOff } from './checks.ts';

const EFFORTS = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max', 'ultra'];
const INVALID = 'invalid_request_error';

/** DeepSeek: wants its reasoning back in tool loops, and says most things with one code. */
export const DEEPSEEK: Dialect = {
  prefix: '/deepseek',
  needsKey: true,
  refusesUnknown: false,
  style: {
    ...ORDINARY_STYLE,
    besideReasoning: ',"content":null',
    besideText: ',"reasoning_content":null',
    finishDelta: '{"content":"","reasoning_content":null}',
    usage: 'beside-and-frame',
    usageExtras: (promptTokens) => `,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":${promptTokens}`,
  },
  voice: {
    ...OPENAI_VOICE,
    faults: {
      '400': { code: INVALID },
      '401': {
        ...{ type: 'authentication_error', code: INVALID },
        message: 'Authentication Fails, Your api key: ****-key is invalid',
      },
      '402': { status: 402, message: 'Insufficient Balance', type: 'unknown_error', code: INVALID },
      '404': { status: 400, message: 'Model Not Exist', code: INVALID },
      '503': {
        message: 'Service is too busy. We advise users to temporarily switch to alternative LLM API providers.',
      },
      filter: { message: 'Content Exists Risk', code: INVALID },
      context: { code: INVALID },
    },
  },
  embeddings: null,
  listed: { owned_by: 'deepseek' },
  chatPaths: ['/chat/completions', '/v1/chat/completions'],
  check: (body) => {
    checkThinkingType(body, ['enabled', 'disabled']);
    checkEffort(body, EFFORTS);
    if (isThinkingOff(body)) return;
    checkReasoningBack(body, () => 'The `reasoning_content` in the thinking mode must be passed back to the API.');
  },
};
