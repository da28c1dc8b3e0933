import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { Signals } from '../../platform/database/signals.js';
import type { Approval } from './approval.entity.js';
import { ApprovalRepository } from './approval.repository.js';
import { entryOf } from './approval.mapper.js';

const CHANNEL = 'approval_decided';
/** The net below the signals, and what notices that time is over. */
const EVERY_MS = 1_000;

type Waiter = (approval: Approval) => void;

/** Tells those who wait for a decision of it, whichever process it was made on. */
@Injectable()
export class ApprovalWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ApprovalWatch.name);
  private readonly waiters = new Map<string, Waiter>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: ApprovalRepository,
    private readonly signals: Signals,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.signals.subscribe(CHANNEL, (id) => this.waiters.has(id) && void this.look());
    this.timer = setInterval(() => this.waiters.size > 0 && void this.look(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Says to every process that something was decided; never rejects. */
  async tell(id: string): Promise<void> {
    await this.signals.publish(CHANNEL, id).catch((error: Error) => this.logger.warn(error.message));
  }

  /** Resolves once it is decided, or its time is over. @throws the reason of `signal` */
  async decided(id: string, signal: AbortSignal): Promise<Approval> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Approval>();
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    this.waiters.set(id, resolve);
    void this.look();
    try {
      return await promise;
    } finally {
      this.waiters.delete(id);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** One look at a time; never rejects. */
  private look(): Promise<void> {
    this.looking = this.looking.then(() => this.lookOnce());
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const ids = [...this.waiters.keys()];
    if (ids.length === 0) return;
    try {
      await this.expire(ids);
      for (const approval of await this.repository.byIds(ids)) {
        if (approval.state !== 'pending') this.waiters.get(approval.id)?.(approval);
      }
    } catch (error) {
      // The database may be back at the next look.
      this.logger.warn(`Approvals could not be looked at: ${(error as Error).message}`);
    }
  }

  private async expire(ids: readonly string[]): Promise<void> {
    await this.database.transaction(async () => {
      for (const approval of await this.repository.expire(ids, this.clock.now()))
        await this.audit.record(entryOf('approval.expire', approval));
    });
  }
}
