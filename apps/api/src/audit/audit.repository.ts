import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Database } from '../platform/database/database.js';
import { AuditLogEntry } from './audit-entry.entity.js';

/** Changes of the installation rather than its use; the words of the index `idx_audit_log_changes`. */
const IS_CHANGE = `NOT refused AND action !~ '^(auth|session)[.]|[.]test$'`;

/** A change of the installation, as far as a list shows it. */
export type RecentChange = Pick<AuditLogEntry, 'seq' | 'at' | 'actorKind' | 'actorName' | 'action' | 'targetName'>;

/** Entries are only ever added. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  async add(entry: Omit<AuditLogEntry, 'seq'>): Promise<void> {
    // TypeORM's type of an insert knows no `unknown` inside a jsonb column.
    await this.database.repositoryOf(AuditLogEntry).insert(entry as QueryDeepPartialEntity<AuditLogEntry>);
  }

  newestChanges(limit: number): Promise<RecentChange[]> {
    return this.database.query<RecentChange>(
      `select seq, at, actor_kind as "actorKind", actor_name as "actorName", action, target_name as "targetName"
         from audit_log where ${IS_CHANGE} order by seq desc limit $1`,
      [limit],
    );
  }
}
