import type { Row } from '../../../sources/databases/database-session.js';
import { type Asked, byName, type Check, type Findings, oneRow } from './check.js';
import { type LockHolder, lockTrees } from './lock-tree.js';

const QUERY = (column: string): string => `left(${column}, 500) as query`;
/** Of connections that run something. */
const QUERY_START = `case when p.command <> 'Sleep' then date_format(utc_timestamp() - interval p.time second, '%Y-%m-%dT%H:%i:%sZ') end as query_started_at`;
/** InnoDB tells its times in the zone of the system, whatever the one of the session is. */
export const age = (column: string): string =>
  `timestampdiff(second, convert_tz(${column}, 'SYSTEM', '+00:00'), utc_timestamp())`;
/** Threads of the server itself, and those that wait for their client. */
const WORKING = "command not in ('Sleep', 'Daemon', 'Binlog Dump', 'Binlog Dump GTID', 'Slave_IO', 'Slave_SQL')";

export const STATUS = (...names: readonly string[]): string =>
  `show global status where variable_name in (${names.map((name) => `'${name}'`).join(', ')})`;
export const VARIABLES = (...names: readonly string[]): string =>
  `show global variables where variable_name in (${names.map((name) => `'${name}'`).join(', ')})`;

/** When the server was started, to a second or two; numbers of sessions are given once from there on. */
export async function serverStart(asked: Pick<Asked, 'ask'>): Promise<string> {
  const { uptime } = byName(await asked.ask(STATUS('Uptime')));
  const [row] = await asked.ask('select unix_timestamp() as now');
  return new Date((Number(row?.['now']) - Number(uptime)) * 1_000).toISOString();
}

/** Sessions, with what says which ones they are. */
async function sessions(asked: Asked, sql: string): Promise<Row[]> {
  const rows = await asked.ask(sql);
  if (rows.length === 0) return rows;
  const server_started_at = await serverStart(asked);
  return rows.map((row) => ({ ...row, server_started_at }));
}

/** Accounts without it see their own connections only. */
async function seen(asked: Asked): Promise<Pick<Findings, 'message'>> {
  const sql = "select count(*) as seen from information_schema.user_privileges where privilege_type = 'PROCESS'";
  const { seen: count } = await oneRow(asked, sql);
  return Number(count) > 0 ? {} : { message: 'This account sees only its own connections: grant it PROCESS.' };
}

async function used(asked: Asked) {
  const status = byName(
    await asked.ask(
      STATUS(
        'Threads_connected',
        'Threads_running',
        'Max_used_connections',
        'Aborted_connects',
        'Aborted_clients',
        'Connection_errors_max_connections',
      ),
    ),
  );
  return { ...byName(await asked.ask(VARIABLES('max_connections', 'max_user_connections'))), ...status };
}

export const overview: Check = async (asked) => {
  const server = await oneRow(
    asked,
    `select version() as version, @@hostname as host, database() as db, @@global.read_only as read_only`,
  );
  const status = byName(
    await asked.ask(
      STATUS(
        ...['Uptime', 'Questions', 'Slow_queries', 'Com_commit', 'Com_rollback', 'Created_tmp_disk_tables'],
        ...[
          'Created_tmp_tables',
          'Innodb_buffer_pool_reads',
          'Innodb_buffer_pool_read_requests',
          'Innodb_row_lock_waits',
        ],
        ...[
          'Innodb_row_lock_time',
          'Innodb_row_lock_current_waits',
          'Innodb_deadlocks',
          'Table_locks_waited',
          'Opened_tables',
        ],
      ),
    ),
  );
  const [reads, requests] = [
    Number(status['innodb_buffer_pool_reads']),
    Number(status['innodb_buffer_pool_read_requests']),
  ];
  const hit = requests > 0 ? Number((100 * (1 - reads / requests)).toFixed(2)) : null;
  return {
    server,
    connections: await used(asked),
    since_start: { ...status, buffer_pool_hit_percent: hit },
    ...(await seen(asked)),
  };
};

export const connections: Check = async (asked) => ({
  connections: await used(asked),
  by_client: await asked.ask(
    `select user, substring_index(host, ':', 1) as client, db, command, count(*) as connections, max(time) as longest_in_state_s
from information_schema.processlist group by 1, 2, 3, 4 order by connections desc limit 30`,
  ),
  by_state: await asked.ask(
    `select state, count(*) as connections from information_schema.processlist where ${WORKING} and state <> '' group by 1 order by connections desc limit 15`,
  ),
  ...(await seen(asked)),
});

const WAITS_BEFORE_8 = `select r.trx_mysql_thread_id as pid, b.trx_mysql_thread_id as blocker, l.lock_table as waits_for, l.lock_mode as mode
from information_schema.innodb_lock_waits w
join information_schema.innodb_trx r on r.trx_id = w.requesting_trx_id
join information_schema.innodb_trx b on b.trx_id = w.blocking_trx_id
left join information_schema.innodb_locks l on l.lock_id = w.requested_lock_id`;

const WAITS_SINCE_8 = `select r.trx_mysql_thread_id as pid, b.trx_mysql_thread_id as blocker, concat(l.object_schema, '.', l.object_name) as waits_for, l.lock_mode as mode
from performance_schema.data_lock_waits w
join information_schema.innodb_trx r on r.trx_id = w.requesting_engine_transaction_id
join information_schema.innodb_trx b on b.trx_id = w.blocking_engine_transaction_id
left join performance_schema.data_locks l on l.engine_lock_id = w.requesting_engine_lock_id`;

export const locks: Check = async (asked) => {
  const isNew = asked.engine === 'MySQL' && asked.versionNumber >= 800;
  const waits = await asked.ask(isNew ? WAITS_SINCE_8 : WAITS_BEFORE_8);
  const facts = await sessions(
    asked,
    `select p.id as pid, p.user, ${QUERY_START}, substring_index(p.host, ':', 1) as client, p.db, p.command, p.state, p.time as in_state_s,
  ${age('t.trx_started')} as transaction_s, t.trx_rows_locked as rows_locked, ${QUERY('coalesce(t.trx_query, p.info)')}
from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id`,
  );
  const pids = new Set(waits.flatMap(({ pid, blocker }) => [Number(pid), Number(blocker)]));
  const holders: LockHolder[] = [...pids].map((pid) => {
    const own = waits.filter((wait) => Number(wait['pid']) === pid);
    const { pid: _pid, ...told } = facts.find((row) => Number(row['pid']) === pid) ?? {};
    const waitsFor = own[0] && { waits_for: `${String(own[0]['mode'])} on ${String(own[0]['waits_for'])}` };
    return { pid, blockedBy: [...new Set(own.map(({ blocker }) => Number(blocker)))], facts: { ...told, ...waitsFor } };
  });
  return {
    ...lockTrees(holders),
    waiting_for_table_definitions: await asked.ask(
      `select id as pid, user, db, time as in_state_s, state, ${QUERY('info')} from information_schema.processlist
where state like 'Waiting for table%lock' order by time desc limit 20`,
    ),
    latest_deadlock: await latestDeadlock(asked),
    ...(await seen(asked)),
  };
};

/** As InnoDB tells it. */
async function latestDeadlock(asked: Asked): Promise<string | null> {
  const { status } = await oneRow(asked, 'show engine innodb status');
  const [, deadlock] = /LATEST DETECTED DEADLOCK\n-+\n([^]*?)\n-+\nTRANSACTIONS/.exec(String(status)) ?? [];
  return deadlock?.slice(0, 3_000) ?? null;
}

export const longQueries: Check = async (asked) => ({
  queries: await sessions(
    asked,
    `select id as pid, user, substring_index(host, ':', 1) as client, db, time as query_s, ${QUERY_START}, state, ${QUERY('info')}
from information_schema.processlist p where ${WORKING} and id <> connection_id() and time >= 1 order by time desc limit 20`,
  ),
  ...(await seen(asked)),
});

export const longTransactions: Check = async (asked) => ({
  transactions: await sessions(
    asked,
    `select t.trx_mysql_thread_id as pid, p.user, ${QUERY_START}, substring_index(p.host, ':', 1) as client, p.db, p.command, p.time as in_state_s,
  ${age('t.trx_started')} as transaction_s, t.trx_state as state, t.trx_rows_locked as rows_locked, t.trx_rows_modified as rows_modified, ${QUERY('t.trx_query')}
from information_schema.innodb_trx t left join information_schema.processlist p on p.id = t.trx_mysql_thread_id
where ${age('t.trx_started')} >= 5 and t.trx_mysql_thread_id <> connection_id() order by t.trx_started limit 20`,
  ),
  ...(await seen(asked)),
});
