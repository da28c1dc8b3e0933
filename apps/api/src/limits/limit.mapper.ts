import type { LimitDto, SetLimitDto } from '@opsagent/contracts';
import type { Limit } from './limit.entity.js';
import { EVERYONE } from './limit-store.js';

/** What is limited, in the wire's names. */
export function toLimits(limit: Limit) {
  return {
    requests_per_minute: limit.requestsPerMinute,
    concurrent_runs: limit.concurrentRuns,
    tokens_per_day: limit.tokensPerDay,
    tokens_per_month: limit.tokensPerMonth,
    cost_per_day: limit.costPerDay,
    cost_per_month: limit.costPerMonth,
    currency: limit.currency,
    soft_percent: limit.softPercent,
  } satisfies Required<SetLimitDto>;
}

export function toLimitDto(limit: Limit, subjectName: string | null): LimitDto {
  return {
    kind: limit.kind,
    subject_id: limit.subject === EVERYONE ? null : limit.subject,
    subject_name: subjectName,
    ...toLimits(limit),
    updated_at: limit.updatedAt.toISOString(),
  };
}

/** What is not named is not limited. */
export function toLimit(kind: Limit['kind'], subject: string, input: SetLimitDto, at: Date): Limit {
  return {
    ...{ kind, subject, updatedAt: at },
    requestsPerMinute: input.requests_per_minute ?? null,
    concurrentRuns: input.concurrent_runs ?? null,
    tokensPerDay: input.tokens_per_day ?? null,
    tokensPerMonth: input.tokens_per_month ?? null,
    costPerDay: input.cost_per_day ?? null,
    costPerMonth: input.cost_per_month ?? null,
    currency: input.currency ?? null,
    softPercent: input.soft_percent ?? 80,
  };
}
