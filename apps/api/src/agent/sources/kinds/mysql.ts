import type { Outbound } from '../../../platform/outbound/outbound.js';
import { serverInWords } from '../databases/database-role.js';
import { placeOfDatabase } from '../databases/database-session.js';
import { withDatabase } from '../databases/open-database.js';
import { MYSQL_PORT } from '../databases/mysql-session.adapter.js';
import type { SourceKind } from '../source-kind.js';

const TEST_STATEMENT_MS = 10_000;

/** A MySQL or MariaDB server. */
export function mysql(outbound: Outbound): SourceKind {
  return {
    kind: 'mysql',
    required: ['host', 'username'],
    optional: ['port', 'database', 'tls'],
    secrets: ['password'],
    problemWith: ({ database }) =>
      database?.toLowerCase() === 'mysql'
        ? { setting: 'database', message: 'database must not be the one that holds the accounts' }
        : undefined,
    placeOf: (settings) => placeOfDatabase({ settings }, MYSQL_PORT),
    test: (source, signal) => withDatabase(outbound, source, { statementMs: TEST_STATEMENT_MS }, signal, serverInWords),
  };
}
