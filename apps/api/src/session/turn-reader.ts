import { Injectable } from '@nestjs/common';
import type { HistoryStep, HistoryTurn } from '../agent/agent-runner.js';
import { HotPool } from '../platform/database/hot-pool.js';
import { InvalidInput } from '../platform/errors/domain-error.js';
import type { SessionOwner } from './chat-turn.js';
import { TurnFiles } from './files/turn-files.js';
import { MessageTree, type TreeRow } from './message-tree.js';
import { SessionNotFound } from './session.errors.js';

/** What the chat path needs to know of a session that exists. */
export interface SessionForTurn {
  llmConfigId: string | null;
  /** Null leaves the choice to whoever asks. */
  tools: string[] | null;
  inputs: Record<string, unknown>;
  history: HistoryTurn[];
}

/** How far back a model is told: whole turns, newest first, while they fit. */
const MOST_TURNS = 50;
const MOST_CHARACTERS = 200_000;

const FIND_SESSION = `
  SELECT llm_config_id, tools, inputs, EXISTS (SELECT FROM messages WHERE session_id = $1 AND parent_id IS NOT NULL) AS has_versions,
    EXISTS (SELECT FROM message_files WHERE session_id = $1) AS has_files FROM user_sessions
  WHERE id = $1 AND deleted_at IS NULL AND (owner_id = $2 OR (app_id = $3 AND end_user_id = $4))`;

/** The turns a model is told of, newest first, out of those of a session that `which` names. */
const findHistory = (which: string): string => `
  SELECT m.id, m.query, m.answer, m.reasoning, coalesce(s.steps, '[]') AS steps
  FROM (
    SELECT id, seq, query, answer, reasoning FROM messages
    WHERE ${which} AND status <> 'running' AND (status <> 'failed' OR answer <> '')
    ORDER BY seq DESC LIMIT ${MOST_TURNS}
  ) m
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('id', id, 'position', position, 'round', round, 'thought', thought, 'reasoning', reasoning, 'tool', tool, 'input', input, 'observation', observation) ORDER BY position) AS steps
    FROM agent_steps WHERE message_id = m.id
  ) s ON true
  ORDER BY m.seq DESC`;
const FIND_HISTORY = findHistory('session_id = $1');
const FIND_LINE_HISTORY = findHistory('id = ANY ($1::uuid[])');
const FIND_TREE = 'SELECT id, parent_id AS "parentId" FROM messages WHERE session_id = $1 ORDER BY seq';

interface SessionRow {
  llm_config_id: string | null;
  tools: string[] | null;
  inputs: Record<string, unknown>;
  has_versions: boolean;
  has_files: boolean;
}

interface HistoryRow {
  id: string;
  query: string;
  answer: string;
  reasoning: string;
  steps: HistoryStep[];
}

/** Reads sessions for the chat path, by prepared statements on its own connections. */
@Injectable()
export class TurnReader {
  constructor(
    private readonly pool: HotPool,
    private readonly files: TurnFiles,
  ) {}

  /**
   * @param parentId the message to follow; null for none, undefined for the newest.
   * @throws SessionNotFound when there is none of that owner, InvalidInput when the parent is not in it.
   */
  async read(sessionId: string, owner: SessionOwner, parentId?: string | null): Promise<SessionForTurn> {
    // Nearly every session is one line, whose history is read beside it; after a given message it would be read in vain.
    const newest = parentId === undefined ? this.findHistory(sessionId) : [];
    const [session, history] = await Promise.all([this.findSession(sessionId, owner), newest]);
    if (!session) throw new SessionNotFound();
    const { llm_config_id: llmConfigId, tools, inputs } = session;
    const isRead = parentId === null || (parentId === undefined && !session.has_versions);
    const told = isRead ? history : await this.findHistoryTo(sessionId, parentId);
    return { llmConfigId, tools, inputs, history: session.has_files ? await this.withFiles(told) : told };
  }

  private async withFiles(history: readonly HistoryRow[]): Promise<HistoryTurn[]> {
    const files = await this.files.earlier(history.map(({ id }) => id).toReversed());
    return history.map((turn) => ({ ...turn, files: files.get(turn.id) ?? [] }));
  }

  private async findSession(id: string, owner: SessionOwner): Promise<SessionRow | undefined> {
    const { userId, appId, endUserId } = ownerColumns(owner);
    const values = [id, userId, appId, endUserId];
    const rows = await this.pool.query<SessionRow>({ name: 'turn_session', text: FIND_SESSION, values });
    return rows[0];
  }

  private async findHistory(sessionId: string): Promise<HistoryRow[]> {
    const rows = await this.pool.query<HistoryRow>({ name: 'turn_history', text: FIND_HISTORY, values: [sessionId] });
    return newestThatFit(rows).reverse();
  }

  private async findHistoryTo(sessionId: string, parentId: string | undefined): Promise<HistoryRow[]> {
    const tree = new MessageTree(
      await this.pool.query<TreeRow>({ name: 'turn_tree', text: FIND_TREE, values: [sessionId] }),
    );
    if (parentId !== undefined && !tree.has(parentId))
      throw new InvalidInput([{ field: 'parent_id', message: 'There is no such message in this session.' }]);
    const line = parentId === undefined ? tree.lineThrough() : tree.lineTo(parentId);
    const rows = await this.pool.query<HistoryRow>({
      name: 'turn_line_history',
      text: FIND_LINE_HISTORY,
      values: [line],
    });
    return newestThatFit(rows).reverse();
  }
}

/** An owner as the table's three columns say it. */
export function ownerColumns(owner: SessionOwner): {
  userId: string | null;
  appId: string | null;
  endUserId: string | null;
} {
  return 'userId' in owner ? { userId: owner.userId, appId: null, endUserId: null } : { userId: null, ...owner };
}

function newestThatFit(rows: readonly HistoryRow[]): HistoryRow[] {
  let left = MOST_CHARACTERS;
  const fitting = rows.findIndex((row) => {
    left -= row.query.length + row.answer.length;
    for (const step of row.steps) left -= step.input.length + step.observation.length;
    return left < 0;
  });
  return fitting === -1 ? [...rows] : rows.slice(0, fitting);
}
