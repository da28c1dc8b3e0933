import type { Exchange } from '../exchange.ts';
import { PROXY_PAGE } from '../proxy-page.ts';
import type { Fault } from '../scenarios/scenario.ts';
import { OpenAiRefusal } from './openai-refusal.ts';
import { OPENAI_VOICE, type Said, type SpokenFault, type Voice } from './voice.ts';

const RATE_HEADERS = {
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '0',
  'x-ratelimit-reset-requests': '1s',
};
const RATE_LIMITED = {
  status: 429,
  type: 'requests',
  code: 'rate_limit_exceeded',
  message: 'Rate limit reached on requests per min (RPM): Limit 60, Used 60, Requested 1.',
} as const;
const CONTEXT = 8192;

type Refused = Pick<Said, 'status' | 'message'> & Partial<Said>;

const FAULTS: Readonly<Record<Exclude<SpokenFault, '401' | '404'>, Refused>> = {
  '400': { status: 400, message: "Unsupported parameter: 'frobnicate'.", code: 'unsupported_parameter' },
  '402': { status: 402, message: 'Insufficient Balance', type: 'unknown_error', code: 'invalid_request_error' },
  '403': { status: 403, message: 'You have insufficient permissions for this operation.' },
  '429': { ...RATE_LIMITED, headers: { 'retry-after': '1', ...RATE_HEADERS } },
  '429-bare': RATE_LIMITED,
  '429-long': { ...RATE_LIMITED, headers: { 'retry-after': '120', ...RATE_HEADERS } },
  '500': {
    status: 500,
    type: 'server_error',
    message: 'The server had an error while processing your request. Sorry about that!',
  },
  '503': { status: 503, type: 'server_error', message: 'The engine is currently overloaded, please try again later' },
  quota: {
    ...RATE_LIMITED,
    message: 'Rate limit reached on requests per day (RPD): Limit 200, Used 200, Requested 1.',
  },
  filter: {
    status: 400,
    message: 'Your request was rejected as a result of our safety system.',
    code: 'content_policy_violation',
  },
  context: {
    status: 400,
    message: `This model's maximum context length is ${CONTEXT} tokens. However, your messages resulted in ${CONTEXT + 1} tokens. Please reduce the length of the messages.`,
    param: 'messages',
    code: 'context_length_exceeded',
  },
};

/** The 401 for a missing or wrong key; like the original it shows part of the key. */
export function wrongKey(key: string | undefined): OpenAiRefusal {
  const message =
    key === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : `Incorrect API key provided: ${masked(key)}. You can find your API key in your account settings.`;
  const code = key === undefined ? null : 'invalid_api_key';
  return new OpenAiRefusal({ status: 401, type: 'invalid_request_error', message, code }, '401');
}

/** The 404 for a model that is none of the scenarios. */
export function unknownModel(model: string): OpenAiRefusal {
  const message = `The model \`${model}\` does not exist or you do not have access to it.`;
  return new OpenAiRefusal({ status: 404, type: 'invalid_request_error', message, code: 'model_not_found' }, '404');
}

/** The 404 of the OpenAI wire. */
export function sendUnknownPath(exchange: Exchange): void {
  const message = `Invalid URL (${exchange.method} ${exchange.path})`;
  new OpenAiRefusal({ status: 404, type: 'invalid_request_error', message }).sendTo(exchange, OPENAI_VOICE);
}

/** The 405 of the OpenAI wire. */
export function sendWrongMethod(exchange: Exchange, allow: string): void {
  const message = `Not allowed to ${exchange.method} on ${exchange.path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  const facts = { status: 405, type: 'invalid_request_error', code: 'method_not_supported', message };
  new OpenAiRefusal({ ...facts, headers: { allow } }).sendTo(exchange, OPENAI_VOICE);
}

/** Answers with a scenario's fault. */
export async function sendFault(exchange: Exchange, voice: Voice, fault: Fault, model: string): Promise<void> {
  switch (fault) {
    case 'silent':
      return exchange.untilGone();
    case 'html':
      return exchange.send(502, 'text/html', PROXY_PAGE);
    case '200-error':
      return exchange.sendJson(200, voice.body(refusalOf('500', model).saidBy(voice)));
    case '401':
      return wrongKey(exchange.key ?? 'none').sendTo(exchange, voice);
    default:
      return refusalOf(fault, model).sendTo(exchange, voice);
  }
}

/** @returns a scenario's refusal, in OpenAI's words unless a voice has its own. */
export function refusalOf(fault: Exclude<SpokenFault, '401'>, model: string): OpenAiRefusal {
  if (fault === '404') return unknownModel(model);
  return new OpenAiRefusal({ type: 'invalid_request_error', ...FAULTS[fault] }, fault);
}

function masked(key: string): string {
  return key.length < 12 ? '*'.repeat(key.length) : `${key.slice(0, 4)}${'*'.repeat(key.length - 8)}${key.slice(-4)}`;
}
