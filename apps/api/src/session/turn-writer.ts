import { Injectable } from '@nestjs/common';
import type { SessionChannel } from '@opsagent/contracts';
import { GroupedWriter } from '../platform/database/grouped-writer.js';
import { HotPool } from '../platform/database/hot-pool.js';
import type { TurnResult } from './chat-turn.js';
import { storable } from './storable-text.js';
import type { TurnFile } from './files/turn-files.js';
import type { LoggedStep } from './turn-log.js';
import { END_TURNS, START_TURNS, STEP_COLUMNS, WHOLE_TURNS } from './turn-writer.sql.js';

/** What is known of a turn when it starts. */
export interface TurnStart {
  session: {
    id: string;
    isNew: boolean;
    ownerId: string | null;
    userLabel: string | null;
    appId: string | null;
    endUserId: string | null;
    channel: SessionChannel;
    /** Given to a session that has no name yet. */
    name: string;
    llmConfigId: string | null;
    inputs: Record<string, unknown>;
  };
  messageId: string;
  runId: string;
  query: string;
  llmConfigId: string;
  modelName: string;
  createdAt: Date;
  processId: string;
  /** As `MessageTree` reads it. */
  parentId: string | null;
  files: readonly TurnFile[];
}

/** How a turn ended. */
export interface TurnEnd {
  messageId: string;
  runId: string;
  result: TurnResult;
  steps: readonly LoggedStep[];
}

const FOREIGN_KEY_VIOLATION = '23503';

/** Stores turns: the rows of concurrent turns share prepared statements and commits. */
@Injectable()
export class TurnWriter {
  private readonly starts: GroupedWriter<TurnStart>;
  private readonly ends: GroupedWriter<TurnEnd>;
  private readonly wholes: GroupedWriter<TurnStart & TurnEnd>;

  constructor(private readonly pool: HotPool) {
    this.starts = new GroupedWriter((turns) =>
      this.run('turn_start', START_TURNS, [...startValues(turns), ...fileValues(turns)]),
    );
    this.ends = new GroupedWriter((turns) =>
      this.run('turn_end', END_TURNS, [...endValues(turns), ...stepValues(stepsOf(turns))]),
    );
    this.wholes = new GroupedWriter((turns) =>
      this.run('turn_whole', WHOLE_TURNS, [
        ...startValues(turns),
        ...endValues(turns),
        ...stepValues(stepsOf(turns)),
        ...fileValues(turns),
      ]),
    );
  }

  /** Stores the conversation, the pending message and the run. */
  start(turn: TurnStart): Promise<void> {
    return this.starts.add(turn);
  }

  /** Stores how a started turn ended. A conversation that was deleted meanwhile takes nothing more. */
  end(turn: TurnEnd): Promise<void> {
    return this.ends.add(turn).catch(ignoreDeleted);
  }

  /** Stores a turn that ended before anything was stored of it. */
  whole(turn: TurnStart & TurnEnd): Promise<void> {
    return this.wholes.add(turn).catch(ignoreDeleted);
  }

  private run(name: string, text: string, values: unknown[]): Promise<unknown> {
    return this.pool.query({ name, text, values });
  }
}

function ignoreDeleted(error: unknown): void {
  if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error;
}

function startValues(turns: readonly TurnStart[]): unknown[] {
  return [
    turns.map(({ session }) => session.id),
    turns.map(({ session }) => session.isNew),
    turns.map(({ session }) => session.ownerId),
    turns.map(({ session }) => session.userLabel),
    turns.map(({ session }) => session.appId),
    turns.map(({ session }) => session.endUserId),
    turns.map(({ session }) => session.channel),
    turns.map(({ session }) => storable(session.name)),
    turns.map(({ session }) => session.llmConfigId),
    turns.map(({ session }) => JSON.stringify(session.inputs).replaceAll('\\u0000', '')),
    turns.map((turn) => turn.messageId),
    turns.map((turn) => turn.runId),
    turns.map((turn) => storable(turn.query)),
    turns.map((turn) => turn.llmConfigId),
    turns.map((turn) => turn.modelName),
    turns.map((turn) => turn.createdAt),
    turns.map((turn) => turn.processId),
    turns.map((turn) => turn.parentId),
  ];
}

function fileValues(turns: readonly TurnStart[]): unknown[] {
  const rows = turns.flatMap(({ messageId, session, files }) =>
    files.map((file, position) => ({ ...file, messageId, sessionId: session.id, position })),
  );
  return [
    rows.map(({ id }) => id),
    rows.map(({ messageId }) => messageId),
    rows.map(({ sessionId }) => sessionId),
    rows.map(({ position }) => position),
    rows.map(({ fileId }) => fileId),
    rows.map(({ kind }) => kind),
    rows.map(({ transferMethod }) => transferMethod),
    rows.map(({ text }) => text && storable(text)),
  ];
}

function endValues(turns: readonly TurnEnd[]): unknown[] {
  return [
    turns.map((turn) => turn.messageId),
    turns.map((turn) => turn.runId),
    turns.map(({ result }) => result.status),
    turns.map(({ result }) => storable(result.answer)),
    turns.map(({ result }) => storable(result.reasoning)),
    turns.map(({ result }) => result.error?.kind ?? null),
    turns.map(({ result }) => result.error?.code ?? null),
    turns.map(({ result }) => (result.error ? storable(result.error.detail) : null)),
    turns.map(({ result }) => result.usage?.promptTokens ?? null),
    turns.map(({ result }) => result.usage?.completionTokens ?? null),
    turns.map(({ result }) => result.usage?.cachedTokens ?? null),
    turns.map(({ result }) => result.usage?.reasoningTokens ?? null),
    turns.map(({ result }) => result.usage?.estimated ?? null),
    turns.map(({ result }) => result.cost?.total ?? null),
    turns.map(({ result }) => result.cost?.currency ?? null),
    turns.map(({ result }) => result.llmConfigId),
    turns.map(({ result }) => result.modelName),
    turns.map(({ result }) => result.firstTokenMs),
    turns.map(({ result }) => result.totalMs),
  ];
}

function stepsOf(turns: readonly TurnEnd[]): (LoggedStep & { messageId: string })[] {
  return turns.flatMap(({ messageId, steps }) => steps.map((step) => ({ messageId, ...step })));
}

/** Steps as the statements take them. */
export function stepValues(rows: readonly (LoggedStep & { messageId: string })[]): unknown[] {
  return STEP_COLUMNS.map((column) =>
    rows.map((row) => {
      const value = row[column];
      if (typeof value === 'string') return storable(value);
      return column === 'label' ? JSON.stringify(value) : value;
    }),
  );
}
