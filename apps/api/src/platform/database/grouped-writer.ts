import { databaseUnavailable } from './database-unavailable.js';

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 200;
const IN_FLIGHT = 2;

/**
 * Lets the rows of concurrent turns share a commit: what arrives while two groups are on their way makes up the next one.
 * There is no timer: a lone item leaves at once.
 */
export class GroupedWriter<T> {
  private waiting: Waiting<T>[] = [];
  private inFlight = 0;
  private isScheduled = false;

  /** @param write stores all items in one statement; it must be all or nothing. */
  constructor(private readonly write: (items: readonly T[]) => Promise<unknown>) {}

  /** Resolves when the item is committed. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.isScheduled || this.inFlight >= IN_FLIGHT) return;
      this.isScheduled = true;
      queueMicrotask(() => {
        this.isScheduled = false;
        void this.send();
      });
    });
  }

  private async send(): Promise<void> {
    if (this.waiting.length === 0 || this.inFlight >= IN_FLIGHT) return;
    const group = this.waiting.splice(0, MOST_AT_ONCE);
    this.inFlight++;
    try {
      await this.write(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      await this.sendOneByOne(group, error);
    } finally {
      this.inFlight--;
    }
    void this.send();
  }

  /** One bad row must not take its neighbours along. */
  private async sendOneByOne(group: readonly Waiting<T>[], error: unknown): Promise<void> {
    const isHopeless = group.length === 1 || databaseUnavailable(error);
    for (const { item, resolve, reject } of group) {
      if (isHopeless) reject(error);
      else await this.write([item]).then(resolve, reject);
    }
  }
}
