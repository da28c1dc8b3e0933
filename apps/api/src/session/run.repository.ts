import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { AgentStep } from './agent-step.entity.js';
import { Message } from './message.entity.js';
import { RunRow } from './run.entity.js';

const LIVE: RunRow['state'][] = ['running', 'waiting_approval'];

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

  /** Prolongs the leases of these runs. */
  async renewLeases(runIds: readonly string[], seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE runs SET lease_until = now() + make_interval(secs => $2) WHERE id = ANY($1::uuid[])`,
      [runIds, seconds],
    );
  }

  /** Takes over the runs whose owner is dead, each by one process only, and calls them failed. */
  async takeLapsed(processId: string, everyOther: boolean): Promise<{ id: string; messageId: string }[]> {
    const rows = await this.database.query<{ id: string; message_id: string }>(
      `WITH lapsed AS (
         UPDATE runs SET state = 'failed', ended_at = now()
         WHERE state IN ('running', 'waiting_approval') AND process_id <> $1 AND ($2 OR lease_until < now())
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
