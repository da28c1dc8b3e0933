import type { FigureDto, FiguresDto, LlmConfigDto, LlmConfigHealthDto } from '@opsagent/contracts';
import type { AnswerCounts, QuarterCounts } from '../session/answer-figures.repository.js';
import { QUARTERS } from './spans.js';

const HOURS = 24;

/** The figures of today beside those of the same hours a week ago, and the last 24 hours by the hour. */
export function figuresOf(now: AnswerCounts, before: AnswerCounts, quarters: readonly QuarterCounts[]): FiguresDto {
  const figure = (of: (counts: AnswerCounts) => number | null): FigureDto => ({ now: of(now), before: of(before) });
  return {
    requests: figure(({ requests }) => requests),
    error_rate: figure(({ requests, failed }) => (requests === 0 ? null : failed / requests)),
    first_token_p95_ms: figure(({ firstTokenP95Ms }) =>
      firstTokenP95Ms === null ? null : Math.round(firstTokenP95Ms),
    ),
    requests_by_hour: summed(quarters, HOURS, ({ requests }) => requests),
    errors_by_hour: summed(quarters, HOURS, ({ failed }) => failed),
  };
}

/** How every active chat configuration did, quarter by quarter; first the one of whose answers the largest part failed. */
export function healthOf(configs: readonly LlmConfigDto[], quarters: readonly QuarterCounts[]): LlmConfigHealthDto[] {
  const byConfig = Map.groupBy(quarters, ({ llmConfigId }) => llmConfigId);
  const health = configs
    .filter((config) => !config.is_embedding)
    .map(({ id, name, provider }): LlmConfigHealthDto => {
      const own = byConfig.get(id) ?? [];
      return {
        ...{ llm_config_id: id, name, provider },
        requests: summed(own, QUARTERS, ({ requests }) => requests),
        errors: summed(own, QUARTERS, ({ failed }) => failed),
      };
    });
  return health.sort((a, b) => failedPart(b) - failedPart(a) || sum(b.errors) - sum(a.errors) || byName(a, b));
}

/** A figure of the quarters, added up into `parts` equal parts of the day. */
function summed(quarters: readonly QuarterCounts[], parts: number, of: (counts: QuarterCounts) => number): number[] {
  const sums = new Array<number>(parts).fill(0);
  for (const counts of quarters) {
    const part = Math.floor((counts.quarter * parts) / QUARTERS);
    sums[part] = (sums[part] ?? 0) + of(counts);
  }
  return sums;
}

function failedPart({ requests, errors }: LlmConfigHealthDto): number {
  return sum(errors) / Math.max(1, sum(requests));
}

function byName(a: LlmConfigHealthDto, b: LlmConfigHealthDto): number {
  return a.name.localeCompare(b.name);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
