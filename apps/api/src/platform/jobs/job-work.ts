import type { JobItemState, JobKind } from '@opsagent/contracts';

/** One thing a job is about. */
export interface JobItem {
  readonly targetId: string | null;
  readonly name: string;
}

/** What came of one item. */
export interface JobOutcome {
  readonly state: Extract<JobItemState, 'passed' | 'failed' | 'skipped'>;
  /** What came of it, or why it failed or was left out: a whole sentence without secrets. */
  readonly detail?: string;
  /** A stable code of the failure. */
  readonly code?: string;
  /** What came into being, where the item had no target before. */
  readonly targetId?: string;
  /** What puts back the change, as JSON; without it there is nothing to put back. */
  readonly undo?: unknown;
}

/** How items are worked on. */
export interface JobWay<T extends JobItem = JobItem> {
  /** How many groups are worked on at a time; one unless it says more. */
  readonly concurrency?: number;
  /** How many items are handed over together; one unless it says more. */
  readonly groupSize?: number;
  /**
   * Works on a group and answers what came of each, in order. An error fails every item of the group with its sentence.
   * `signal` is aborted when the job is cancelled or the server stops; a group that changes things ends in an orderly way.
   */
  run(items: readonly T[], signal: AbortSignal): Promise<readonly JobOutcome[]>;
}

/** Work that goes on behind the answer. */
export interface JobWork<T extends JobItem = JobItem> extends JobWay<T> {
  readonly kind: JobKind;
  readonly action: string;
  readonly items: readonly T[];
}

/** Work that is done already, and only kept so that it can be looked at and put back. */
export interface DoneWork {
  readonly kind: JobKind;
  readonly action: string;
  readonly items: readonly (JobItem & Omit<JobOutcome, 'targetId'>)[];
}

/** An item whose change is to be put back. */
export interface UndoItem extends JobItem {
  readonly undo: unknown;
}
