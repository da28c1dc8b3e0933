import { setTimeout as pause } from 'node:timers/promises';
import { withoutSecrets } from '../../../safety/secrets.js';
import { asActor } from '../../../sources/databases/database-actor.js';
import { type DatabaseSession, placeOfDatabase } from '../../../sources/databases/database-session.js';
import { MYSQL_PORT } from '../../../sources/databases/mysql-session.adapter.js';
import { DATABASE_KINDS, withDatabase } from '../../../sources/databases/open-database.js';
import { POSTGRES_PORT } from '../../../sources/databases/postgres-session.adapter.js';
import type { OpenSource } from '../../../sources/source-kind.js';
import type { CallInWords, ToolResult } from '../../agent-tool.js';
import type { DatabaseAccess } from '../../db/database-result.js';
import type { RemediateInput } from '../remedy.js';
import type { FoundSession, SessionAction, SessionEngine } from './found-session.js';
import { MYSQL_SESSIONS } from './mysql-sessions.js';
import { POSTGRES_SESSIONS } from './postgres-sessions.js';

const STATEMENT_MS = 10_000;
const WAIT_MS = 200;
const WAITS = 40;

const EFFECTS: Readonly<Record<SessionAction, { changes: string; rollback: string; done: string }>> = {
  cancel_db_query: {
    changes: 'The statement that runs there is ended and taken back; the session stays.',
    rollback: 'None: whoever sent the statement may send it again.',
    done: 'The statement has ended.',
  },
  terminate_db_backend: {
    changes: 'The session is ended; its open transaction is taken back and its locks are let go.',
    rollback: 'None: the client has to connect again, and to repeat what was not committed.',
    done: 'The session has ended.',
  },
};

/** Looks at sessions of registered databases and ends them, by the login for actions. */
export class DatabaseSessions {
  constructor(private readonly access: DatabaseAccess) {}

  /** The database as it is registered now, which an operator may change. @throws SourceUnknown */
  targetOf(input: RemediateInput): string {
    const source = this.opened(input);
    const { host, port } = placeOfDatabase(source, source.kind === 'mysql' ? MYSQL_PORT : POSTGRES_PORT);
    const { database } = source.settings;
    return `${source.name} (${host}:${port}${database === undefined ? '' : `/${database}`})`;
  }

  /** @throws NoActor, SourceUnknown, when it can never be done */
  async describe(action: SessionAction, input: RemediateInput, signal: AbortSignal): Promise<CallInWords> {
    const source = asActor(this.opened(input));
    const { changes, rollback } = EFFECTS[action];
    return {
      target: this.targetOf(input),
      summary: engineOf(source).inWords(action, input.pid ?? 0),
      ...(source.environment && { environment: source.environment }),
      preview: `${changes}\n${withoutSecrets(await this.preview(action, source, input, signal))}`,
      rollback,
    };
  }

  /** @throws NoActor, SourceUnknown, SourceFailed, StatementFailed; the reason of `signal` */
  async run(action: SessionAction, input: RemediateInput, signal: AbortSignal): Promise<ToolResult> {
    const source = asActor(this.opened(input));
    const engine = engineOf(source);
    const query = engine.inWords(action, input.pid ?? 0);
    return withDatabase(this.access.outbound, source, { statementMs: STATEMENT_MS }, signal, async (session) => {
      const before = await findSame(engine, session, action, input);
      if (typeof before === 'string') return { status: 'refused', message: `${before} Nothing was done.`, query };
      await engine.end(session, action, before);
      return { query, before: before.facts, ...(await this.seenToEnd(engine, session, action, before, signal)) };
    });
  }

  private opened({ target }: RemediateInput): OpenSource {
    return this.access.sources.open(DATABASE_KINDS, target);
  }

  /** An approver may decide without it: a database that does not answer now is told of. */
  private async preview(
    action: SessionAction,
    source: OpenSource,
    input: RemediateInput,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      return await withDatabase(
        this.access.outbound,
        source,
        { statementMs: STATEMENT_MS },
        signal,
        async (session) => {
          const found = await findSame(engineOf(source), session, action, input);
          return typeof found === 'string' ? found : inWords(found);
        },
      );
    } catch (error) {
      return `The database could not be looked at: ${(error as Error).message}`;
    }
  }

  private async seenToEnd(
    engine: SessionEngine,
    session: DatabaseSession,
    action: SessionAction,
    before: FoundSession,
    signal: AbortSignal,
  ): Promise<ToolResult> {
    const input = { started_at: action === 'cancel_db_query' ? (before.queryStartedAt ?? '') : before.startedAt };
    for (let waits = 0; waits < WAITS; waits += 1) {
      const now = await engine.find(session, before.pid);
      if (!now || !isSame(engine, action, now, input.started_at)) {
        return { status: 'ok', message: EFFECTS[action].done, after: now?.facts ?? null };
      }
      await pause(WAIT_MS, undefined, { signal });
    }
    return {
      status: 'error',
      message: 'The server was told to end it, and it is still there: it may be taking back what it did.',
    };
  }
}

function engineOf({ kind }: OpenSource): SessionEngine {
  return kind === 'mysql' ? MYSQL_SESSIONS : POSTGRES_SESSIONS;
}

/** The session that was meant, or why it is not there. */
async function findSame(
  engine: SessionEngine,
  session: DatabaseSession,
  action: SessionAction,
  { pid = 0, started_at: startedAt = '' }: RemediateInput,
): Promise<FoundSession | string> {
  const found = await engine.find(session, pid);
  if (!found) return `There is no session ${pid}.`;
  if (found.isSpared !== undefined) return `Session ${pid} is not ended. ${found.isSpared}`;
  if (isSame(engine, action, found, startedAt)) return found;
  if (action === 'terminate_db_backend') return `Session ${pid} is another one by now: it began at ${found.startedAt}.`;
  return found.queryStartedAt === null
    ? `Session ${pid} runs no statement now.`
    : `Session ${pid} runs another statement by now, since ${found.queryStartedAt}.`;
}

function isSame(engine: SessionEngine, action: SessionAction, found: FoundSession, startedAt: string): boolean {
  const start = action === 'cancel_db_query' ? found.queryStartedAt : found.startedAt;
  return start !== null && Math.abs(Date.parse(start) - Date.parse(startedAt)) <= engine.toleranceMs;
}

/** One fact a line. */
function inWords({ facts }: FoundSession): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}
