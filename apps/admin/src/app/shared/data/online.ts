import { computed, DestroyRef, inject, Service, signal } from '@angular/core';
import { isSilent } from './problem.js';

/** Why the server cannot be reached; also the code of the problem that a call meets then. */
export type Outage = 'offline' | 'network';

const ASK_AGAIN_MS = 2000;
const PATIENCE_MS = 5000;

/**
 * Whether the server can be reached. A call without an answer makes it ask `/health/live`, since a single call may have failed
 * for reasons of its own; while that is silent too, it is asked again until it answers.
 */
@Service()
export class Online {
  private readonly hasNetwork = signal(navigator.onLine);
  private readonly isServerSilent = signal(false);
  private isAsking = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly outage = computed<Outage | null>(() => {
    if (!this.hasNetwork()) return 'offline';
    return this.isServerSilent() ? 'network' : null;
  });
  readonly active = computed(() => this.outage() === null);

  constructor() {
    const update = (): void => {
      this.hasNetwork.set(navigator.onLine);
      if (navigator.onLine) void this.ask();
    };
    addEventListener('online', update);
    addEventListener('offline', update);
    inject(DestroyRef).onDestroy(() => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
      clearTimeout(this.timer);
    });
  }

  /** Told by whoever calls the server: there was an answer, whatever it said. */
  answered(): void {
    clearTimeout(this.timer);
    this.isServerSilent.set(false);
  }

  /** Told by whoever calls the server: no answer came, or only one of a proxy that has none. */
  missed(): void {
    // While it is known to be silent the next question is due already.
    if (!this.isServerSilent()) void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    clearTimeout(this.timer);
    this.isAsking = true;
    const isAlive = await answers();
    this.isAsking = false;
    if (isAlive) return this.answered();
    this.isServerSilent.set(true);
    this.timer = setTimeout(() => void this.ask(), ASK_AGAIN_MS);
  }
}

async function answers(): Promise<boolean> {
  try {
    const { status } = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    return !isSilent(status);
  } catch {
    // Refused, cut off or too slow: that is the answer to the question.
    return false;
  }
}
