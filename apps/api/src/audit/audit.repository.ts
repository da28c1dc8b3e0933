import { Injectable } from '@nestjs/common';
import type { AuditQueryDto } from '@opsagent/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Database } from '../platform/database/database.js';
import { actionsOf } from './actions-of.js';
import { AuditLogEntry } from './audit-entry.entity.js';
import { AuditHead } from './audit-head.entity.js';
import { HAS_PATTERN, patternOf } from './audit-search.js';

/** Changes of the installation rather than its use; the words of the index `idx_audit_log_changes`. */
const IS_CHANGE = `NOT refused AND action !~ '^(auth|session)[.]|[.]test$'`;
/** Whoever fills in a form asks for it, time and again. */
const NO_CHANGE = 'llm_config.list_models';

/** A statement carries no more than 65,535 values. */
const AT_ONCE = 1000;

/** A change of the installation, as far as a list shows it. */
export type RecentChange = Pick<AuditLogEntry, 'seq' | 'at' | 'actorKind' | 'actorName' | 'action' | 'targetName'>;

/** Which entries; what is not given does not narrow. */
export type AuditFilter = Omit<AuditQueryDto, 'skip' | 'limit'>;

/** Entries are only ever added. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  async add(entries: readonly AuditLogEntry[]): Promise<void> {
    // TypeORM's type of an insert knows no `unknown` inside a jsonb column.
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      const some = entries.slice(from, from + AT_ONCE) as QueryDeepPartialEntity<AuditLogEntry>[];
      await this.database.repositoryOf(AuditLogEntry).insert(some);
    }
  }

  /** The end of the chain; until the transaction ends nobody else adds to it. */
  lockedHead(): Promise<AuditHead> {
    const options = { where: { id: true }, lock: { mode: 'pessimistic_write' } } as const;
    return this.database.repositoryOf(AuditHead).findOneOrFail(options);
  }

  head(): Promise<AuditHead> {
    return this.database.repositoryOf(AuditHead).findOneByOrFail({ id: true });
  }

  /** The number of the newest entry; "0" without any. */
  async newest(): Promise<string> {
    const [entry] = await this.database.query<{ seq: string }>('select coalesce(max(seq), 0) seq from audit_log');
    return entry?.seq ?? '0';
  }

  async moveHead(seq: string, hash: Buffer, mac: Buffer | null): Promise<void> {
    await this.database.repositoryOf(AuditHead).update({ id: true }, { seq, hash, mac });
  }

  newestChanges(limit: number): Promise<RecentChange[]> {
    return this.database.query<RecentChange>(
      `select seq, at, actor_kind as "actorKind", actor_name as "actorName", action, target_name as "targetName"
         from audit_log where ${IS_CHANGE} and action <> $2 order by seq desc limit $1`,
      [limit, NO_CHANGE],
    );
  }

  /** Oldest first, those after `seq`, or all. */
  after(seq: string | null, limit: number, filter: AuditFilter = {}): Promise<AuditLogEntry[]> {
    const chosen = this.chosen(filter).orderBy('entry.seq', 'ASC').limit(limit);
    return (seq === null ? chosen : chosen.andWhere('entry.seq > :seq', { seq })).getMany();
  }

  find(seq: string): Promise<AuditLogEntry | null> {
    return this.database.repositoryOf(AuditLogEntry).findOneBy({ seq });
  }

  /** Those of a filter. */
  chosen({
    search,
    action,
    target_type,
    target_id,
    actor_id,
    refused,
    from,
    to,
  }: AuditFilter): SelectQueryBuilder<AuditLogEntry> {
    const query = this.database.repositoryOf(AuditLogEntry).createQueryBuilder('entry').where('true');
    if (search) query.andWhere(HAS_PATTERN, { pattern: patternOf(search) });
    if (action) query.andWhere('entry.action in (:...actions)', { actions: actionsOf(action) });
    if (target_type) query.andWhere('entry.target_type = :target_type', { target_type });
    if (target_id) query.andWhere('entry.target_id = :target_id', { target_id });
    if (actor_id) query.andWhere('entry.actor_id = :actor_id', { actor_id });
    if (refused !== undefined) query.andWhere('entry.refused = :refused', { refused });
    if (from) query.andWhere('entry.at >= :from', { from });
    if (to) query.andWhere('entry.at < :to', { to });
    return query;
  }
}
