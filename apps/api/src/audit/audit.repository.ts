import { Injectable } from '@nestjs/common';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Database } from '../platform/database/database.js';
import { AuditLogEntry } from './audit-entry.entity.js';

/** Entries are only ever added. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  async add(entry: Omit<AuditLogEntry, 'seq'>): Promise<void> {
    // TypeORM's type of an insert knows no `unknown` inside a jsonb column.
    await this.database.repositoryOf(AuditLogEntry).insert(entry as QueryDeepPartialEntity<AuditLogEntry>);
  }
}
