import type { ChatEvent } from '@opsagent/contracts';

/**
 * Puts a run's events in order by their number: what was seen is dropped, what comes too early waits for those before it.
 */
export class EventSequence {
  private readonly early = new Map<number, ChatEvent>();
  private lastSeq = 0;

  /** The number of the last event handed on. */
  get last(): number {
    return this.lastSeq;
  }

  /** True while events wait for earlier ones. */
  get hasGap(): boolean {
    return this.early.size > 0;
  }

  /** @returns the events that are now due, in order. */
  accept(events: readonly ChatEvent[]): ChatEvent[] {
    for (const event of events) if (event.seq > this.lastSeq) this.early.set(event.seq, event);
    return this.takeDue();
  }

  /** Gives up on the missing ones: @returns what waited, in order. */
  skipGap(): ChatEvent[] {
    if (!this.hasGap) return [];
    this.lastSeq = Math.min(...this.early.keys()) - 1;
    return [...this.takeDue(), ...this.skipGap()];
  }

  private takeDue(): ChatEvent[] {
    const due: ChatEvent[] = [];
    for (let next = this.early.get(this.lastSeq + 1); next; next = this.early.get(this.lastSeq + 1)) {
      this.early.delete(next.seq);
      this.lastSeq = next.seq;
      due.push(next);
    }
    return due;
  }
}
