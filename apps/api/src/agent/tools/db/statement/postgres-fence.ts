import type { DatabaseSession } from '../../../sources/databases/database-session.js';
import { type Called, calledNames, firstWord, onlyStatement, refuseLocksAndInto } from './shape.js';
import { isSign, isWord, postgresTokens, StatementRefused, type Token } from './tokens.js';

const READS = ['select', 'with', 'values', 'table'];
const CHANGES = ['insert', 'update', 'delete', 'merge'];

/** Catalogues that hold what passwords are checked against, or passwords for other servers. */
const SECRETS = ['pg_authid', 'pg_shadow', 'pg_user_mapping', 'pg_user_mappings', 'pg_subscription'];
/** They read what a text names, which is not looked into here. */
const READS_WHAT_TEXTS_NAME = /_to_xml(_and_xmlschema)?$/;

/** Functions that PostgreSQL calls volatile for other reasons than that they change something. */
const HARMLESS = [
  ...['random', 'random_normal', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7'],
  // The words behind TABLESAMPLE.
  ...['system', 'bernoulli'],
  // Bounded by the time of the statement.
  ...['pg_sleep', 'pg_sleep_for', 'pg_sleep_until'],
  ...['pg_relation_size', 'pg_total_relation_size', 'pg_table_size', 'pg_indexes_size'],
  ...['pg_database_size', 'pg_tablespace_size', 'pg_tablespace_databases', 'pg_notification_queue_usage'],
  ...['pg_blocking_pids', 'pg_safe_snapshot_blocking_pids', 'pg_lock_status', 'pg_stat_get_activity'],
  ...['pg_is_in_recovery', 'pg_is_wal_replay_paused', 'pg_get_wal_replay_pause_state'],
  ...['pg_last_wal_receive_lsn', 'pg_last_wal_replay_lsn', 'pg_last_xact_replay_timestamp', 'pg_last_committed_xact'],
  ...['pg_current_wal_lsn', 'pg_current_wal_insert_lsn', 'pg_current_wal_flush_lsn'],
  ...['pg_current_logfile', 'pg_ls_waldir', 'pg_ls_logdir', 'pg_ls_tmpdir', 'pg_ls_archive_statusdir'],
  ...['pg_show_all_settings', 'pg_prepared_xact', 'pg_cursor', 'pg_prepared_statement', 'pg_get_replication_slots'],
];

/** By the names that a statement calls: those functions that it would reach which are volatile, or work by the rights of another. */
const VOLATILE = `
select distinct format('%I.%I', n.nspname, p.proname) as name,
  case when parts.is_volatile then 'may change something (it is volatile)'
    else 'works by the rights of another role (it is SECURITY DEFINER)' end as why
from unnest($1::text[], $2::text[], $3::bool[]) as called (schema, name, has_parenthesis)
join pg_proc p on p.proname = called.name::name
join pg_namespace n on n.oid = p.pronamespace
join lateral (
  select bool_or(f.provolatile = 'v') as is_volatile, bool_or(f.prosecdef) as is_definer from pg_proc f
  where f.oid = p.oid or f.oid in (
    select unnest(array[a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn]::oid[])
    from pg_aggregate a where a.aggfnoid = p.oid
  )
) parts on true
where (parts.is_volatile or parts.is_definer)
  and not (n.nspname = 'pg_catalog' and p.proname = any ($4::text[]))
  and case
    when not called.has_parenthesis then p.pronargs - p.pronargdefaults <= 1 and pg_function_is_visible(p.oid)
      and exists (select from pg_type t where t.oid = p.proargtypes[0] and t.typtype in ('c', 'd', 'p'))
    when called.schema is null then pg_function_is_visible(p.oid)
    else n.nspname = called.schema::name
  end
limit 1`;

/** Operators are calls too. */
const VOLATILE_OPERATORS = `
select distinct o.oprname as name from pg_operator o join pg_proc p on p.oid = o.oprcode
where p.provolatile = 'v' or p.prosecdef`;

/**
 * Lets through what reads and calls nothing that may change something: in PostgreSQL a function says that of itself.
 * The fence is the role; this keeps out what every role may do, such as advisory locks.
 * @throws StatementRefused
 */
export async function checkPostgresStatement(session: DatabaseSession, statement: string): Promise<void> {
  const tokens = onlyStatement(postgresTokens(statement));
  checkShape(tokens);
  checkNames(tokens);
  await checkFunctions(session, calledNames(tokens));
  await checkOperators(session, tokens);
}

function checkShape(tokens: readonly Token[]): void {
  const { name, index } = firstWord(tokens);
  if (name === 'show') return;
  const read = name === 'explain' ? explained(tokens.slice(index + 1)) : tokens;
  if (!READS.includes(firstWord(read).name)) {
    throw new StatementRefused('Only SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN of one of them are taken.');
  }
  const isChange = read.some((token, at) => isSign(token, '(') && isWord(read[at + 1], ...CHANGES));
  // `with a as (…) delete from …`
  const isChangeAfterWith = read.some(
    (token, at) => isSign(token, ')') && isWord(read[at + 1], ...CHANGES) && firstWord(read).name === 'with',
  );
  if (isChange || isChangeAfterWith) throw new StatementRefused('The statement changes rows; this tool only reads.');
  refuseLocksAndInto(read);
}

function checkNames(tokens: readonly Token[]): void {
  for (const token of tokens) {
    if (token.kind !== 'word') continue;
    if (SECRETS.includes(token.name)) {
      throw new StatementRefused(`${token.name} holds what passwords are checked against; it is not read.`);
    }
    if (READS_WHAT_TEXTS_NAME.test(token.name)) {
      throw new StatementRefused(`${token.name} reads what a text names; name it in the statement itself.`);
    }
  }
}

/** What is explained: behind `(…)` or the old words. */
function explained(tokens: readonly Token[]): readonly Token[] {
  if (isSign(tokens[0], '(') && !isWord(tokens[1], ...READS) && !isSign(tokens[1], '(')) {
    return tokens.slice(tokens.findIndex((token) => isSign(token, ')')) + 1);
  }
  return tokens.slice(tokens.findIndex((token) => !isWord(token, 'analyze', 'analyse', 'verbose')));
}

async function checkFunctions(session: DatabaseSession, called: readonly Called[]): Promise<void> {
  if (called.length === 0) return;
  const columns = [
    called.map(({ schema }) => schema),
    called.map(({ name }) => name),
    called.map(({ hasParenthesis }) => hasParenthesis),
  ];
  const found = await session.ask(VOLATILE, [...columns, HARMLESS]);
  const [first] = found;
  if (first) throw new StatementRefused(`The statement calls ${String(first['name'])}, which ${String(first['why'])}.`);
}

async function checkOperators(session: DatabaseSession, tokens: readonly Token[]): Promise<void> {
  const used = tokens.flatMap((token) =>
    token.kind === 'sign' && /^[^\w\s.,;:()[\]]/.test(token.text) ? token.text : [],
  );
  if (used.length === 0) return;
  const found = (await session.ask(VOLATILE_OPERATORS)).map(({ name }) => String(name));
  const bad = found.find((name) => used.some((run) => run.includes(name)));
  if (bad !== undefined) throw new StatementRefused(`The operator ${bad} may do more than read here.`);
}
