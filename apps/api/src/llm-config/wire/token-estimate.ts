import type { ModelRequest, ModelUsage } from './model-wire.js';

/** Scripts whose characters are about two thirds of a token each; others need about four characters for one. */
const DENSE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/** More than this no column holds and no model reads. */
const MOST_TOKENS = 2 ** 31 - 1;

/** A number of tokens as a provider reports it; anything else is no report. */
export function countIn(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_TOKENS
    ? (value as number)
    : undefined;
}

/** About how many tokens a text is; no vocabulary is loaded for it. */
export function estimateTokens(text: string): number {
  const dense = text.match(DENSE)?.length ?? 0;
  return Math.ceil(dense * 0.65 + (text.length - dense) / 4);
}

/** About what a call took, for providers that do not say. */
export function estimateUsage(request: ModelRequest, said: string, reasoned: string): ModelUsage {
  const asked = request.messages.map(({ content }) => content).join('\n');
  const tools = request.tools?.length ? JSON.stringify(request.tools) : '';
  const reasoningTokens = estimateTokens(reasoned);
  return {
    promptTokens: estimateTokens(asked) + estimateTokens(tools),
    completionTokens: estimateTokens(said) + reasoningTokens,
    cachedTokens: 0,
    reasoningTokens,
    estimated: true,
  };
}
