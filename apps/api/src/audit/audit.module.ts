import { Global, Module } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { StoredAuditLog } from './audit-log.adapter.js';
import { AuditRepository } from './audit.repository.js';

/** Writes down who changed what; every feature reaches it through `AuditLog`. */
@Global()
@Module({
  providers: [AuditRepository, { provide: AuditLog, useClass: StoredAuditLog }],
  exports: [AuditLog],
})
export class AuditModule {}
