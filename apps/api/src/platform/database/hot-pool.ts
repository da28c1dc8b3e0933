import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type QueryResultRow } from 'pg';
import type { ConnectionFacts } from './open-database.js';

/** A statement of the chat path: parsed by the server once per connection, under its name. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Every statement of the chat path looks its rows up by key: one plan fits all values, and planning anew costs more than running it.
 * A kept plan must not scan or hash a table that was empty when it was made.
 */
const KEPT_PLANS = `
  SET plan_cache_mode = force_generic_plan;
  SET enable_seqscan = off;
  SET enable_hashjoin = off;
  SET enable_mergejoin = off`;

/** Few connections with prepared statements, for the chat path alone: nothing else can make an answer wait. */
@Injectable()
export class HotPool implements OnApplicationShutdown {
  private readonly logger = new Logger(HotPool.name);
  private readonly pool: Pool;

  constructor(facts: ConnectionFacts) {
    this.pool = new Pool({
      ...facts,
      max: 4,
      application_name: 'opsagent chat',
      connectionTimeoutMillis: 10_000,
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for the promise; its types do not say so
      onConnect: async (client) => {
        await client.query(KEPT_PLANS);
      },
    });
    // An idle connection that breaks is replaced by the next query.
    this.pool.on('error', (error) => this.logger.warn(`A database connection broke: ${error.message}`));
  }

  async query<T extends QueryResultRow>(statement: NamedStatement): Promise<T[]> {
    const { rows } = await this.pool.query<T>(statement);
    return rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
