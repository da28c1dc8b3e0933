import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LiveRun } from './live-run.js';
import { type EventBatch, RunEventStore } from './run-event-store.js';
import { Runs } from './runs.js';

const EVERY_MS = 500;
/** Most answers are over sooner, and then the message row says it all. */
const YOUNG_MS = 1_000;

/** Writes the events of running answers behind them: never per token, and nobody waits for it. */
@Injectable()
export class RunEventWriter implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RunEventWriter.name);
  private readonly written = new WeakMap<LiveRun, number>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly runs: Runs,
    private readonly store: RunEventStore,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.writeAll(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Writes what is left, if any of it was written or `isFollowed` says that somebody may come back for it. Never rejects. */
  async finish(run: LiveRun, isFollowed: boolean): Promise<void> {
    await this.writing;
    if (isFollowed || this.written.has(run)) await this.write([run]);
  }

  /** Writes everything told so far. @throws what keeps it from being written */
  async flush(run: LiveRun): Promise<void> {
    await this.writing;
    const batch = this.newEvents(run);
    if (batch.events.length === 0) return;
    await this.store.append(this.runs.processId, [batch]);
    this.written.set(run, batch.events.at(-1)?.seq ?? 0);
  }

  private writeAll(): void {
    const now = performance.now();
    const runs = this.runs.all().filter((run) => now - run.startedMs > YOUNG_MS && run.isOpen);
    if (runs.length > 0) this.writing = this.writing.then(() => this.write(runs));
  }

  private async write(runs: readonly LiveRun[]): Promise<void> {
    const batches = runs.map((run) => this.newEvents(run)).filter(({ events }) => events.length > 0);
    if (batches.length === 0) return;
    try {
      await this.store.append(this.runs.processId, batches);
      for (const { run, events } of batches) this.written.set(run, events.at(-1)?.seq ?? 0);
    } catch (error) {
      // Followers in this process lose nothing; the next round writes them again.
      this.logger.warn(`Events of ${batches.length} answers could not be written: ${(error as Error).message}`);
    }
  }

  private newEvents(run: LiveRun): EventBatch & { run: LiveRun } {
    return { run, runId: run.runId, events: run.events.slice(this.written.get(run) ?? run.storedBefore) };
  }
}
