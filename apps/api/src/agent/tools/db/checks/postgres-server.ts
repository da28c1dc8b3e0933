import { type Check, oneRow } from './check.js';

const NOW = 'case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end';
const lag = (name: string): string => `round(extract(epoch from ${name})::numeric, 2) as ${name}_s`;

export const replication: Check = async (asked) => ({
  is_standby: (await oneRow(asked, 'select pg_is_in_recovery() as is_standby'))['is_standby'],
  standbys: await asked.ask(
    `select application_name as name, host(client_addr) as client, state, sync_state,
  pg_wal_lsn_diff(${NOW}, replay_lsn)::bigint as lag_bytes, ${lag('write_lag')}, ${lag('flush_lag')}, ${lag('replay_lag')}
from pg_stat_replication order by lag_bytes desc limit 20`,
  ),
  slots: await asked.ask(
    `select slot_name, slot_type, active, pg_wal_lsn_diff(${NOW}, restart_lsn)::bigint as kept_bytes,
  greatest(age(xmin), age(catalog_xmin)) as xmin_age from pg_replication_slots order by kept_bytes desc limit 20`,
  ),
  receiver: await asked.ask(`select status, sender_host, sender_port, last_msg_receipt_time from pg_stat_wal_receiver`),
  replay: await oneRow(
    asked,
    `select pg_last_xact_replay_timestamp() as last_replayed,
  round(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::numeric, 1) as replay_delay_s,
  pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::bigint as not_replayed_bytes`,
  ),
});

const IMPORTANT = [
  ...['max_connections', 'superuser_reserved_connections', 'shared_buffers', 'effective_cache_size', 'work_mem'],
  ...['maintenance_work_mem', 'temp_file_limit', 'wal_level', 'max_wal_size', 'checkpoint_timeout', 'fsync'],
  ...['synchronous_commit', 'full_page_writes', 'autovacuum', 'autovacuum_max_workers', 'default_statistics_target'],
  ...['random_page_cost', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'],
  ...['deadlock_timeout', 'max_parallel_workers_per_gather', 'max_locks_per_transaction', 'log_lock_waits'],
  ...['log_min_duration_statement', 'shared_preload_libraries', 'track_io_timing', 'default_transaction_read_only'],
]
  .map((name) => `'${name}'`)
  .join(', ');

/** `reset_val`, for a session such as ours has settings of its own. */
export const settings: Check = async ({ ask }) => ({
  important: await ask(
    `select name, reset_val as value, unit, source from pg_settings where name in (${IMPORTANT}) order by name`,
  ),
  changed: await ask(
    `select name, reset_val as value, unit, source from pg_settings where source in ('configuration file', 'command line', 'environment variable', 'database', 'user', 'database user', 'global')
  and name not in (${IMPORTANT}) and name !~ 'conninfo|passphrase|command|_file$' order by name limit 60`,
  ),
  waiting_for_restart: await ask('select name from pg_settings where pending_restart order by name'),
});
