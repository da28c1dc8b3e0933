import { Injectable } from '@nestjs/common';
import { RunLost, type TurnKeeping } from '../agent/agent-runner.js';
import { Database } from '../platform/database/database.js';
import type { ChatTurn } from './chat-turn.js';
import type { LiveRun } from './live-run.js';
import { RunEventWriter } from './run-event-writer.js';
import { RunRepository } from './run.repository.js';
import { Runs } from './runs.js';
import { storable } from './storable-text.js';
import { stepValues } from './turn-writer.js';
import { LET_WAIT } from './turn-writer.sql.js';
import type { WaitingTurn } from './waiting-turn.js';

/** Keeps turns that wait for people in the tables, so that any process can go on with them. */
@Injectable()
export class TurnKeepings {
  constructor(
    private readonly runs: Runs,
    private readonly events: RunEventWriter,
    private readonly repository: RunRepository,
    private readonly database: Database,
  ) {}

  /** @param opened resolves when the run is stored */
  of(run: LiveRun, turn: ChatTurn, opened: Promise<void>): TurnKeeping {
    return {
      save: async (change) => {
        await opened;
        run.waits = true;
        run.hasWaited = true;
        return this.save(run, turn, change);
      },
      goOn: async () => {
        if (!run.waits) return;
        if (!(await this.repository.goOn(this.runs.processId, run.runId))) throw new RunLost();
        run.waits = false;
      },
    };
  }

  /** The events come first: whatever the tables say of the turn, its events say too. */
  private async save<T>(run: LiveRun, turn: ChatTurn, change: () => Promise<T>): Promise<T> {
    await this.events.flush(run);
    const { answer, reasoning, steps } = run.log;
    const rows = steps.map((step) => ({ messageId: run.messageId, ...step }));
    return this.database.transaction(async () => {
      const stored = await this.database.query(LET_WAIT, [
        ...[run.runId, this.runs.processId, JSON.stringify(waitingOf(run, turn))],
        ...[run.messageId, storable(answer), storable(reasoning)],
        ...stepValues(rows),
      ]);
      if (stored.length === 0) throw new RunLost();
      return change();
    });
  }
}

function waitingOf({ log, cost, firstTokenMs }: LiveRun, turn: ChatTurn): WaitingTurn {
  const { channel, owner, modelUser, systemPrompt, tools } = turn;
  return { channel, owner, modelUser, systemPrompt, tools, usage: log.usage, cost, firstTokenMs };
}
