const TICK_MS = 2;

/** Milliseconds since 1970 with a fraction, so that times of two processes on one machine compare. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** One timer for every waiting stream: a thousand paced streams cost one wake-up per tick, not one timer per chunk. */
export class Ticker {
  private readonly buckets = new Map<number, (() => void)[]>();
  private timer: NodeJS.Timeout | undefined;
  private passed = 0;

  /** Calls back at `time` (see `now`), rounded up to the next tick. */
  at(time: number, callback: () => void): void {
    if (!this.timer) this.start();
    const due = Math.max(Math.ceil(time / TICK_MS), this.passed + 1);
    const bucket = this.buckets.get(due);
    if (bucket) bucket.push(callback);
    else this.buckets.set(due, [callback]);
  }

  private start(): void {
    this.passed = Math.floor(now() / TICK_MS);
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  private tick(): void {
    const current = Math.floor(now() / TICK_MS);
    while (this.passed < current) {
      this.passed += 1;
      const bucket = this.buckets.get(this.passed);
      if (!bucket) continue;
      this.buckets.delete(this.passed);
      for (const callback of bucket) callback();
    }
    if (this.buckets.size === 0) this.stop();
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
