import { Injectable } from '@nestjs/common';
import type { JobItemState, JobState } from '@opsagent/contracts';
import { Database } from '../database/database.js';
import type { JobItem, JobOutcome, UndoItem } from './job-work.js';
import { JobItemRow, JobRow } from './job.entity.js';
import type { CountedJob } from './job.mapper.js';

/** What is new of an item. */
export interface ItemChange extends Omit<JobOutcome, 'state'> {
  readonly position: number;
  readonly state: JobItemState;
}

type Result = Omit<JobOutcome, 'targetId'>;
type NewJob = Pick<JobRow, 'id' | 'kind' | 'action' | 'state' | 'processId' | 'undoOf' | 'createdBy'>;

/** A process renews its leases every ten seconds; after this long without that it is dead. */
const LEASE_SECONDS = 30;

const IS_OVER = `state NOT IN ('waiting', 'running')`;
const CAN_UNDO = `EXISTS (SELECT FROM job_items WHERE job_id = jobs.id AND state = 'passed' AND undo IS NOT NULL)`;

/** The jobs and their items. */
@Injectable()
export class JobRepository {
  constructor(private readonly database: Database) {}

  /** Stores a job with its items, all of them or, with their outcomes, at their end. */
  async add(job: NewJob, items: readonly (JobItem & Partial<Result>)[]): Promise<void> {
    await this.database.transaction(async () => {
      await this.database.query(
        `INSERT INTO jobs (id, kind, action, state, process_id, undo_of, created_by, lease_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => ${LEASE_SECONDS}))`,
        [job.id, job.kind, job.action, job.state, job.processId, job.undoOf, job.createdBy],
      );
      await this.database.query(
        `INSERT INTO job_items (job_id, position, target_id, name, state, detail, code, undo)
         SELECT $1, i.position - 1, i.target_id, i.name, i.state, i.detail, i.code, i.undo::jsonb
           FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                WITH ORDINALITY AS i (target_id, name, state, detail, code, undo, position)`,
        [
          job.id,
          items.map(({ targetId }) => targetId),
          items.map(({ name }) => name),
          items.map(({ state = 'waiting' }) => state),
          ...outcomeColumns(items),
        ],
      );
      if (job.state !== 'running') await this.end(job.id, job.state);
    });
  }

  find(id: string): Promise<JobRow | null> {
    return this.database.repositoryOf(JobRow).findOneBy({ id });
  }

  /** The job of that kind and action that is still running on `targetId`. */
  async findRunning(kind: JobRow['kind'], action: string, targetId: string): Promise<string | null> {
    const [job] = await this.database.query<{ id: string }>(
      `SELECT id FROM jobs WHERE kind = $1 AND action = $2 AND state = 'running'
          AND EXISTS (SELECT FROM job_items WHERE job_id = jobs.id AND target_id = $3) ORDER BY created_at DESC LIMIT 1`,
      [kind, action, targetId],
    );
    return job?.id ?? null;
  }

  /** In order. */
  itemsOf(jobId: string): Promise<JobItemRow[]> {
    return this.database.repositoryOf(JobItemRow).find({
      select: { position: true, targetId: true, name: true, state: true, detail: true, code: true },
      where: { jobId },
      order: { position: 'ASC' },
    });
  }

  /** The latest jobs of a user, newest first. */
  listOf(userId: string, limit: number): Promise<CountedJob[]> {
    return this.database.query<CountedJob>(
      `SELECT j.id, j.kind, j.action, j.state, j.can_undo AS "canUndo", j.undo_of AS "undoOf", j.error,
              j.created_at AS "createdAt", j.finished_at AS "finishedAt", i.*
         FROM (SELECT * FROM jobs WHERE created_by = $1 ORDER BY created_at DESC, id LIMIT $2) j
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS total, count(*) FILTER (WHERE ${IS_OVER})::int AS done,
                 count(*) FILTER (WHERE state = 'failed')::int AS failed
            FROM job_items WHERE job_id = j.id) i
        ORDER BY j.created_at DESC, j.id`,
      [userId, limit],
    );
  }

  /** Writes what is new of many items in one statement. */
  async writeItems(jobId: string, changes: readonly ItemChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.database.query(
      `UPDATE job_items AS i
          SET state = c.state, target_id = coalesce(c.target_id, i.target_id),
              detail = c.detail, code = c.code, undo = c.undo::jsonb
         FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
              AS c (position, target_id, state, detail, code, undo)
        WHERE i.job_id = $1 AND i.position = c.position`,
      [
        jobId,
        changes.map(({ position }) => position),
        changes.map(({ targetId }) => targetId ?? null),
        changes.map(({ state }) => state),
        ...outcomeColumns(changes),
      ],
    );
  }

  /** Ends a job, unless another process has called it interrupted; what it changed can be put back from now on. */
  async end(id: string, state: JobState): Promise<void> {
    await this.database.query(
      `UPDATE jobs SET state = $2, finished_at = now(), can_undo = undo_of IS NULL AND ${CAN_UNDO}
        WHERE id = $1 AND finished_at IS NULL`,
      [id, state],
    );
  }

  /** Prolongs the leases of these jobs. @returns those that still are the owner's, and whether they are to be cancelled */
  renewLeases(ids: readonly string[]): Promise<{ id: string; isCancelled: boolean }[]> {
    return this.database.query<{ id: string; isCancelled: boolean }>(
      `WITH kept AS (
         UPDATE jobs SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
         WHERE id = ANY($1::uuid[]) AND state = 'running' RETURNING id, cancel_requested
       ) SELECT id, cancel_requested AS "isCancelled" FROM kept`,
      [ids],
    );
  }

  /** Whether a job that runs is to be cancelled from now on. */
  async requestCancel(id: string): Promise<void> {
    await this.database.query(`UPDATE jobs SET cancel_requested = true WHERE id = $1 AND state = 'running'`, [id]);
  }

  /** Takes the one undo of a job. @returns whether it was there to be taken */
  async takeUndo(id: string): Promise<boolean> {
    const taken = await this.database.query(
      `WITH taken AS (UPDATE jobs SET can_undo = false WHERE id = $1 AND can_undo RETURNING id) SELECT id FROM taken`,
      [id],
    );
    return taken.length > 0;
  }

  /** What can be put back, the last first. */
  undoItemsOf(jobId: string): Promise<UndoItem[]> {
    return this.database.query<UndoItem>(
      `SELECT target_id AS "targetId", name, undo FROM job_items
        WHERE job_id = $1 AND state = 'passed' AND undo IS NOT NULL ORDER BY position DESC`,
      [jobId],
    );
  }

  /** Ends the jobs whose process is dead or has lost them, `kept` aside. @returns how many there were */
  async endLapsed(
    kept: readonly string[],
    everyOther: boolean,
    lost: { detail: string; code: string },
  ): Promise<number> {
    return this.database.transaction(async () => {
      const lapsed = await this.database.query<{ id: string }>(
        `SELECT id FROM jobs WHERE state = 'running' AND id <> ALL($1::uuid[]) AND ($2 OR lease_until < now())
          FOR UPDATE SKIP LOCKED`,
        [kept, everyOther],
      );
      for (const { id } of lapsed) {
        await this.database.query(
          `UPDATE job_items SET state = CASE state WHEN 'running' THEN 'failed' ELSE 'skipped' END, detail = $2, code = $3
            WHERE job_id = $1 AND NOT (${IS_OVER})`,
          [id, lost.detail, lost.code],
        );
        await this.end(id, 'interrupted');
      }
      return lapsed.length;
    });
  }

  async removeOlderThan(days: number): Promise<void> {
    await this.database.query(
      `DELETE FROM jobs WHERE state <> 'running' AND created_at < now() - make_interval(days => $1)`,
      [days],
    );
  }
}

/** PostgreSQL's text holds no NUL, which a provider may have said. */
const storable = (text: string | undefined): string | null => text?.replaceAll('\0', '') ?? null;

function outcomeColumns(items: readonly Pick<Partial<Result>, 'detail' | 'code' | 'undo'>[]): (string | null)[][] {
  return [
    items.map(({ detail }) => storable(detail)),
    items.map(({ code }) => code ?? null),
    items.map(({ undo }) => (undo === undefined ? null : JSON.stringify(undo))),
  ];
}
