/** A moment by which something must have happened. */
export interface Deadline {
  /** In the milliseconds of `performance.now()`; may be moved at any time at no cost. */
  at: number;
  /** Called once, within a tenth of a second after that moment. */
  expire(): void;
}

const TICK_MS = 50;

/** Watches any number of deadlines with one timer, so that a stream needs none of its own. */
export class Deadlines {
  private readonly watched = new Set<Deadline>();
  private timer: NodeJS.Timeout | undefined;

  watch(deadline: Deadline): void {
    this.watched.add(deadline);
    this.timer ??= setInterval(() => this.tick(), TICK_MS).unref();
  }

  forget(deadline: Deadline): void {
    this.watched.delete(deadline);
  }

  private tick(): void {
    const now = performance.now();
    for (const deadline of this.watched) {
      if (deadline.at > now) continue;
      this.watched.delete(deadline);
      deadline.expire();
    }
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
