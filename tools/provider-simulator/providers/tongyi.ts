import type { JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { invalid } from '../openai/openai-refusal.ts';
import type { Said } from '../openai/voice.ts';
import { checkAbsent, checkBetween } from './checks.ts';

const REQUEST_ID = '0d4f6c1e-7c7a-9f0b-8a51-5d1c3e2f4a6b';

/** Tongyi: thinking models only stream, small batches, and a gateway in front with errors of another shape. */
export const TONGYI: Dialect = {
  prefix: '/tongyi/compatible-mode/v1',
  needsKey: true,
  refusesUnknown: false,
  style: { ...ORDINARY_STYLE, finishDelta: '{"content":""}', repeatsCallId: true },
  voice: {
    body: (said) => (isOfGateway(said) ? flat(said) : { error: fieldsOf(said), request_id: REQUEST_ID }),
    faults: {
      '400': { code: 'invalid_parameter_error' },
      '401': { message: 'Incorrect API key provided.' },
      '402': {
        ...{ status: 400, type: 'Arrearage', code: 'Arrearage' },
        message: 'Access denied, please make sure your account is in good standing.',
      },
      '403': { code: 'AccessDenied', message: 'Access denied.' },
      '429': { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded, please try again later.' },
      '429-bare': { code: 'limit_requests', message: 'You exceeded your current requests list.' },
      '503': { code: 'ServiceUnavailable', message: 'Service is temporarily unavailable.' },
      '500': { code: 'InternalError', message: 'An internal error has occured, please try again later.' },
      quota: { status: 429, code: 'Throttling.AllocationQuota', message: 'Allocated quota exceeded.' },
      context: { code: 'invalid_parameter_error', message: 'Range of input length should be [1, 129024]' },
      filter: { code: 'data_inspection_failed', message: 'Output data may contain inappropriate content.' },
    },
  },
  embeddings: { most: 10, mostOf: [[/^text-embedding-v2/, 25]], floatOnly: false },
  listed: {},
  chatPaths: ['/chat/completions'],
  check: (body) => {
    checkBetween(body, 'temperature', (value) => value < 2, '[0, 2)');
    checkAbsent(body, ['frequency_penalty']);
    checkThinking(body);
  },
};

function checkThinking(body: JsonObject): void {
  const { enable_thinking: isOn, thinking_budget: budget, stream } = body;
  if (isOn !== undefined && typeof isOn !== 'boolean') throw invalid('enable_thinking must be a boolean');
  if (budget !== undefined && !(Number.isInteger(budget) && Number(budget) >= 1)) {
    throw invalid('parameter.thinking_budget must be an integer greater than 0');
  }
  if (isOn === true && stream !== true) {
    throw invalid('parameter.enable_thinking must be set to false for non-streaming calls');
  }
}

function isOfGateway({ code }: Said): boolean {
  return /^(Throttling|InternalError|ServiceUnavailable)/.test(code ?? '');
}

function flat({ code, message }: Said): unknown {
  return { code, message, request_id: REQUEST_ID };
}

function fieldsOf({ message, type, param, code }: Said): unknown {
  return { message, type, param, code };
}
