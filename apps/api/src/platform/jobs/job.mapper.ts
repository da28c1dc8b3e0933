import type { JobDto, JobSummaryDto } from '@opsagent/contracts';
import type { JobItemRow, JobRow } from './job.entity.js';

/** A job with its figures. */
export interface CountedJob extends JobRow {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

export function toJobSummary(job: CountedJob): JobSummaryDto {
  const { id, kind, action, state, total, done, failed, error } = job;
  return {
    ...{ id, kind, action, state, total, done, failed, error },
    can_undo: job.canUndo,
    undo_of: job.undoOf,
    created_at: job.createdAt.toISOString(),
    finished_at: job.finishedAt?.toISOString() ?? null,
  };
}

/** @param items all of them, in order */
export function toJobDto(job: JobRow, items: readonly JobItemRow[]): JobDto {
  const over = items.filter(({ state }) => state !== 'waiting' && state !== 'running');
  const failed = over.filter(({ state }) => state === 'failed').length;
  return {
    ...toJobSummary({ ...job, total: items.length, done: over.length, failed }),
    items: items.map(({ targetId, name, state, detail, code }) => ({ target_id: targetId, name, state, detail, code })),
  };
}
