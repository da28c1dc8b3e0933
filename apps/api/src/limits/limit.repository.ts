import { Injectable } from '@nestjs/common';
import type { LimitKind, LimitLevel, LimitName } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';
import { Limit } from './limit.entity.js';

/** Heard by every process when a limit was set or taken away. */
export const LIMITS_CHANGED = 'limits_changed';

/** That somebody was told of a budget, once in its period. */
export interface Notice {
  kind: LimitKind;
  subject: string;
  name: LimitName;
  level: LimitLevel;
  periodStart: Date;
}

/** Limits in the database. */
@Injectable()
export class LimitRepository {
  constructor(private readonly database: Database) {}

  all(): Promise<Limit[]> {
    return this.database.repositoryOf(Limit).find({ order: { kind: 'ASC', subject: 'ASC' } });
  }

  find(kind: LimitKind, subject: string): Promise<Limit | null> {
    return this.database.repositoryOf(Limit).findOneBy({ kind, subject });
  }

  /** Inside a transaction: the others hear of it when it is committed. */
  async set(limit: Limit): Promise<void> {
    await this.database.repositoryOf(Limit).upsert(limit, ['kind', 'subject']);
    await this.tell();
  }

  /** @returns whether there was one */
  async remove(kind: LimitKind, subject: string): Promise<boolean> {
    const { affected } = await this.database.repositoryOf(Limit).delete({ kind, subject });
    await this.tell();
    return affected === 1;
  }

  /** @returns whether nobody had been told yet */
  async addNotice({ kind, subject, name, level, periodStart }: Notice): Promise<boolean> {
    const added = await this.database.query(
      `insert into limit_notices (kind, subject, name, level, period_start) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning 1`,
      [kind, subject, name, level, periodStart],
    );
    return added.length > 0;
  }

  private async tell(): Promise<void> {
    await this.database.query(`select pg_notify($1, '')`, [LIMITS_CHANGED]);
  }
}
