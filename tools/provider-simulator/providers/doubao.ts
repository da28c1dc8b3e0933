import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { checkEffort, checkThinkingType } from './checks.ts';

const REQUEST = 'Request id: 021764000000000simulator';

/** Doubao: models and applications on paths of their own, errors named in one word. */
export const DOUBAO: Dialect = {
  prefix: '/doubao/api/v3',
  needsKey: true,
  refusesUnknown: false,
  style: ORDINARY_STYLE,
  voice: {
    body: ({ code, message, type }) => ({ error: { code, message: `${message} ${REQUEST}`, param: '', type } }),
    faults: {
      '400': { code: 'InvalidParameter', type: 'BadRequest' },
      '401': {
        ...{ code: 'AuthenticationError', type: 'Unauthorized' },
        message: 'The API key or AK/SK in the request is missing or invalid.',
      },
      '402': {
        ...{ status: 403, code: 'AccountOverdueError', type: 'Forbidden' },
        message: 'The request failed because your account has an overdue balance.',
      },
      '403': { code: 'AccessDenied', type: 'Forbidden' },
      '404': { code: 'InvalidEndpointOrModel.NotFound', type: 'NotFound' },
      '429': { code: 'RateLimitExceeded.EndpointRPMExceeded', type: 'TooManyRequests' },
      '429-bare': { code: 'ModelAccountTpmRateLimitExceeded', type: 'TooManyRequests' },
      '500': { code: 'InternalServiceError', type: 'InternalServerError' },
      '503': { status: 429, code: 'ServerOverloaded', type: 'TooManyRequests' },
      quota: { code: 'QuotaExceeded', type: 'TooManyRequests' },
      context: {
        ...{ code: 'InvalidParameter', type: 'BadRequest' },
        message: 'Input length 300000 exceeds the maximum length 224000.',
      },
      filter: {
        ...{ code: 'SensitiveContentDetected', type: 'BadRequest' },
        message: 'The request failed because the output text may contain sensitive information.',
      },
    },
  },
  embeddings: { most: 32, floatOnly: false },
  listed: {},
  chatPaths: ['/chat/completions', '/bots/chat/completions'],
  check: (body) => {
    checkThinkingType(body, ['enabled', 'disabled', 'auto']);
    checkEffort(body, ['minimal', 'low', 'medium', 'high']);
  },
};
