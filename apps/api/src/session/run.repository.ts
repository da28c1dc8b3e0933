import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { AgentStep } from './agent-step.entity.js';
import { Message } from './message.entity.js';
import { RunRow } from './run.entity.js';

const LIVE: RunRow['state'][] = ['running', 'waiting_approval'];

/** A run that waits, with what is needed to go on with it. */
export interface WaitingRun {
  readonly id: string;
  readonly messageId: string;
  readonly sessionId: string;
  readonly waiting: object;
}

/** Runs as the tables know them, away from the chat path. */
@Injectable()
export class RunRepository {
  constructor(private readonly database: Database) {}

  /** The session of a run, whoever owns it. */
  async sessionOf(runId: string): Promise<string | null> {
    const run = await this.database.repositoryOf(RunRow).findOneBy({ id: runId });
    return run?.sessionId ?? null;
  }

  async isLive(runId: string): Promise<boolean> {
    return this.database.repositoryOf(RunRow).existsBy({ id: runId, state: In(LIVE) });
  }

  /** The run that answers now in each of these sessions, by session. */
  async liveIn(sessionIds: readonly string[]): Promise<Map<string, string>> {
    const runs = await this.database.repositoryOf(RunRow).find({
      where: { sessionId: In([...sessionIds]), state: In(LIVE) },
      order: { createdAt: 'ASC' },
    });
    return new Map(runs.map((run) => [run.sessionId, run.id]));
  }

  /** Every run that answers now in a session. */
  async allLiveIn(sessionId: string): Promise<string[]> {
    const runs = await this.database.repositoryOf(RunRow).findBy({ sessionId, state: In(LIVE) });
    return runs.map(({ id }) => id);
  }

  /** The message of a run that has ended, with its steps; null while it goes on. */
  async endedMessage(runId: string): Promise<{ message: Message; steps: AgentStep[] } | null> {
    if (await this.isLive(runId)) return null;
    const message = await this.database.repositoryOf(Message).findOneByOrFail({ runId });
    const steps = await this.database
      .repositoryOf(AgentStep)
      .find({ where: { messageId: message.id }, order: { position: 'ASC' } });
    return { message, steps };
  }

  /** Prolongs the leases of these runs, as far as they still are this process's. */
  async renewLeases(processId: string, runIds: readonly string[], seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE runs SET lease_until = now() + make_interval(secs => $2) WHERE id = ANY($1::uuid[]) AND process_id = $3`,
      [runIds, seconds, processId],
    );
  }

  /** Lets another process take this run at once. */
  async letGo(processId: string, runId: string): Promise<void> {
    await this.database.query('UPDATE runs SET lease_until = now() WHERE id = $1 AND process_id = $2', [
      runId,
      processId,
    ]);
  }

  /** Takes over the waiting runs whose owner is gone, each by one process only. */
  async takeWaiting(processId: string, everyOther: boolean, seconds: number): Promise<WaitingRun[]> {
    return this.database.query<WaitingRun>(
      `WITH taken AS (
         UPDATE runs SET process_id = $1, lease_until = now() + make_interval(secs => $3)
         WHERE state = 'waiting_approval' AND waiting IS NOT NULL AND process_id <> $1 AND ($2 OR lease_until < now())
         RETURNING id, message_id, session_id, waiting
       ) SELECT id, message_id AS "messageId", session_id AS "sessionId", waiting FROM taken`,
      [processId, everyOther, seconds],
    );
  }

  /** It cannot be gone on with: the next round of keeping ends it as one whose process is gone. */
  async giveUp(runId: string): Promise<void> {
    await this.database.query(
      `UPDATE runs SET waiting = NULL, process_id = gen_random_uuid(), lease_until = now() WHERE id = $1`,
      [runId],
    );
  }

  /** The run waits no more. @returns whether it still is this process's */
  async goOn(processId: string, runId: string): Promise<boolean> {
    const rows = await this.database.query(
      `WITH gone_on AS (
         UPDATE runs SET state = 'running', waiting = NULL WHERE id = $1 AND process_id = $2 AND state = 'waiting_approval' RETURNING id
       ) SELECT id FROM gone_on`,
      [runId, processId],
    );
    return rows.length > 0;
  }

  /** Takes over the runs whose owner is dead, each by one process only, and calls them failed. */
  async takeLapsed(processId: string, everyOther: boolean): Promise<{ id: string; messageId: string }[]> {
    const rows = await this.database.query<{ id: string; message_id: string }>(
      `WITH lapsed AS (
         UPDATE runs SET state = 'failed', ended_at = now()
         WHERE (state = 'running' OR (state = 'waiting_approval' AND waiting IS NULL)) AND process_id <> $1 AND ($2 OR lease_until < now())
         RETURNING id, message_id
       ) SELECT id, message_id FROM lapsed`,
      [processId, everyOther],
    );
    return rows.map((row) => ({ id: row.id, messageId: row.message_id }));
  }

  /** Removes the events of runs that ended more than ten minutes ago. */
  async removeOldEvents(): Promise<void> {
    await this.database.query(
      `DELETE FROM run_events USING runs WHERE runs.id = run_events.run_id AND runs.ended_at < now() - interval '10 minutes'`,
    );
  }
}
