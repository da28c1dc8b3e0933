/** What time it is; a port so that tests can set it. */
export abstract class Clock {
  /** The wall clock. */
  abstract now(): Date;

  /** Milliseconds that never jump, for measuring durations. */
  abstract monotonicMs(): number;
}
