import type { FaultKind } from '@opsagent/contracts';

/** So many failures in a row, in so short a time, and a configuration is left alone for a while. */
const FAILURES = 3;
const WITHIN_MS = 60_000;

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 300_000;

/** Leaves a configuration of a chain alone after repeated failures: longer each time, with one trial between. */
export class CoolDown {
  private failures: number[] = [];
  private restMs = 0;
  private until = 0;
  private isOnTrial = false;
  /** Why it failed last. */
  lastFault: FaultKind | undefined;

  /** Whether it may be asked now; after a rest one caller alone may, until it says how that went. */
  mayTry(nowMs: number): boolean {
    if (this.restMs === 0) return true;
    if (nowMs < this.until || this.isOnTrial) return false;
    return (this.isOnTrial = true);
  }

  answered(): void {
    this.failures = [];
    this.restMs = 0;
    this.isOnTrial = false;
  }

  failed(fault: FaultKind, nowMs: number): void {
    this.lastFault = fault;
    this.isOnTrial = false;
    this.failures = [...this.failures.filter((at) => nowMs - at < WITHIN_MS), nowMs].slice(-FAILURES);
    if (this.restMs === 0 && this.failures.length < FAILURES) return;
    this.restMs = Math.min(this.restMs === 0 ? FIRST_REST_MS : this.restMs * 2, LONGEST_REST_MS);
    this.until = nowMs + this.restMs;
  }

  /** The caller left before it was known how it went. */
  abandoned(): void {
    this.isOnTrial = false;
  }
}
