import { DestroyRef, inject, type Signal, signal } from '@angular/core';

const SECOND_MS = 1000;

/** Counts whole seconds down to nothing; made where things may be injected, it ends with its owner. */
export class Countdown {
  private readonly seconds = signal(0);
  private timer: ReturnType<typeof setInterval> | undefined;
  /** The seconds that are left; 0 when nothing is counted. */
  readonly left: Signal<number> = this.seconds.asReadonly();

  constructor(private readonly ended: () => void = () => undefined) {
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  start(seconds: number): void {
    this.stop();
    this.seconds.set(seconds);
    if (seconds > 0) this.timer = setInterval(() => this.tick(), SECOND_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.seconds.set(0);
  }

  private tick(): void {
    this.seconds.update((left) => left - 1);
    if (this.seconds() > 0) return;
    this.stop();
    this.ended();
  }
}
