import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Environment } from '../platform/config/environment.js';
import { RunSlotRepository, type WantedSlot } from './run-slot.repository.js';

/** How long a process may be silent before what it holds is free again. */
const LEASE_SECONDS = 30;
const RENEW_EVERY_MS = 10_000;

/** Places for answers that are made at the same time, counted over all processes; a dead process keeps none for long. */
@Injectable()
export class RunSlots implements OnApplicationBootstrap, OnApplicationShutdown, BeforeApplicationShutdown {
  private readonly logger = new Logger(RunSlots.name);
  private readonly held = new Set<string>();
  private readonly releasing = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: RunSlotRepository,
    private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // The embedded database has one user: whatever is held there belongs to a process that is dead.
    if (this.environment.DATABASE_URL === undefined) await this.repository.clear();
    this.timer = setInterval(() => void this.renew(), RENEW_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.releasing);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Takes one place of each for a run, or none at all. @returns the first that is full, null when all had room */
  async take(wanted: readonly WantedSlot[], runId: string): Promise<WantedSlot | null> {
    const full = await this.repository.take(wanted, runId, LEASE_SECONDS);
    if (full === null) this.held.add(runId);
    return full;
  }

  /** Gives a run's places back; never rejects: what cannot be given back ends with its lease. */
  async release(runId: string): Promise<void> {
    this.held.delete(runId);
    const released = this.repository
      .release(runId)
      .catch((error: Error) => this.logger.warn(`Run ${runId} keeps its place until its lease ends: ${error.message}`));
    this.releasing.add(released);
    await released;
    this.releasing.delete(released);
  }

  /** Prolongs the leases of the runs of this process. */
  async renew(): Promise<void> {
    if (this.held.size === 0) return;
    try {
      await this.repository.renew([...this.held], LEASE_SECONDS);
    } catch (error) {
      this.logger.warn(`Leases of running answers could not be renewed: ${(error as Error).message}`);
    }
  }
}
