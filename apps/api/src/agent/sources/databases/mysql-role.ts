import type { DatabaseSession } from './database-session.js';

/** Privileges that only read. Source: dev.mysql.com/doc/refman/8.4/en/privileges-provided.html, mariadb.com/kb/en/grant */
const READS = new Set([
  ...['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES', 'PROCESS', 'SHOW_ROUTINE', 'SHOW CREATE ROUTINE'],
  ...['REPLICATION CLIENT', 'BINLOG MONITOR', 'SLAVE MONITOR', 'REPLICA MONITOR'],
]);

/** Why the account of a session is none that only reads; empty when it is. */
export async function mysqlRoleReasons(session: DatabaseSession): Promise<string[]> {
  const own = await grantsBy(session, 'show grants');
  const roles = own.flatMap((line) => readGrant(line).belongsTo ?? []);
  const theirs = roles.length === 0 ? [] : await grantsOfRoles(session, roles);
  return [...new Set([...own, ...theirs].flatMap((line) => readGrant(line).reason ?? []))];
}

/** An account may see what its roles may do only while it has taken them on; those behind them are shown then too. */
async function grantsOfRoles(session: DatabaseSession, roles: readonly string[]): Promise<string[]> {
  // The names come from the server itself, in its own quotes.
  if (session.engine === 'MySQL') return grantsBy(session, `show grants for current_user() using ${roles.join(', ')}`);
  const [usual] = await session.ask(
    "select coalesce(concat('`', replace(current_role(), '`', '``'), '`'), 'none') as role",
  );
  const found: string[] = [];
  for (const role of roles) {
    await session.ask(`set role ${role}`);
    found.push(...(await grantsBy(session, 'show grants')));
  }
  await session.ask(`set role ${String(usual?.['role'])}`);
  return found;
}

/** The lines of a SHOW GRANTS. */
export async function grantsBy(session: DatabaseSession, sql: string): Promise<string[]> {
  return (await session.ask(sql)).map((row) => String(Object.values(row)[0]));
}

/** What one line of SHOW GRANTS means. */
export function readGrant(line: string): { reason?: string; belongsTo?: string } {
  if (!line.startsWith('GRANT ')) return {};
  const isHandedOn = / WITH (?:GRANT|ADMIN) OPTION|\bWITH .*GRANT OPTION/.test(line);
  const [, privileges, place] = /^GRANT (.+?) ON (.+?) TO /.exec(line) ?? [];
  if (privileges === undefined || place === undefined) return roleOf(line, isHandedOn);
  if (isHandedOn) return { reason: `may grant what it has on ${place}` };
  const more = privileges
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => !READS.has(name));
  if (more.length === 0) return {};
  const by = / TO PUBLIC\b/.test(line) ? ' as everybody has (PUBLIC)' : '';
  return { reason: `has ${more.slice(0, 5).join(', ')}${more.length > 5 ? ', …' : ''} on ${place}${by}` };
}

function roleOf(line: string, isHandedOn: boolean): { reason?: string; belongsTo?: string } {
  const [, role] = /^GRANT (.+) TO /.exec(line) ?? [];
  if (role === undefined || isHandedOn) return { reason: 'has a grant that only an administrator needs' };
  return { belongsTo: role };
}
