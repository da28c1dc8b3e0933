import { type Check, type Findings, oneRow } from './check.js';

/** Sizes are not asked of a table that somebody locks or is about to: the answer would wait for it. */
const SIZE = `case when not exists (select from pg_locks l where l.relation = s.relid and l.mode = 'AccessExclusiveLock')
    then pg_total_relation_size(s.relid) end`;
const TABLE = "format('%I.%I', s.schemaname, s.relname)";

export const tables: Check = async ({ ask }) => ({
  largest: await ask(
    `select ${TABLE} as table, ${SIZE} as bytes, n_live_tup as live_rows, n_dead_tup as dead_rows,
  round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1) as dead_percent, seq_scan, idx_scan,
  greatest(last_vacuum, last_autovacuum) as last_vacuum, greatest(last_analyze, last_autoanalyze) as last_analyze
from pg_stat_user_tables s order by bytes desc nulls first limit 20`,
  ),
  most_dead_rows: await ask(
    `select ${TABLE} as table, n_dead_tup as dead_rows, n_live_tup as live_rows,
  greatest(last_vacuum, last_autovacuum) as last_vacuum
from pg_stat_user_tables s where n_dead_tup > 1000 order by n_dead_tup desc limit 10`,
  ),
});

export const indexes: Check = async ({ ask }) => ({
  unused: await ask(
    `select ${TABLE} as table, s.indexrelname as index, c.relpages::bigint * 8192 as bytes, pg_get_indexdef(s.indexrelid) as definition
from pg_stat_user_indexes s join pg_index i using (indexrelid) join pg_class c on c.oid = s.indexrelid
where s.idx_scan = 0 and not i.indisunique and i.indisvalid order by c.relpages desc limit 15`,
  ),
  read_without_index: await ask(
    `select ${TABLE} as table, seq_scan, seq_tup_read as rows_read, seq_tup_read / seq_scan as rows_per_scan, idx_scan, n_live_tup as live_rows
from pg_stat_user_tables s where seq_scan > 0 and seq_tup_read / seq_scan > 10000 order by seq_tup_read desc limit 15`,
  ),
  foreign_keys_without_index: await ask(
    `select c.conrelid::regclass::text as table, c.conname as constraint, pg_get_constraintdef(c.oid) as definition
from pg_constraint c where c.contype = 'f' and not exists (select from pg_index i where i.indrelid = c.conrelid
  and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey) limit 15`,
  ),
  invalid: await ask(
    `select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index from pg_index i where not i.indisvalid limit 15`,
  ),
  message:
    'Use is counted since the statistics were reset, on this server only: a standby may use what is unused here.',
});

export const vacuum: Check = async (asked) => ({
  running: await asked.ask(
    `select pid, relid::regclass::text as table, phase, round(100.0 * heap_blks_scanned / nullif(heap_blks_total, 0), 1) as scanned_percent
from pg_stat_progress_vacuum where datname = current_database()`,
  ),
  due: await asked.ask(
    `select ${TABLE} as table, n_dead_tup as dead_rows, n_live_tup as live_rows, last_autovacuum, last_vacuum
from pg_stat_user_tables s where n_dead_tup > current_setting('autovacuum_vacuum_threshold')::float
  + current_setting('autovacuum_vacuum_scale_factor')::float * n_live_tup order by n_dead_tup desc limit 15`,
  ),
  oldest_rows: await asked.ask(
    `select oid::regclass::text as table, age(relfrozenxid) as xid_age from pg_class
where relkind in ('r', 'm', 't') and relfrozenxid <> '0' order by age(relfrozenxid) desc limit 5`,
  ),
  held_back_by: await asked.ask(
    `select * from (
  select 'connection ' || pid as what, age(backend_xmin) as xid_age from pg_stat_activity where backend_xmin is not null and pid <> pg_backend_pid()
  union all select 'replication slot ' || slot_name, greatest(age(xmin), age(catalog_xmin)) from pg_replication_slots
  union all select 'prepared transaction ' || gid, age(transaction) from pg_prepared_xacts
) as holders where xid_age > 0 order by xid_age desc limit 10`,
  ),
  settings: await oneRow(
    asked,
    `select current_setting('autovacuum') as autovacuum, current_setting('autovacuum_max_workers') as workers,
  current_setting('autovacuum_vacuum_threshold') as threshold, current_setting('autovacuum_vacuum_scale_factor') as scale_factor,
  current_setting('autovacuum_freeze_max_age') as freeze_max_age`,
  ),
});

/** Where it is installed, in which schema. */
const EXTENSION = `select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname = 'pg_stat_statements'`;

export const slowQueries: Check = async (asked): Promise<Findings> => {
  const { schema } = await oneRow(asked, EXTENSION);
  if (typeof schema !== 'string') {
    const message =
      "pg_stat_statements is not installed in this database, so the past is unknown: set shared_preload_libraries = 'pg_stat_statements', restart, and create extension pg_stat_statements. long_queries shows what runs now.";
    return { isUnknown: true, message };
  }
  const time = asked.versionNumber >= 1300 ? 'exec_time' : 'time';
  const list = (order: string, most: number) =>
    asked.ask(
      `select queryid::text, calls, round(total_${time}::numeric, 1) as total_ms, round(mean_${time}::numeric, 2) as mean_ms, round(max_${time}::numeric, 1) as max_ms,
  rows, round(100.0 * shared_blks_hit / nullif(shared_blks_hit + shared_blks_read, 0), 1) as cache_hit_percent,
  temp_blks_written, left(regexp_replace(query, '\\s+', ' ', 'g'), 500) as query
from ${schema}.pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
order by ${order} desc limit ${most}`,
    );
  return { by_total_time: await list(`total_${time}`, 12), by_mean_time: await list(`mean_${time}`, 8) };
};
