import { Logger } from '@nestjs/common';
import type { JobState } from '@opsagent/contracts';
import { DomainError } from '../errors/domain-error.js';
import { failedBy } from './job-failure.js';
import type { JobItem, JobOutcome, JobWay } from './job-work.js';
import type { ItemChange, JobRepository } from './job.repository.js';

const WRITE_EVERY_MS = 250;

/** Why a job ends before its items do; its words are those of the items that were not reached. */
export class JobStop extends Error {
  private constructor(
    readonly state: Extract<JobState, 'cancelled' | 'interrupted'>,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  static cancelled(): JobStop {
    return new JobStop('cancelled', 'job/cancelled', 'The job was cancelled before this was done.');
  }

  static interrupted(): JobStop {
    return new JobStop('interrupted', 'job/interrupted', 'The server was stopped before this was done.');
  }
}

/** A job of this process: hands its items out and keeps what came of them. */
export class RunningJob<T extends JobItem = JobItem> {
  private static readonly logger = new Logger(RunningJob.name);
  private readonly cancel = new AbortController();
  /** What is not written yet, by position. */
  private unwritten = new Map<number, ItemChange>();
  private next = 0;
  private isCutShort = false;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    readonly id: string,
    private readonly items: readonly T[],
    private readonly way: JobWay<T>,
    private readonly repository: JobRepository,
  ) {}

  /** Begins no more items; what is being done is told so by its signal. */
  stop(why: JobStop): void {
    this.cancel.abort(why);
  }

  /** Resolves when the end is stored. @throws when it cannot be: then its lease lapses */
  async run(): Promise<void> {
    const ticker = setInterval(() => void this.writeSome(), WRITE_EVERY_MS);
    try {
      await Promise.all(Array.from({ length: this.way.concurrency ?? 1 }, () => this.workThrough()));
    } finally {
      clearInterval(ticker);
    }
    await this.end();
  }

  private async workThrough(): Promise<void> {
    const { groupSize = 1 } = this.way;
    while (!this.cancel.signal.aborted && this.next < this.items.length) {
      const start = this.next;
      this.next = Math.min(start + groupSize, this.items.length);
      await this.workOn(start, this.items.slice(start, this.next));
    }
  }

  private async workOn(start: number, group: readonly T[]): Promise<void> {
    group.forEach((_, index) => this.note({ position: start + index, state: 'running' }));
    const outcomes = await this.outcomesOf(group);
    outcomes.forEach((outcome, index) => this.note({ ...outcome, position: start + index }));
  }

  private async outcomesOf(group: readonly T[]): Promise<readonly JobOutcome[]> {
    try {
      return await this.way.run(group, this.cancel.signal);
    } catch (error) {
      const outcome = this.failureOf(error);
      return group.map(() => outcome);
    }
  }

  private failureOf(error: unknown): JobOutcome {
    const reason = this.cancel.signal.reason as JobStop | undefined;
    return reason && !(error instanceof DomainError) ? this.notReached(reason) : failedBy(error);
  }

  private note(change: ItemChange): void {
    this.unwritten.set(change.position, change);
  }

  /** One statement at a time, so that an item's states are written in their order. */
  private async writeSome(): Promise<void> {
    if (this.unwritten.size === 0) return;
    const changes = this.unwritten;
    this.unwritten = new Map();
    this.writing = this.writing
      .then(() => this.repository.writeItems(this.id, [...changes.values()]))
      .catch((error: Error) => {
        RunningJob.logger.warn(`Job ${this.id} could not be written down: ${error.message}`);
        this.unwritten = new Map([...changes, ...this.unwritten]);
      });
    await this.writing;
  }

  private async end(): Promise<void> {
    const stop = this.cancel.signal.reason as JobStop | undefined;
    for (let position = this.next; stop && position < this.items.length; position++)
      this.note({ ...this.notReached(stop), position });
    await this.writing;
    await this.repository.writeItems(this.id, [...this.unwritten.values()]);
    await this.repository.end(this.id, stop && this.isCutShort ? stop.state : 'finished');
  }

  private notReached({ code, message }: JobStop): JobOutcome {
    this.isCutShort = true;
    return { state: 'skipped', code, detail: message };
  }
}
