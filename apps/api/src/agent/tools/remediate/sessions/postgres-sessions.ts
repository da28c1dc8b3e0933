import type { SessionEngine } from './found-session.js';

const FUNCTIONS = { cancel_db_query: 'pg_cancel_backend', terminate_db_backend: 'pg_terminate_backend' } as const;

const FIND = `
select pid, usename as user, datname as database, host(client_addr) as client, application_name as application,
  state, backend_start as session_started_at, xact_start as transaction_started_at, query_start as query_started_at,
  left(query, 2000) as query, backend_type, pid = pg_backend_pid() as is_own,
  (select array_agg(other.pid) from pg_stat_activity other where a.pid = any (pg_blocking_pids(other.pid))) as blocks
from pg_stat_activity a where pid = $1`;

/** Sessions of PostgreSQL. */
export const POSTGRES_SESSIONS: SessionEngine = {
  // Both are told to the microsecond.
  toleranceMs: 1,

  inWords: (action, pid) => `select ${FUNCTIONS[action]}(${pid})`,

  async find(session, pid) {
    // Within one transaction the sessions are told as they were at the first look.
    await session.ask('select pg_stat_clear_snapshot()');
    const [row] = await session.ask(FIND, [pid]);
    if (!row) return undefined;
    const { backend_type: type, is_own: isOwn, ...facts } = row;
    const isSpared =
      facts['session_started_at'] === null
        ? 'The login for actions does not see it: grant it pg_read_all_stats and pg_signal_backend.'
        : isOwn === true || type !== 'client backend'
          ? 'It is no client, but a part of the server or OpsAgent itself.'
          : undefined;
    return {
      pid,
      startedAt: String(facts['session_started_at']),
      queryStartedAt: facts['state'] === 'active' ? String(facts['query_started_at']) : null,
      ...(isSpared && { isSpared }),
      facts,
    };
  },

  async end(session, action, { pid, startedAt, queryStartedAt }) {
    // Looks once more within the statement, which leaves no time for another to take its number.
    await session.ask(
      `select ${FUNCTIONS[action]}(pid) from pg_stat_activity where pid = $1 and backend_start = $2::timestamptz
       and ($3::timestamptz is null or query_start = $3::timestamptz)`,
      [pid, startedAt, action === 'cancel_db_query' ? queryStartedAt : null],
    );
  },
};
