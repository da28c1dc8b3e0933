import { Global, Module } from '@nestjs/common';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Refusals } from '../platform/audit/refusals.js';
import { AuditController } from './audit.controller.js';
import { AuditExport } from './audit-export.js';
import { AuditKey } from './audit-key.js';
import { StoredAuditLog } from './audit-log.adapter.js';
import { AuditPages } from './audit-pages.repository.js';
import { AuditRepository } from './audit.repository.js';
import { AuditSearch } from './audit-search.js';
import { AuditService } from './audit.service.js';
import { AuditVerification } from './audit-verification.js';
import { RecentChanges } from './recent-changes.js';

/** Writes down who changed what, so that nobody can change it; every feature reaches it through `AuditLog`. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [
    AuditRepository,
    AuditPages,
    AuditSearch,
    AuditKey,
    AuditService,
    AuditVerification,
    AuditExport,
    RecentChanges,
    Refusals,
    { provide: AuditLog, useClass: StoredAuditLog },
  ],
  exports: [AuditLog, RecentChanges, Refusals],
})
export class AuditModule {}
