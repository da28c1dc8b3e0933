import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../source-kind.js';
import { asActor, mayEndSessions } from './database-actor.js';
import { serverInWords } from './database-role.js';
import type { DatabaseSession } from './database-session.js';
import { withDatabase } from './open-database.js';

const STATEMENT_MS = 10_000;

/** Asks a database what it is, and what its logins may do. @returns a few sentences @throws SourceFailed */
export async function testDatabase(outbound: Outbound, source: OpenSource, signal: AbortSignal): Promise<string> {
  const ask = <T>(as: OpenSource, work: (session: DatabaseSession) => Promise<T>): Promise<T> =>
    withDatabase(outbound, as, { statementMs: STATEMENT_MS }, signal, work);
  const server = await ask(source, serverInWords);
  if (source.settings.action_username === undefined) return server;
  const may = await ask(asActor(source), mayEndSessions);
  return `${server} The login for actions may end ${may ? 'sessions of others' : 'only sessions of its own'}.`;
}
