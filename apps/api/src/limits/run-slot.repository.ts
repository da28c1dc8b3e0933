import { Injectable } from '@nestjs/common';
import type { LimitKind } from '@opsagent/contracts';
import { Database } from '../platform/database/database.js';

/** One place out of so many. */
export interface WantedSlot {
  readonly kind: LimitKind;
  readonly subject: string;
  readonly most: number;
}

/** Those that ask for the same places wait for each other here, always in the same order. */
const LOCK = `
  select pg_advisory_xact_lock(key) from
    (select distinct hashtextextended('run_slots ' || kind || ' ' || subject, 0) as key
       from unnest($1::text[], $2::text[]) as w (kind, subject) order by 1) as keys`;

/** The clock, and not the transaction's beginning: it may have waited long. */
const TAKE = `
  with wanted as (select * from unnest($1::text[], $2::text[], $3::int[]) as w (kind, subject, most)),
  occupied as (
    select kind, subject, most from wanted w
     where most <= (select count(*) from run_slots s
                     where s.kind = w.kind and s.subject = w.subject and s.lease_until > clock_timestamp())
     limit 1
  ),
  taken as (
    insert into run_slots (kind, subject, run_id, lease_until)
    select kind, subject, $4::uuid, clock_timestamp() + make_interval(secs => $5) from wanted where not exists (select from occupied)
  )
  select kind, subject, most from occupied`;

/** The places in the database. */
@Injectable()
export class RunSlotRepository {
  constructor(private readonly database: Database) {}

  /** @returns one that is full, and nothing is taken; or null, and all are */
  take(wanted: readonly WantedSlot[], runId: string, seconds: number): Promise<WantedSlot | null> {
    const kinds = wanted.map(({ kind }) => kind);
    const subjects = wanted.map(({ subject }) => subject);
    return this.database.transaction(async () => {
      await this.database.query(LOCK, [kinds, subjects]);
      const most = wanted.map((slot) => slot.most);
      const [full] = await this.database.query<WantedSlot>(TAKE, [kinds, subjects, most, runId, seconds]);
      return full ?? null;
    });
  }

  async release(runId: string): Promise<void> {
    await this.database.query('delete from run_slots where run_id = $1', [runId]);
  }

  /** Prolongs these, and takes away what a dead process left. */
  async renew(runIds: readonly string[], seconds: number): Promise<void> {
    await this.database.query(
      'update run_slots set lease_until = now() + make_interval(secs => $2) where run_id = any($1::uuid[])',
      [runIds, seconds],
    );
    await this.database.query('delete from run_slots where lease_until < now()');
  }

  async clear(): Promise<void> {
    await this.database.query('delete from run_slots');
  }

  /** How many places are taken now, by `kind subject`. */
  async counts(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ key: string; count: number }>(
      `select kind || ' ' || subject as key, count(*)::int as count from run_slots where lease_until > now() group by 1`,
    );
    return new Map(rows.map(({ key, count }) => [key, count]));
  }
}
