import { serverStart } from '../../db/checks/mysql-activity.js';
import type { SessionEngine } from './found-session.js';

/** Commands of threads that are no clients. */
const OF_THE_SERVER = /^(Daemon|Binlog Dump|Slave|Replica|Connect$|Killed$)/;

const FIND = `
select p.id as pid, p.user, substring_index(p.host, ':', 1) as client, p.db as \`database\`, p.command, p.state,
  p.time as in_state_s, date_format(utc_timestamp() - interval p.time second, '%Y-%m-%dT%H:%i:%sZ') as in_state_since,
  left(p.info, 2000) as query, p.id = connection_id() as is_own, t.trx_rows_locked as rows_locked, t.trx_rows_modified as rows_modified
from information_schema.processlist p left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
where p.id = ?`;

/** Sessions of MySQL and MariaDB, which give a number only once between two starts of the server. */
export const MYSQL_SESSIONS: SessionEngine = {
  // Both are known to the second, and computed from two clocks.
  toleranceMs: 3_000,

  inWords: (action, pid) => (action === 'cancel_db_query' ? `KILL QUERY ${pid}` : `KILL CONNECTION ${pid}`),

  async find(session, pid) {
    const [row] = await session.ask(FIND, [pid]);
    if (!row) return undefined;
    const { is_own: isOwn, in_state_since: since, ...facts } = row;
    const startedAt = await serverStart(session);
    const command = String(facts['command']);
    const isPart = Number(isOwn) === 1 || OF_THE_SERVER.test(command) || facts['user'] === 'system user';
    const queryStartedAt = command === 'Sleep' ? null : String(since);
    return {
      pid,
      startedAt,
      queryStartedAt,
      ...(isPart && { isSpared: 'It is no client, but a part of the server or OpsAgent itself.' }),
      facts: { ...facts, server_started_at: startedAt, query_started_at: queryStartedAt },
    };
  },

  async end(session, action, { pid }) {
    await session.ask(MYSQL_SESSIONS.inWords(action, pid));
  },
};
