import type { JsonObject } from './chat-request.ts';
import type { FrameStyle } from './openai/frame-style.ts';
import type { Voice } from './openai/voice.ts';
import { BAIDU } from './providers/baidu.ts';
import { COMPATIBLE, OLLAMA_V1 } from './providers/compatible.ts';
import { DEEPSEEK } from './providers/deepseek.ts';
import { DOUBAO } from './providers/doubao.ts';
import { MOONSHOT } from './providers/moonshot.ts';
import { OPENAI } from './providers/openai.ts';
import { TONGYI } from './providers/tongyi.ts';
import { VLLM } from './providers/vllm.ts';
import { ZHIPU } from './providers/zhipu.ts';

/** What a provider takes in one embeddings call. */
export interface EmbeddingLimits {
  readonly most: number;
  /** Models that take fewer. */
  readonly mostOf?: readonly (readonly [RegExp, number])[];
  /** `encoding_format` may only be `float`. */
  readonly floatOnly: boolean;
}

/** How one provider's address behaves on the OpenAI wire. */
export interface Dialect {
  readonly prefix: string;
  /** Calls without the simulator's key are refused. */
  readonly needsKey: boolean;
  /** Top-level parameters nobody knows are refused, not ignored. */
  readonly refusesUnknown: boolean;
  readonly style: FrameStyle;
  readonly voice: Voice;
  /** Null where there are no embeddings. */
  readonly embeddings: EmbeddingLimits | null;
  /** What it says of each model in its list, besides the name. */
  readonly listed: JsonObject;
  /** Where models are asked; the first is the usual one. */
  readonly chatPaths: readonly string[];
  /**
   * What of a request this provider alone refuses. What it takes but should not be sent is noted in the log.
   * @throws OpenAiRefusal
   */
  check(body: JsonObject, note: (violation: string) => void): void;
}

/** The dialects of the OpenAI wire, one per provider. */
export const DIALECTS: readonly Dialect[] = [
  ...[OPENAI, DEEPSEEK, TONGYI, OLLAMA_V1, VLLM],
  ...[DOUBAO, ZHIPU, MOONSHOT, BAIDU, COMPATIBLE],
];

/** The prefix of Ollama's native wire. */
export const OLLAMA_PREFIX = '/ollama';
