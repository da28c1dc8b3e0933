import { HttpClient } from '@angular/common/http';
import { computed, inject, Service, signal } from '@angular/core';
import type { JobDto } from '@opsagent/contracts';
import { firstValueFrom } from 'rxjs';
import { type FollowedJob, type JobRequest, keepJobs, keptJobs } from './followed-jobs.js';
import { toProblem } from './problem.js';

const BASE = '/api/jobs';
const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 5000;
/** As many as the tray holds; the oldest ended one makes room. */
const MOST = 5;

/**
 * Work in the background that this tab has started: asked about until it ends, less and less often, not while nobody looks. What
 * is followed outlives a navigation and a reload of the page.
 */
@Service()
export class Jobs {
  private readonly http = inject(HttpClient);
  private readonly followed = signal(keptJobs());
  private readonly over = signal(0);
  readonly entries = this.followed.asReadonly();
  readonly hasEntries = computed(() => this.followed().length > 0);
  /** Counts the jobs that ended here, for lists that then ask again. */
  readonly ended = this.over.asReadonly();

  constructor() {
    for (const { id } of this.followed()) void this.watch(id, 0);
  }

  /** Starts the work of a request that answers with a job. @throws HttpErrorResponse when it is refused. */
  async start(url: string, input: Readonly<Record<string, unknown>>, ids: readonly string[]): Promise<void> {
    const job = await firstValueFrom(this.http.post<JobDto>(url, { ...input, ids }));
    this.follow(job, { url, input });
  }

  /** Looks after a job from now on; one that is over already is news at once. */
  follow(job: JobDto, request: JobRequest | null = null): void {
    this.followed.update((entries) => {
      const spare = entries.length < MOST ? undefined : entries.find((entry) => entry.job && !isRunning(entry.job));
      return [...entries.filter((entry) => entry !== spare), { id: job.id, job, request, isNews: false }];
    });
    this.keep();
    if (isRunning(job)) void this.watch(job.id, FIRST_PAUSE_MS);
    else this.tell(job.id);
  }

  async cancel(id: string): Promise<void> {
    this.take(await firstValueFrom(this.http.post<JobDto>(`${BASE}/${id}/cancel`, null)));
  }

  /** Puts back what a job changed, as a job of its own. */
  async undo(id: string): Promise<void> {
    this.follow(await firstValueFrom(this.http.post<JobDto>(`${BASE}/${id}/undo`, null)));
    this.take(await this.read(id));
  }

  /** Once more for what failed. */
  async again({ id, job, request }: FollowedJob): Promise<void> {
    if (!job || !request) return;
    const failed = job.items.flatMap(({ state, target_id }) => (state === 'failed' && target_id ? [target_id] : []));
    await this.start(request.url, request.input, failed);
    this.dismiss(id);
  }

  dismiss(id: string): void {
    this.followed.update((entries) => entries.filter((entry) => entry.id !== id));
    this.keep();
  }

  /** The user has been told how it ended. */
  told(id: string): void {
    this.change(id, { isNews: false });
  }

  private async watch(id: string, firstPause: number): Promise<void> {
    for (let pause = firstPause; this.isFollowed(id); pause = nextPause(pause)) {
      await passed(pause);
      await seen();
      try {
        const job = await this.read(id);
        this.take(job);
        // After a reload, what had ended before it is no news.
        if (!isRunning(job)) return pause > 0 ? this.tell(id) : undefined;
      } catch (error) {
        if (toProblem(error).status === 404) this.dismiss(id);
      }
    }
  }

  private isFollowed(id: string): boolean {
    return this.followed().some((entry) => entry.id === id);
  }

  private read(id: string): Promise<JobDto> {
    return firstValueFrom(this.http.get<JobDto>(`${BASE}/${id}`));
  }

  private tell(id: string): void {
    this.change(id, { isNews: true });
    this.over.update((count) => count + 1);
  }

  private take(job: JobDto): void {
    this.change(job.id, { job });
  }

  private change(id: string, part: Partial<FollowedJob>): void {
    this.followed.update((entries) => entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)));
  }

  private keep(): void {
    keepJobs(this.followed());
  }
}

export function isRunning({ state }: JobDto): boolean {
  return state === 'running';
}

function nextPause(pause: number): number {
  return Math.min(LAST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 1.3));
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** Resolves while the page is in view, at once or when it comes back. */
function seen(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((done) => {
    const look = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', look);
      done();
    };
    document.addEventListener('visibilitychange', look);
  });
}
