import { type Client, escapeIdentifier } from 'pg';
import type { ConnectionFacts } from './open-database.js';

interface Login {
  readonly login: string;
  readonly may_create: boolean;
  readonly role: string;
  readonly exists: boolean;
}

/** Named by the database: servers on one database share the role, and no others do. */
const LOGIN = `
  select current_user as login, rolsuper or rolcreaterole as may_create, role,
         exists (select from pg_roles where rolname = role) as exists
    from pg_roles, (select 'opsagent_server_' || oid as role from pg_database where datname = current_database()) named
   where rolname = current_user`;

/** Makes the role that the server works under, where there is none yet; null where the login cannot. */
export async function serverRole(owner: Client): Promise<string | null> {
  const { rows } = await owner.query<Login>(LOGIN);
  const [found] = rows;
  if (!found?.may_create) return null;
  const role = escapeIdentifier(found.role);
  if (!found.exists) await owner.query(`create role ${role} nologin noinherit`);
  await owner.query(`grant ${role} to ${escapeIdentifier(found.login)}`);
  return found.role;
}

/** Rows of every table, and no more; entries of the audit log are only added, and steps of the schema only read. */
export async function grantToServer(owner: Client, name: string): Promise<void> {
  const role = escapeIdentifier(name);
  const { rows } = await owner.query<{ schema: string }>('select current_schema() as schema');
  const schema = escapeIdentifier(rows[0]?.schema ?? 'public');
  // One transaction: nobody ever holds what is taken back here.
  await owner.query(`
    begin;
    grant usage on schema ${schema} to ${role};
    grant select, insert, update, delete on all tables in schema ${schema} to ${role};
    grant usage on all sequences in schema ${schema} to ${role};
    revoke update, delete on audit_log from ${role};
    revoke insert, update, delete on migrations from ${role};
    commit`);
}

/** The same database, with everything done as `role`. */
export function underRole(facts: ConnectionFacts, role: string): ConnectionFacts {
  const setting = `-c role=${role}`;
  const { connectionString } = facts;
  if (connectionString === undefined) return { ...facts, options: setting };
  const [address = '', query = ''] = connectionString.split('?', 2);
  const params = new URLSearchParams(query);
  params.set('options', [params.get('options') ?? '', setting].join(' ').trim());
  return { ...facts, connectionString: `${address}?${params.toString()}` };
}
