import { Global, Module } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { StoredAuditLog } from './audit-log.adapter.js';
import { AuditRepository } from './audit.repository.js';
import { RecentChanges } from './recent-changes.js';

/** Writes down who changed what; every feature reaches it through `AuditLog`. */
@Global()
@Module({
  providers: [AuditRepository, RecentChanges, { provide: AuditLog, useClass: StoredAuditLog }],
  exports: [AuditLog, RecentChanges],
})
export class AuditModule {}
