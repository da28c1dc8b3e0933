import type { ChatEvent } from '@opsagent/contracts';
import type { RunReader } from './run.js';

/** One reader of a run: reads the run's own list of events at its own pace, so that a slow one holds no copy. */
export class Follower {
  /** Resolves when the reader can take more, or has left; undefined while it keeps up. */
  ready: Promise<void> | undefined;
  private hasLeft = false;
  private release: (() => void) | undefined;

  constructor(
    private readonly events: readonly ChatEvent[],
    private position: number,
    private readonly reader: RunReader,
  ) {}

  /** Hands over what is new. @returns a promise while the reader is behind. */
  pump(): Promise<void> | undefined {
    if (this.ready || this.hasLeft || this.position >= this.events.length) return this.ready;
    const batch = this.position === 0 ? this.events.slice() : this.events.slice(this.position);
    this.position = this.events.length;
    const wait = this.reader(batch);
    if (wait) this.waitFor(wait);
    return this.ready;
  }

  leave(): void {
    this.hasLeft = true;
    this.release?.();
  }

  private waitFor(wait: Promise<void>): void {
    const left = new Promise<void>((resolve) => (this.release = resolve));
    this.ready = Promise.race([wait, left]).then(
      () => this.goOn(),
      () => this.leave(),
    );
  }

  private goOn(): void {
    this.ready = undefined;
    void this.pump();
  }
}
