import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  404: 'NotFoundError',
  429: 'RateLimitError',
  500: 'InternalServerError',
  503: 'ServiceUnavailableError',
};

/** vLLM: reasoning under another name, unknown parameters ignored, the status as the code of an error. */
export const VLLM: Dialect = {
  prefix: '/vllm/v1',
  needsKey: false,
  refusesUnknown: false,
  style: { ...ORDINARY_STYLE, reasoningField: 'reasoning', callId: (id) => `chatcmpl-tool-${id.slice(5)}` },
  voice: {
    body: ({ status, message, param }) =>
      status === 401
        ? { error: 'Unauthorized' }
        : { error: { message, type: TYPES[status] ?? 'BadRequestError', param, code: status } },
    faults: {},
  },
  embeddings: { most: 2048, floatOnly: false },
  listed: { owned_by: 'vllm', max_model_len: 32_768 },
  chatPaths: ['/chat/completions'],
  check: () => undefined,
};
