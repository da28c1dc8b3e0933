import type { Plan } from '../plan.ts';
import type { FrameStyle } from './frame-style.ts';

/** @returns the usage object: one output token per piece of text or reasoning and per tool call. */
export function usageJson(plan: Plan, promptTokens: number, extras: FrameStyle['usageExtras'] = () => ''): string {
  const completion = plan.pieces.length + plan.calls.length;
  const reasoning = plan.pieces.filter((piece) => piece.kind === 'reasoning').length;
  return `{"prompt_tokens":${promptTokens},"completion_tokens":${completion},"total_tokens":${promptTokens + completion},"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":${reasoning}}${extras(promptTokens)}}`;
}
