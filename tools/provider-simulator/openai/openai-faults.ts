import type { Exchange } from '../exchange.ts';
import { PROXY_PAGE } from '../proxy-page.ts';
import type { Fault } from '../scenarios/scenario.ts';
import { errorBody, invalid, OpenAiRefusal } from './openai-refusal.ts';

const RATE_LIMITED = { status: 429, type: 'requests', code: 'rate_limit_exceeded' } as const;
const RATE_HEADERS = {
  'retry-after': '1',
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': '0',
  'x-ratelimit-reset-requests': '1s',
};
const CONTEXT_TOKENS = 8192;

/** The 401 for a missing or wrong key; like the original it shows part of the key. */
export function wrongKey(key: string | undefined): OpenAiRefusal {
  const message =
    key === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : `Incorrect API key provided: ${masked(key)}. You can find your API key in your account settings.`;
  return new OpenAiRefusal({
    status: 401,
    type: 'invalid_request_error',
    message,
    code: key === undefined ? null : 'invalid_api_key',
  });
}

/** The 404 for a model that is none of the scenarios. */
export function unknownModel(model: string): OpenAiRefusal {
  return new OpenAiRefusal({
    status: 404,
    type: 'invalid_request_error',
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    code: 'model_not_found',
  });
}

/** Answers with a scenario's fault. */
export async function sendFault(exchange: Exchange, fault: Fault, model: string): Promise<void> {
  switch (fault) {
    case 'silent':
      return exchange.untilGone();
    case 'html':
      return exchange.send(502, 'text/html', PROXY_PAGE);
    case '200-error':
      return exchange.send(
        200,
        'application/json',
        errorBody('The server had an error while answering.', 'server_error'),
      );
    default:
      return refusalFor(fault, model, exchange).sendTo(exchange);
  }
}

function refusalFor(
  fault: Exclude<Fault, 'silent' | 'html' | '200-error'>,
  model: string,
  exchange: Exchange,
): OpenAiRefusal {
  switch (fault) {
    case '401':
      return wrongKey(exchange.key ?? 'none');
    case '402':
      return new OpenAiRefusal({
        status: 402,
        type: 'unknown_error',
        message: 'Insufficient Balance',
        code: 'invalid_request_error',
      });
    case '404':
      return unknownModel(model);
    case '429':
      return new OpenAiRefusal({
        ...RATE_LIMITED,
        message: `Rate limit reached for ${model} on requests per min (RPM): Limit 60, Used 60, Requested 1. Please try again in 1s.`,
        headers: RATE_HEADERS,
      });
    case '429-bare':
      return new OpenAiRefusal({ ...RATE_LIMITED, message: `Rate limit reached for ${model}.` });
    case '500':
      return new OpenAiRefusal({
        status: 500,
        type: 'server_error',
        message: 'The server had an error while processing your request. Sorry about that!',
      });
    case '503':
      return new OpenAiRefusal({
        status: 503,
        type: 'server_error',
        message: 'The engine is currently overloaded, please try again later',
      });
    case 'context':
      return invalid(
        `This model's maximum context length is ${CONTEXT_TOKENS} tokens. However, your messages resulted in ${CONTEXT_TOKENS + 1} tokens. Please reduce the length of the messages.`,
        'messages',
        'context_length_exceeded',
      );
  }
}

function masked(key: string): string {
  return key.length < 12 ? '*'.repeat(key.length) : `${key.slice(0, 4)}${'*'.repeat(key.length - 8)}${key.slice(-4)}`;
}
