import type { Row } from '../../../sources/databases/database-session.js';
import { byName, type Check } from './check.js';
import { VARIABLES } from './mysql-activity.js';

/** Of the many columns of a replica's status, those that say how it is; nothing of them is a secret. */
const TOLD =
  /^((Source|Master)_(Host|Port|Log_File)|(Replica|Slave)_(IO|SQL)_(Running|State|Running_State)|Seconds_Behind_.*|Last_(IO|SQL)_Err(or|no)|Read_.*_Log_Pos|Exec_.*_Log_Pos|Relay_Log_Space|Gtid_IO_Pos|Using_Gtid|Auto_Position|SQL_Delay)$/i;

export const replication: Check = async ({ ask, engine, versionNumber }) => {
  const isNew = engine === 'MariaDB' ? versionNumber >= 1005 : versionNumber >= 800;
  const status = await ask(isNew ? 'show replica status' : 'show slave status');
  return {
    this_replica: status.map(told),
    replicas_of_it: await ask(
      "select id as pid, user, substring_index(host, ':', 1) as client, time as connected_s, state from information_schema.processlist where command like 'Binlog Dump%' limit 20",
    ),
    settings: byName(
      await ask(
        VARIABLES('server_id', 'log_bin', 'binlog_format', 'read_only', 'super_read_only', 'gtid_mode', 'sync_binlog'),
      ),
    ),
  };
};

function told(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => TOLD.test(name)));
}

export const settings: Check = async ({ ask }) => ({
  important: byName(
    await ask(
      VARIABLES(
        ...['max_connections', 'max_user_connections', 'wait_timeout', 'interactive_timeout', 'thread_cache_size'],
        ...[
          'innodb_buffer_pool_size',
          'innodb_log_file_size',
          'innodb_redo_log_capacity',
          'innodb_flush_log_at_trx_commit',
        ],
        ...['innodb_lock_wait_timeout', 'innodb_deadlock_detect', 'innodb_io_capacity', 'lock_wait_timeout'],
        ...[
          'sync_binlog',
          'binlog_expire_logs_seconds',
          'expire_logs_days',
          'sql_mode',
          'tmp_table_size',
          'max_heap_table_size',
        ],
        ...['max_allowed_packet', 'table_open_cache', 'transaction_isolation', 'tx_isolation', 'query_cache_type'],
        ...[
          'slow_query_log',
          'long_query_time',
          'log_output',
          'performance_schema',
          'max_statement_time',
          'max_execution_time',
        ],
        ...[
          'read_only',
          'character_set_server',
          'collation_server',
          'time_zone',
          'system_time_zone',
          'open_files_limit',
        ],
      ),
    ),
  ),
});
