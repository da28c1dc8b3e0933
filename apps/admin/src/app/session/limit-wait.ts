import { effect, type Signal, untracked } from '@angular/core';
import { Countdown } from '../shared/data/countdown.js';
import type { Problem } from '../shared/data/problem.js';

/** Nobody waits before the page for longer; an administrator may have widened the limit by then. */
const LONGEST_SECONDS = 600;

/** The seconds until what a limit refused can be asked again; made where things may be injected. */
export class LimitWait {
  private readonly countdown = new Countdown();
  /** 0 when it can be asked, or when it takes too long to be waited for here. */
  readonly left = this.countdown.left;

  constructor(problem: Signal<Problem | null>) {
    effect(() => {
      const { limit, retryAfter } = problem() ?? {};
      const seconds = limit && retryAfter && retryAfter <= LONGEST_SECONDS ? retryAfter : 0;
      untracked(() => this.countdown.start(seconds));
    });
  }

  /** Another model may be free. */
  stop(): void {
    this.countdown.stop();
  }
}
