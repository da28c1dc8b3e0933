import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** What one owner used of one configuration within an hour, in one currency; '' gathers what has no known price. */
export interface HourOfUse {
  readonly hour: Date;
  readonly ownerKind: 'user' | 'app';
  readonly ownerId: string;
  readonly llmConfigId: string;
  readonly currency: string;
  readonly answers: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cost: number;
  readonly unpriced: number;
}

interface Sum {
  readonly tokens: number;
  readonly answers: number;
  readonly cost: number;
  readonly unpriced: number;
}

/** What a subject used in a month and, of it, in the day, in one currency. */
export interface UseSum {
  readonly kind: 'user' | 'app' | 'llm_config';
  readonly id: string;
  readonly currency: string;
  readonly day: Sum;
  readonly month: Sum;
}

const sumOf = (column: string, where: string): string => `coalesce(sum(${column}) ${where}, 0)`;
const sumsOf = (where: string): string =>
  `json_build_object('tokens', ${sumOf('prompt_tokens + completion_tokens', where)}, 'answers', ${sumOf('answers', where)},
                     'cost', ${sumOf('cost', where)}, 'unpriced', ${sumOf('unpriced_answers', where)})`;

const ADD_UP = `
  select coalesce(owner_kind, 'llm_config') as kind, coalesce(owner_id, llm_config_id) as id, currency,
         ${sumsOf('filter (where hour >= $2)')} as day, ${sumsOf('')} as month
    from usage_hourly where hour >= $1
   group by grouping sets ((owner_kind, owner_id, currency), (llm_config_id, currency))`;

const ADD = `
  insert into usage_hourly as u
  select * from unnest($1::timestamptz[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::bigint[], $8::bigint[], $9::numeric[], $10::int[])
      as n (hour, owner_kind, owner_id, llm_config_id, currency, answers, prompt_tokens, completion_tokens, cost, unpriced_answers)
   order by hour, owner_kind, owner_id, llm_config_id, currency
  on conflict on constraint pk_usage_hourly do update
     set answers = u.answers + excluded.answers, prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
         completion_tokens = u.completion_tokens + excluded.completion_tokens, cost = u.cost + excluded.cost,
         unpriced_answers = u.unpriced_answers + excluded.unpriced_answers`;

/** How much was used, hour by hour, in the database. */
@Injectable()
export class UsageRepository {
  constructor(private readonly database: Database) {}

  /** Adds to what is there, in one statement; no two of these are of the same row. */
  async add(hours: readonly HourOfUse[]): Promise<void> {
    const column = <T>(of: (hour: HourOfUse) => T): T[] => hours.map(of);
    await this.database.query(ADD, [
      column(({ hour }) => hour),
      column(({ ownerKind }) => ownerKind),
      column(({ ownerId }) => ownerId),
      column(({ llmConfigId }) => llmConfigId),
      column(({ currency }) => currency),
      column(({ answers }) => answers),
      column(({ promptTokens }) => promptTokens),
      column(({ completionTokens }) => completionTokens),
      column(({ cost }) => cost.toFixed(10)),
      column(({ unpriced }) => unpriced),
    ]);
  }

  /** What every subject used since these moments. */
  sums(monthStart: Date, dayStart: Date): Promise<UseSum[]> {
    return this.database.query<UseSum>(ADD_UP, [monthStart, dayStart]);
  }
}
