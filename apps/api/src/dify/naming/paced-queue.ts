/** How much may be going on. */
export interface Pace {
  /** Jobs at the same time. */
  readonly atOnce: number;
  /** Between the beginnings of two jobs. */
  readonly everyMs: number;
  /** Jobs that may wait. */
  readonly waiting: number;
}

/** Does small jobs behind the answers: few at a time, and never so many a second that answers would feel it. */
export class PacedQueue {
  private readonly jobs: (() => Promise<void>)[] = [];
  private running = 0;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly pace: Pace) {}

  /** @returns false when too many wait already: the job is left out */
  add(job: () => Promise<void>): boolean {
    if (this.jobs.length >= this.pace.waiting) return false;
    this.jobs.push(job);
    this.next();
    return true;
  }

  /** Forgets what waits. */
  clear(): void {
    this.jobs.length = 0;
    clearTimeout(this.pause);
  }

  private next(): void {
    if (this.pause !== undefined || this.running >= this.pace.atOnce) return;
    const job = this.jobs.shift();
    if (!job) return;
    this.running += 1;
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.next();
    }, this.pace.everyMs).unref();
    const end = (): void => {
      this.running -= 1;
      this.next();
    };
    job().then(end, end);
  }
}
