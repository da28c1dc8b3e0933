import { Injectable } from '@nestjs/common';
import type { LlmConfigActivityDto } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';

/** From a moment, which belongs to it, to another one, which does not. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What came of the answers asked for in a span. */
export interface AnswerCounts {
  readonly requests: number;
  readonly failed: number;
  /** The first token of 95 in 100 answers came within this time; null when there was none. */
  readonly firstTokenP95Ms: number | null;
}

/** The answers of one configuration in one quarter of an hour, counted from the beginning of the span. */
export interface QuarterCounts {
  readonly llmConfigId: string;
  readonly quarter: number;
  readonly requests: number;
  readonly failed: number;
}

/** How one configuration did in a span. */
export interface ConfigCounts {
  readonly llmConfigId: string;
  readonly requests: number;
  readonly failed: number;
  readonly firstFailedAt: Date | null;
}

const FAILED = `count(*) filter (where status = 'failed')::int as failed`;

/** Figures over the answers of everybody. */
@Injectable()
export class AnswerFigures {
  constructor(private readonly database: Database) {}

  async counts({ from, to }: Span): Promise<AnswerCounts> {
    const [counts] = await this.database.query<AnswerCounts>(
      `select count(*)::int as requests, ${FAILED},
              percentile_cont(0.95) within group (order by first_token_ms) as "firstTokenP95Ms"
         from messages where created_at >= $1 and created_at < $2`,
      [from, to],
    );
    return counts ?? { requests: 0, failed: 0, firstTokenP95Ms: null };
  }

  byQuarter({ from, to }: Span): Promise<QuarterCounts[]> {
    return this.database.query<QuarterCounts>(
      `select llm_config_id as "llmConfigId", floor(extract(epoch from created_at - $1::timestamptz) / 900)::int as quarter,
              count(*)::int as requests, ${FAILED}
         from messages where created_at >= $1 and created_at < $2 group by 1, 2`,
      [from, to],
    );
  }

  byConfig({ from, to }: Span): Promise<ConfigCounts[]> {
    return this.database.query<ConfigCounts>(
      `select llm_config_id as "llmConfigId", count(*)::int as requests, ${FAILED},
              min(created_at) filter (where status = 'failed') as "firstFailedAt"
         from messages where created_at >= $1 and created_at < $2 group by 1`,
      [from, to],
    );
  }

  /** What these configurations did in the last 24 hours, errors by the hour, oldest first. */
  async activityOf(configIds: readonly string[]): Promise<Map<string, LlmConfigActivityDto>> {
    const rows = await this.database.query<{ id: string; hour: number; requests: number; failed: number }>(
      `select llm_config_id as id, least(23, floor(extract(epoch from created_at - (now() - interval '24 hours')) / 3600))::int as hour,
              count(*)::int as requests, ${FAILED}
         from messages where created_at >= now() - interval '24 hours' and llm_config_id = any($1::uuid[]) group by 1, 2`,
      [configIds],
    );
    const found = new Map<string, LlmConfigActivityDto>();
    for (const { id, hour, requests, failed } of rows) {
      const activity = found.get(id) ?? { requests: 0, errors: 0, errors_by_hour: Array<number>(24).fill(0) };
      activity.requests += requests;
      activity.errors += failed;
      activity.errors_by_hour[hour] = failed;
      found.set(id, activity);
    }
    return found;
  }

  /** How many answers failed with each kind of fault. */
  async failuresByKind({ from, to }: Span): Promise<Record<string, number>> {
    const rows = await this.database.query<{ kind: string; failed: number }>(
      `select coalesce(error_kind, 'unknown') as kind, count(*)::int as failed
         from messages where status = 'failed' and created_at >= $1 and created_at < $2 group by 1 order by 1`,
      [from, to],
    );
    return Object.fromEntries(rows.map(({ kind, failed }) => [kind, failed]));
  }

  /** Whether anybody ever had a whole answer. Looked for from the newest on, where most are. */
  async hasAny(): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from messages where status = 'finished' order by created_at desc limit 1`,
    );
    return rows.length > 0;
  }
}
