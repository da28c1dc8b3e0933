/** One timer for everybody who waits for the same interval: a thousand streams cost one. */
export class SharedTicker {
  private static readonly known = new Map<number, SharedTicker>();
  private readonly callbacks = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly everyMs: number) {}

  static every(everyMs: number): SharedTicker {
    const known = SharedTicker.known.get(everyMs) ?? new SharedTicker(everyMs);
    SharedTicker.known.set(everyMs, known);
    return known;
  }

  /** Calls back at every tick, the first time within one interval; answers the way to stop it. */
  add(callback: () => void): () => void {
    this.callbacks.add(callback);
    this.timer ??= setInterval(() => this.tick(), this.everyMs).unref();
    return () => this.remove(callback);
  }

  private remove(callback: () => void): void {
    this.callbacks.delete(callback);
    if (this.callbacks.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tick(): void {
    for (const callback of this.callbacks) callback();
  }
}
