import type { JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { invalid } from '../openai/openai-refusal.ts';
import { OPENAI_VOICE } from '../openai/voice.ts';

const REASONING = /^(o\d|gpt-[56])(?!.*-chat)/;

/** OpenAI: reasoning models refuse sampling parameters and the older name of the token limit. */
export const OPENAI: Dialect = {
  prefix: '/openai/v1',
  needsKey: true,
  refusesUnknown: true,
  style: { ...ORDINARY_STYLE, extras: '"service_tier":"default","system_fingerprint":"fp_simulator",' },
  voice: {
    ...OPENAI_VOICE,
    faults: {
      '402': {
        ...{ status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
        message: 'You exceeded your current quota, please check your plan and billing details.',
      },
    },
  },
  embeddings: { most: 2048, floatOnly: false },
  listed: {},
  chatPaths: ['/chat/completions'],
  check: (body) => {
    if (REASONING.test(String(body['model']))) checkReasoning(body);
  },
};

function checkReasoning(body: JsonObject): void {
  if (body['max_tokens'] !== undefined) {
    throw invalid(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  }
  if (body['temperature'] !== undefined && body['temperature'] !== 1) {
    throw invalid(
      `Unsupported value: 'temperature' does not support ${JSON.stringify(body['temperature'])} with this model. Only the default (1) value is supported.`,
      'temperature',
      'unsupported_value',
    );
  }
  for (const name of ['top_p', 'frequency_penalty', 'presence_penalty']) {
    if (body[name] === undefined) continue;
    throw invalid(`Unsupported parameter: '${name}' is not supported with this model.`, name, 'unsupported_parameter');
  }
}
