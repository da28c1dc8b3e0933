import { randomUUID } from 'node:crypto';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { JobDto } from '@opsagent/contracts';
import { CurrentActor } from '../actor/current-actor.js';
import { Environment } from '../config/environment.js';
import { Database } from '../database/database.js';
import { Signals } from '../database/signals.js';
import type { DoneWork, JobItem, JobWork } from './job-work.js';
import type { JobRow } from './job.entity.js';
import { JobNotFound, JobNotUndoable, TooManyJobs } from './job.errors.js';
import { toJobDto } from './job.mapper.js';
import { JobRepository } from './job.repository.js';
import { JobUndo } from './job-undo.js';
import { JobStop, RunningJob } from './running-job.js';

/** Of one user in one process. */
const MOST_UNDER_WAY = 20;
const CANCEL_CHANNEL = 'job_cancel';
const KEEP_EVERY_MS = 10_000;
const CLEAR_EVERY_MS = 60 * 60 * 1000;
const KEPT_DAYS = 7;
const LAST_WORDS_MS = 1_000;

/** A job of this process. */
interface UnderWay {
  readonly job: Pick<RunningJob, 'stop'>;
  readonly createdBy: string | null;
  readonly ended: Promise<void>;
}

/** Work in the background, done by the process that was asked for it and seen by all of them. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(Jobs.name);
  private readonly processId = randomUUID();
  private readonly running = new Map<string, UnderWay>();
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: JobRepository,
    private readonly undos: JobUndo,
    private readonly database: Database,
    private readonly signals: Signals,
    private readonly actor: CurrentActor,
    private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.signals.subscribe(CANCEL_CHANNEL, (id) => this.stop(id, JobStop.cancelled()));
    // The embedded database has one user: whatever still runs there belongs to a process that is dead.
    await this.endLapsed(this.environment.DATABASE_URL === undefined);
    this.timers.push(
      setInterval(() => void this.keep(), KEEP_EVERY_MS).unref(),
      setInterval(() => void this.clear(), CLEAR_EVERY_MS).unref(),
    );
    void this.clear();
  }

  /** Stores a job and goes on with it behind the answer, as the actor of this request. Not inside a transaction. @throws TooManyJobs */
  async start<T extends JobItem>(work: JobWork<T>): Promise<JobDto> {
    return this.begin(work, null, () => Promise.resolve());
  }

  /** Keeps work that is done, in the transaction that did it. */
  async record({ kind, action, items }: DoneWork): Promise<JobDto> {
    const job = { ...this.newJob(kind, action), state: 'finished' as const, undoOf: null };
    await this.repository.add(job, items);
    return this.dtoOf(job.id);
  }

  /** Puts back what a job changed, as a job of its own; once. @throws JobNotUndoable, TooManyJobs */
  async undo({ id, kind, action }: Pick<JobRow, 'id' | 'kind' | 'action'>): Promise<JobDto> {
    const way = this.undos.of(kind, action);
    if (!way) throw new JobNotUndoable();
    const items = await this.repository.undoItemsOf(id);
    return this.begin({ ...way, kind, action, items }, id, async () => {
      if (!(await this.repository.takeUndo(id))) throw new JobNotUndoable();
    });
  }

  /** Begins no more of its items, whichever process does them. */
  async cancel(id: string): Promise<void> {
    await this.repository.requestCancel(id);
    // A signal that is lost is made up for when the lease is renewed.
    await this.signals.publish(CANCEL_CHANNEL, id);
  }

  /** The job that does just that on `targetId` now, in whichever process; null when none does. */
  async underWay(kind: JobRow['kind'], action: string, targetId: string): Promise<JobDto | null> {
    const id = await this.repository.findRunning(kind, action, targetId);
    return id === null ? null : this.dtoOf(id);
  }

  /** @throws JobNotFound */
  async dtoOf(id: string): Promise<JobDto> {
    const job = await this.repository.find(id);
    if (!job) throw new JobNotFound();
    return toJobDto(job, await this.repository.itemsOf(id));
  }

  /** Open jobs are stored as interrupted before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    const open = [...this.running];
    for (const [id] of open) this.stop(id, JobStop.interrupted());
    const tooLong = new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref());
    await Promise.race([Promise.all(open.map(([, { ended }]) => ended)), tooLong]);
  }

  onApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async begin<T extends JobItem>(
    work: JobWork<T>,
    undoOf: string | null,
    before: () => Promise<void>,
  ): Promise<JobDto> {
    const stored = { ...this.newJob(work.kind, work.action), state: 'running' as const, undoOf };
    this.requireRoom(stored.createdBy);
    await this.database.transaction(async () => {
      await before();
      await this.repository.add(stored, work.items);
    });
    const dto = await this.dtoOf(stored.id);
    const job = new RunningJob(stored.id, work.items, work, this.repository);
    this.running.set(stored.id, { job, createdBy: stored.createdBy, ended: this.follow(job) });
    return dto;
  }

  private async follow<T extends JobItem>(job: RunningJob<T>): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      this.logger.warn(`Job ${job.id} has no end in the database: ${(error as Error).message}`);
    } finally {
      this.running.delete(job.id);
    }
  }

  private newJob(kind: JobRow['kind'], action: string) {
    const actor = this.actor.get();
    const createdBy = actor.kind === 'user' ? actor.userId : null;
    return { id: randomUUID(), kind, action, processId: this.processId, createdBy };
  }

  private requireRoom(userId: string | null): void {
    const own = [...this.running.values()].filter(({ createdBy }) => createdBy === userId);
    if (userId !== null && own.length >= MOST_UNDER_WAY) throw new TooManyJobs(MOST_UNDER_WAY);
  }

  private stop(id: string, why: JobStop): void {
    this.running.get(id)?.job.stop(why);
  }

  private async keep(): Promise<void> {
    try {
      const ids = [...this.running.keys()];
      const kept = new Map((await this.repository.renewLeases(ids)).map(({ id, isCancelled }) => [id, isCancelled]));
      for (const id of ids) {
        if (!kept.has(id)) this.stop(id, JobStop.interrupted());
        else if (kept.get(id)) this.stop(id, JobStop.cancelled());
      }
      await this.endLapsed(false);
    } catch (error) {
      this.logger.warn(`Jobs could not be kept: ${(error as Error).message}`);
    }
  }

  private async endLapsed(everyOther: boolean): Promise<void> {
    const { message: detail, code } = JobStop.interrupted();
    const lost = await this.repository.endLapsed([...this.running.keys()], everyOther, { detail, code });
    if (lost > 0) this.logger.warn(`Ended ${lost} jobs that had lost their process`);
  }

  private async clear(): Promise<void> {
    try {
      await this.repository.removeOlderThan(KEPT_DAYS);
    } catch (error) {
      this.logger.warn(`Old jobs could not be cleared away: ${(error as Error).message}`);
    }
  }
}
