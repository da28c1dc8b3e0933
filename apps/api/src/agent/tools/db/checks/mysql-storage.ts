import type { Row } from '../../../sources/databases/database-session.js';
import { type Asked, byName, type Check, type Findings, oneRow } from './check.js';
import { age, STATUS, VARIABLES } from './mysql-activity.js';

const OURS = "not in ('mysql', 'information_schema', 'performance_schema', 'sys')";
const TABLE = "concat(table_schema, '.', table_name)";

export const tables: Check = async ({ ask }) => ({
  largest: await ask(
    `select ${TABLE} as full_name, engine, table_rows as rows_about, data_length as data_bytes, index_length as index_bytes, data_free as free_bytes
from information_schema.tables where table_type = 'BASE TABLE' and table_schema ${OURS} order by data_length + index_length desc limit 20`,
  ),
  without_primary_key: await ask(
    `select ${TABLE} as full_name, table_rows as rows_about from information_schema.tables t
where table_type = 'BASE TABLE' and table_schema ${OURS} and not exists (select 1 from information_schema.table_constraints c
  where c.table_schema = t.table_schema and c.table_name = t.table_name and c.constraint_type in ('PRIMARY KEY', 'UNIQUE')) limit 20`,
  ),
});

export const indexes: Check = async (asked) => {
  const all = await asked.ask(
    `select ${TABLE} as full_name, index_name, non_unique, group_concat(column_name order by seq_in_index) as columns
from information_schema.statistics where table_schema ${OURS} group by table_schema, table_name, index_name, non_unique limit 5000`,
  );
  const isCounted = await hasPerformanceSchema(asked);
  const unused = await (isCounted
    ? asked.ask(
        `select concat(object_schema, '.', object_name) as full_name, index_name from performance_schema.table_io_waits_summary_by_index_usage
where index_name is not null and index_name <> 'PRIMARY' and count_star = 0 and object_schema ${OURS} limit 20`,
      )
    : null);
  const message = 'performance_schema is off, so which indexes are used is unknown.';
  return { redundant: redundant(all), unused, ...(isCounted ? {} : { message }) };
};

/** Indexes whose columns are the first ones of another. */
function redundant(all: readonly Row[]): Row[] {
  const text = ({ columns }: Row): string => `${String(columns)},`;
  return all
    .filter((one) => Number(one['non_unique']) === 1)
    .flatMap((one) => {
      const wider = all.find(
        (other) =>
          other !== one &&
          other['full_name'] === one['full_name'] &&
          text(other).startsWith(text(one)) &&
          (text(other) !== text(one) || String(other['index_name']) < String(one['index_name'])),
      );
      return wider
        ? [
            {
              table: one['full_name'],
              index: one['index_name'],
              columns: one['columns'],
              covered_by: wider['index_name'],
            },
          ]
        : [];
    })
    .slice(0, 20);
}

/** What InnoDB keeps of old rows until nobody reads them any more; its vacuum is called purge. */
export const vacuum: Check = async (asked) => ({
  history: await oneRow(
    asked,
    "select count as history_list_length from information_schema.innodb_metrics where name = 'trx_rseg_history_len'",
  ),
  oldest_transaction: await oneRow(
    asked,
    `select trx_mysql_thread_id as pid, ${age('trx_started')} as transaction_s from information_schema.innodb_trx order by trx_started limit 1`,
  ),
  settings: byName(
    await asked.ask(VARIABLES('innodb_max_purge_lag', 'innodb_purge_threads', 'innodb_undo_log_truncate')),
  ),
});

async function hasPerformanceSchema(asked: Asked): Promise<boolean> {
  const { is_on: isOn } = await oneRow(asked, 'select @@global.performance_schema as is_on');
  return Number(isOn) === 1;
}

const DIGESTS = `select schema_name as db, count_star as calls, round(sum_timer_wait / 1e9, 1) as total_ms, round(avg_timer_wait / 1e9, 2) as mean_ms,
  round(max_timer_wait / 1e9, 1) as max_ms, sum_rows_examined as rows_examined, sum_rows_sent as rows_sent, sum_no_index_used as without_index,
  last_seen, left(digest_text, 500) as query
from performance_schema.events_statements_summary_by_digest where digest_text is not null`;

export const slowQueries: Check = async (asked): Promise<Findings> => {
  if (await hasPerformanceSchema(asked)) {
    return {
      by_total_time: await asked.ask(`${DIGESTS} order by sum_timer_wait desc limit 12`),
      by_mean_time: await asked.ask(`${DIGESTS} order by avg_timer_wait desc limit 8`),
    };
  }
  const log = byName(
    await asked.ask(VARIABLES('slow_query_log', 'long_query_time', 'log_output', 'slow_query_log_file')),
  );
  const count = byName(await asked.ask(STATUS('Slow_queries')));
  if (log['slow_query_log'] === 'ON' && String(log['log_output']).includes('TABLE')) {
    const slowest = await asked.ask(
      `select start_time, user_host, time_to_sec(query_time) as query_s, time_to_sec(lock_time) as lock_s, rows_sent, rows_examined, db, left(sql_text, 500) as query
from mysql.slow_log where start_time > utc_timestamp() - interval 1 day order by query_time desc limit 15`,
    );
    return { log, ...count, slowest };
  }
  const message =
    'performance_schema is off and the slow query log is not kept in a table, so the past is unknown here; the log may be in a file. long_queries shows what runs now.';
  return { log, ...count, message };
};
