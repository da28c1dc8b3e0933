import { Injectable } from '@nestjs/common';
import { AuditRepository, type RecentChange } from './audit.repository.js';

/** The newest changes of the installation itself: not its use, and not what was refused. */
@Injectable()
export class RecentChanges {
  constructor(private readonly entries: AuditRepository) {}

  newest(limit: number): Promise<RecentChange[]> {
    return this.entries.newestChanges(limit);
  }
}
