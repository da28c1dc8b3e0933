import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Conversations } from '../../session/conversations.js';
import { AppRepository, type KeptFor } from '../apps/app.repository.js';

const EVERY_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 100;

/** Deletes the conversations of apps that are kept for a while only, once nobody has used them for that long. */
@Injectable()
export class RetentionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RetentionKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private isClosing = false;

  constructor(
    private readonly apps: AppRepository,
    private readonly conversations: Conversations,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.purge(), EVERY_MS).unref();
    void this.purge();
  }

  onApplicationShutdown(): void {
    this.isClosing = true;
    clearInterval(this.timer);
  }

  /** One round; where another process is at it, there is nothing to do. */
  async purge(): Promise<void> {
    try {
      await this.database.unlessElsewhere('retention', async () => {
        for (const app of await this.apps.keptForAWhile()) await this.purgeOf(app);
      });
    } catch (error) {
      this.logger.warn(`Old conversations could not be cleared away: ${(error as Error).message}`);
    }
  }

  private async purgeOf(app: KeptFor): Promise<void> {
    const since = new Date(this.clock.now().getTime() - app.retentionDays * DAY_MS);
    let deleted = 0;
    try {
      for (let batch = BATCH; batch === BATCH && !this.isClosing; deleted += batch)
        batch = await this.conversations.purgeUnused(app.id, since, BATCH);
    } finally {
      if (deleted > 0) await this.tell(app, deleted);
    }
  }

  private tell({ id, name, retentionDays }: KeptFor, deleted: number): Promise<void> {
    return this.audit.record({
      ...{ action: 'app.purge_conversations', targetType: 'app', targetId: id, targetName: name },
      after: { retention_days: retentionDays, deleted },
    });
  }
}
