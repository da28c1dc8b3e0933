import type { JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { OpenAiRefusal } from '../openai/openai-refusal.ts';
import { checkBetween } from './checks.ts';

const ID = 'as-simulator01';

/** Baidu: roles take turns, no temperature of zero, floats only. */
export const BAIDU: Dialect = {
  prefix: '/baidu/v2',
  needsKey: true,
  refusesUnknown: false,
  style: ORDINARY_STYLE,
  voice: {
    body: ({ code, message, type }) => ({ error: { code, message, type }, id: ID }),
    faults: {
      '400': { code: 'invalid_argument' },
      '401': { code: 'invalid_iam_token', message: 'Invalid IAM token' },
      '402': { status: 403, code: 'account_overdue', message: 'Your account has an overdue payment' },
      '403': { status: 401, code: 'no_parameter_permission', message: 'No permission for this parameter' },
      '404': { status: 400, code: 'invalid_model', message: 'The model does not exist or is offline' },
      '429': { code: 'rpm_rate_limit_exceeded' },
      '429-bare': { code: 'tpm_rate_limit_exceeded' },
      '500': { code: 'internal_error' },
      '503': { code: 'server_overload' },
      quota: { code: 'daily_limit_reached', message: 'Daily limit reached' },
      context: { code: 'tokens_too_long', message: 'Prompt tokens too long' },
      filter: { code: 'unsafe_request', message: 'The content of the request is unsafe' },
    },
  },
  embeddings: { most: 16, mostOf: [[/^tao-8k/, 1]], floatOnly: true },
  listed: {},
  chatPaths: ['/chat/completions'],
  check: (body) => {
    checkBetween(body, 'temperature', (value) => value > 0 && value <= 1, '(0, 1]');
    for (const name of ['max_tokens', 'max_completion_tokens']) {
      checkBetween(body, name, (value) => value >= 2, '[2, …)');
    }
    checkTurns((body['messages'] as JsonObject[]).map(({ role }) => String(role)));
  },
};

function checkTurns(roles: readonly string[]): void {
  const spoken = roles.filter((role) => role !== 'system');
  const isTwice = spoken.some((role, index) => role !== 'tool' && role === spoken[index - 1]);
  if (isTwice) throw invalidMessages('the roles of messages must alternate between user and assistant');
  if (!['user', 'tool'].includes(spoken.at(-1) ?? '')) {
    throw invalidMessages('the role of the last message must be user or tool');
  }
}

function invalidMessages(message: string): OpenAiRefusal {
  return new OpenAiRefusal({ status: 400, type: 'invalid_request_error', code: 'invalid_messages', message });
}
