import type { Dialect } from '../dialects.ts';
import { ORDINARY_STYLE } from '../openai/frame-style.ts';
import { OPENAI_VOICE } from '../openai/voice.ts';

/** Any other endpoint: no key, unknown parameters ignored. */
export const COMPATIBLE: Dialect = {
  prefix: '/openai-compatible/v1',
  needsKey: false,
  refusesUnknown: false,
  style: ORDINARY_STYLE,
  voice: OPENAI_VOICE,
  embeddings: { most: 2048, floatOnly: false },
  listed: {},
  chatPaths: ['/chat/completions'],
  check: () => undefined,
};

/** The second wire of Ollama. */
export const OLLAMA_V1: Dialect = {
  ...COMPATIBLE,
  prefix: '/ollama/v1',
  style: { ...ORDINARY_STYLE, reasoningField: 'reasoning' },
};
