import type { DatabaseSession } from './database-session.js';
import { mysqlRoleReasons } from './mysql-role.js';
import { postgresRoleReasons } from './postgres-role.js';

/** Why the role of a session is none that only reads; empty when it is. */
export function roleReasons(session: DatabaseSession): Promise<string[]> {
  return session.engine === 'PostgreSQL' ? postgresRoleReasons(session) : mysqlRoleReasons(session);
}

/** What a test of a source says of the server and of its role. */
export async function serverInWords(session: DatabaseSession): Promise<string> {
  const reasons = await roleReasons(session);
  const role =
    reasons.length === 0
      ? 'The role only reads.'
      : `db_query will be refused, because the role ${reasons.slice(0, 3).join(', ')}.`;
  return `${session.engine} ${session.version}. ${role}`;
}
