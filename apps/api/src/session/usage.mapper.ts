import type { UsageDto } from '@opsagent/contracts';
import type { ModelUsage } from '../llm-config/wire/model-wire.js';

/** The figures of a turn, in the wire's names. */
export function toUsageDto(usage: ModelUsage): UsageDto {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    cached_tokens: usage.cachedTokens,
    reasoning_tokens: usage.reasoningTokens,
    estimated: usage.estimated,
  };
}
