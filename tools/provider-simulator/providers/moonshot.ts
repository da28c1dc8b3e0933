import { isObject, type JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { invalid } from '../openai/openai-refusal.ts';
import { checkAbsent, checkBetween, checkReasoningBack, checkThinkingType, isThinkingOff } from './checks.ts';

const FIXED = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty', 'n'];
const INVALID = 'invalid_request_error';

/** Moonshot: Kimi's sampling is fixed, its reasoning wanted back, its usage inside the last choice. */
export const MOONSHOT: Dialect = {
  prefix: '/moonshot/v1',
  needsKey: true,
  refusesUnknown: false,
  style: {
    ...ORDINARY_STYLE,
    usage: 'inside',
    usageExtras: () => ',"cached_tokens":0',
    callId: (_id, name, index) => `${name}:${index}`,
  },
  voice: {
    body: ({ type, message }) => ({ error: { type, message } }),
    faults: {
      '400': { type: INVALID },
      '401': { type: 'invalid_authentication_error', message: 'Invalid Authentication' },
      '402': {
        ...{ status: 429, type: 'exceeded_current_quota_error' },
        message: 'Your account is suspended, please check your plan and billing details.',
      },
      '403': { type: 'permission_denied_error' },
      '404': { type: 'resource_not_found_error', message: 'Not found the model or Permission denied' },
      '429': { type: 'rate_limit_reached_error' },
      '429-bare': { type: 'rate_limit_reached_error' },
      '500': { type: 'unexpected_output', message: 'invalid state transition' },
      '503': {
        ...{ status: 429, type: 'engine_overloaded_error' },
        message: 'The engine is currently overloaded, please try again later',
      },
      quota: {
        ...{ status: 429, type: 'rate_limit_reached_error' },
        message: "You've reached your usage limit for this billing cycle.",
      },
      context: { type: INVALID, message: 'Invalid request: Your request exceeded model token limit: 8192' },
      filter: { type: 'content_filter', message: 'The request was rejected because it was considered high risk' },
    },
  },
  embeddings: null,
  listed: { context_length: 262_144, supports_image_in: true, supports_video_in: false, supports_reasoning: true },
  chatPaths: ['/chat/completions'],
  check: (body) => {
    const model = String(body['model']);
    checkBetween(body, 'temperature', (value) => value <= 1, '[0, 1]');
    if (body['tool_choice'] === 'required') throw invalid("tool_choice 'required' is not supported", 'tool_choice');
    if (model.startsWith('moonshot-v1')) return;
    if (model.startsWith('kimi-')) checkKimi(body, model);
    if (isThinkingOff(body)) return;
    const missing = 'thinking is enabled but reasoning_content is missing in assistant tool call message at index';
    checkReasoningBack(body, (index) => `${missing} ${index}`);
  },
};

function checkKimi(body: JsonObject, model: string): void {
  checkAbsent(body, FIXED);
  checkThinkingType(body, /^kimi-(k3|k2\.7-code)/.test(model) ? ['enabled'] : ['enabled', 'disabled']);
  for (const tool of (body['tools'] ?? []) as JsonObject[]) {
    if (isObject(tool['function']) && 'strict' in tool['function']) throw invalid('strict is not supported', 'tools');
  }
}
