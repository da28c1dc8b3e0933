import type { OpenSource } from '../source-kind.js';
import type { DatabaseSession } from './database-session.js';
import { grantsBy } from './mysql-role.js';

/** Nobody is named who may do something there. */
export class NoActor extends Error {
  constructor(name: string) {
    super(
      `${name} has no login for actions, and the one that reads cannot end what others do. An administrator may add one (docs/tools.md).`,
    );
  }
}

/**
 * A database as the login for actions reaches it. It is another one than that which reads, so that db_query goes on
 * with a role that can do nothing else.
 * @throws NoActor
 */
export function asActor(source: OpenSource): OpenSource {
  const { action_username: username, database, ...settings } = source.settings;
  if (username === undefined) throw new NoActor(source.name);
  const { action_password: password = '' } = source.secrets;
  // MySQL lets into a database only who may do something in it, which this login may not.
  const place = source.kind === 'mysql' || database === undefined ? {} : { database };
  return { ...source, settings: { ...settings, ...place, username }, secrets: { password } };
}

/** Whether a login may end what others do. */
export async function mayEndSessions(session: DatabaseSession): Promise<boolean> {
  if (session.engine === 'PostgreSQL') {
    const [row] = await session.ask("select pg_has_role(session_user, 'pg_signal_backend', 'usage') as may");
    return row?.['may'] === true;
  }
  const grants = await grantsBy(session, 'show grants');
  return grants.some((line) => /\b(CONNECTION[ _]ADMIN|SUPER|ALL PRIVILEGES)\b.* ON \*\.\* /.test(line));
}
