import type { DatabaseSession } from './database-session.js';

/** Roles that PostgreSQL brings and that do more than read. Source: postgresql.org/docs/current/predefined-roles.html */
const MIGHTY = [
  ...['pg_write_all_data', 'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'],
  ...['pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_create_subscription', 'pg_database_owner'],
  ...['pg_signal_autovacuum_worker'],
];

/** What the role of this session, and every role it belongs to, may do besides reading; in this database. */
const reasonsFrom = (changes: string): string => `
with mine as (select * from pg_roles where pg_has_role(session_user, oid, 'member')),
-- Its own privileges hold those that it inherits; other roles it may become.
actors as (select oid from mine where rolname = session_user or not pg_has_role(session_user, oid, 'usage')),
places as (
  select oid, nspname, nspowner from pg_namespace
  where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_(toast|temp)'
),
relations as (
  select c.oid, c.relowner, c.relkind, format('%I.%I', p.nspname, c.relname) as name
  from pg_class c join places p on p.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
)
(select 'is superuser' as reason from mine where rolsuper limit 1)
union all (select 'may create roles' from mine where rolcreaterole limit 1)
union all (select 'may create databases' from mine where rolcreatedb limit 1)
union all (select 'may replicate' from mine where rolreplication limit 1)
union all (select 'is a member of ' || rolname from mine where rolname = any ($1::text[]) and not exists
  (select from mine where rolsuper) limit 3)
union all (select 'owns ' || name from relations where relowner in (select oid from mine) limit 3)
union all (select 'owns the schema ' || quote_ident(nspname) from places where nspowner in (select oid from mine) limit 3)
union all (select 'owns the database ' || quote_ident(datname) from pg_database
  where datname = current_database() and datdba in (select oid from mine) limit 1)
union all (select 'owns the function ' || oid::regprocedure::text from pg_proc where proowner in (select oid from mine)
  and not exists (select from mine where rolsuper) limit 3)
union all (select distinct 'may create in the schema ' || quote_ident(nspname) from places p, actors a
  where has_schema_privilege(a.oid, p.oid, 'create') limit 3)
union all (select distinct 'may create schemas in ' || quote_ident(current_database()) from actors
  where has_database_privilege(oid, current_database(), 'create'))
union all (select distinct 'may change ' || name from relations r, actors a where relkind <> 'S' and (
  has_table_privilege(a.oid, r.oid, '${changes}')
  or has_any_column_privilege(a.oid, r.oid, 'insert, update, references')) limit 3)
union all (select distinct 'may move the sequence ' || name from relations r, actors a
  where relkind = 'S' and has_sequence_privilege(a.oid, r.oid, 'usage, update') limit 3)`;

/** Why the role of a session is none that only reads; empty when it is. */
export async function postgresRoleReasons(session: DatabaseSession): Promise<string[]> {
  const changes = 'insert, update, delete, truncate, references, trigger';
  // Since PostgreSQL 17 a right of its own.
  const all = session.versionNumber >= 1700 ? `${changes}, maintain` : changes;
  const found = await session.ask(reasonsFrom(all), [MIGHTY]);
  return found.map(({ reason }) => String(reason));
}
