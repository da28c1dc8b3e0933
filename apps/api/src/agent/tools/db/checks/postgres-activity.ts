import { type Asked, type Check, type Findings, oneRow } from './check.js';
import { lockTrees } from './lock-tree.js';

const CLIENTS = "from pg_stat_activity where backend_type = 'client backend'";
const seconds = (from: string, name: string): string =>
  `round(extract(epoch from clock_timestamp() - ${from})::numeric, 1) as ${name}`;
const PERSON =
  'pid, usename as user, datname as database, application_name as application, host(client_addr) as client, backend_start as session_started_at, query_start as query_started_at';
const QUERY = "left(regexp_replace(query, '\\s+', ' ', 'g'), 500) as query";

/** Roles without it see that others are there, but not what they do. */
async function seen(asked: Asked): Promise<Pick<Findings, 'message'>> {
  const sql = "select pg_has_role(session_user, 'pg_read_all_stats', 'member') as sees_all";
  const { sees_all: seesAll } = await oneRow(asked, sql);
  return seesAll === true ? {} : { message: 'This role does not see what others run: grant it pg_monitor.' };
}

export const overview: Check = async (asked) => ({
  server: await oneRow(
    asked,
    `select current_setting('server_version') as version, pg_postmaster_start_time() as started,
  pg_is_in_recovery() as is_standby, current_database() as database,
  pg_database_size(current_database()) as database_bytes,
  (select max(age(datfrozenxid)) from pg_database) as oldest_frozen_xid_age`,
  ),
  connections: await used(asked),
  since_reset: await oneRow(
    asked,
    `select stats_reset, xact_commit as commits, xact_rollback as rollbacks, deadlocks, conflicts, temp_files, temp_bytes,
  round(100.0 * blks_hit / nullif(blks_hit + blks_read, 0), 2) as cache_hit_percent
from pg_stat_database where datname = current_database()`,
  ),
  ...(await seen(asked)),
});

function used(asked: Asked) {
  return oneRow(
    asked,
    `select current_setting('max_connections')::int as max, current_setting('superuser_reserved_connections')::int as reserved,
  count(*) as used, count(*) filter (where state = 'active') as active, count(*) filter (where state = 'idle') as idle,
  count(*) filter (where state like 'idle in transaction%') as idle_in_transaction,
  count(*) filter (where wait_event_type = 'Lock') as waiting_for_locks,
  round(max(extract(epoch from clock_timestamp() - xact_start))::numeric, 1) as oldest_transaction_s
${CLIENTS}`,
  );
}

export const connections: Check = async (asked) => ({
  connections: await used(asked),
  by_client: await asked.ask(
    `select usename as user, datname as database, application_name as application, host(client_addr) as client, state,
  count(*) as connections, round(max(extract(epoch from clock_timestamp() - state_change))::numeric, 1) as longest_in_state_s
${CLIENTS} group by 1, 2, 3, 4, 5 order by connections desc limit 30`,
  ),
  by_wait: await asked.ask(
    `select wait_event_type, wait_event, count(*) as connections ${CLIENTS} and state <> 'idle' and wait_event is not null
group by 1, 2 order by connections desc limit 15`,
  ),
  ...(await seen(asked)),
});

export const locks: Check = async (asked) => {
  const rows = await asked.ask(
    `with waiting as materialized (
  select pid, pg_blocking_pids(pid) as blockers from (select distinct pid from pg_locks where not granted) as waits
)
select ${PERSON}, state, ${seconds('xact_start', 'transaction_s')}, ${seconds('state_change', 'in_state_s')}, ${QUERY},
  coalesce(w.blockers, '{}') as blockers,
  (select string_agg(distinct l.mode || ' on ' || coalesce(case when d.datname = current_database()
    then l.relation::regclass::text end, l.locktype), ', ') from pg_locks l left join pg_database d on d.oid = l.database
   where l.pid = a.pid and not l.granted) as waits_for
from pg_stat_activity a left join waiting w using (pid)
where w.pid is not null or a.pid in (select unnest(blockers) from waiting)`,
  );
  const holders = rows.map(({ pid, blockers, ...facts }) => ({
    pid: Number(pid),
    blockedBy: [...new Set((blockers as unknown[]).map(Number))],
    facts,
  }));
  // A prepared transaction has no connection: the server calls it 0.
  const isPrepared = holders.some(({ blockedBy }) => blockedBy.includes(0));
  const prepared = isPrepared ? [{ pid: 0, blockedBy: [], facts: { state: 'a prepared transaction' } }] : [];
  return { ...lockTrees([...holders, ...prepared]), ...(await seen(asked)) };
};

export const longQueries: Check = async (asked) => ({
  queries: await asked.ask(
    `select ${PERSON}, ${seconds('query_start', 'query_s')}, wait_event_type, wait_event, ${QUERY}
${CLIENTS} and state = 'active' and pid <> pg_backend_pid() and query_start < clock_timestamp() - interval '1 second'
order by query_start limit 20`,
  ),
  ...(await seen(asked)),
});

export const longTransactions: Check = async (asked) => ({
  transactions: await asked.ask(
    `select ${PERSON}, state, ${seconds('xact_start', 'transaction_s')}, ${seconds('state_change', 'in_state_s')},
  age(backend_xmin) as xmin_age, ${QUERY}
${CLIENTS} and pid <> pg_backend_pid() and xact_start < clock_timestamp() - interval '5 seconds' order by xact_start limit 20`,
  ),
  prepared: await asked.ask(
    `select gid, owner as user, database, ${seconds('prepared', 'transaction_s')} from pg_prepared_xacts order by prepared limit 10`,
  ),
  ...(await seen(asked)),
});
