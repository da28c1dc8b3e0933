import { trimmedDecimal } from '../llm-config/catalogue/decimal.js';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';
import type { TurnError } from './chat-turn.js';
import type { Message } from './message.entity.js';

/** What a stored turn took; null when no model call ended. */
export function toUsage(message: Message): ModelUsage | null {
  if (message.promptTokens === null) return null;
  return {
    promptTokens: message.promptTokens,
    completionTokens: message.completionTokens ?? 0,
    cachedTokens: message.cachedTokens ?? 0,
    reasoningTokens: message.reasoningTokens ?? 0,
    estimated: message.usageEstimated ?? false,
  };
}

/** What a stored turn cost, without the zeros that its column adds; null when that is not known. */
export function toTotalPrice({ totalPrice }: Pick<Message, 'totalPrice'>): string | null {
  return totalPrice === null ? null : trimmedDecimal(totalPrice);
}

/** Why a stored turn failed. */
export function toMessageError(message: Message): TurnError | null {
  if (message.status !== 'failed') return null;
  return {
    kind: message.errorKind ?? 'internal',
    code: message.errorCode ?? 'session/failed',
    detail: message.errorDetail ?? '',
  };
}
