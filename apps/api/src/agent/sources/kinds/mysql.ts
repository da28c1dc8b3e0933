import type { Outbound } from '../../../platform/outbound/outbound.js';
import { placeOfDatabase } from '../databases/database-session.js';
import { testDatabase } from '../databases/test-database.js';
import { MYSQL_PORT } from '../databases/mysql-session.adapter.js';
import type { SourceKind } from '../source-kind.js';

/** A MySQL or MariaDB server. */
export function mysql(outbound: Outbound): SourceKind {
  return {
    kind: 'mysql',
    required: ['host', 'username'],
    optional: ['port', 'database', 'tls', 'action_username'],
    secrets: ['password', 'action_password'],
    problemWith: ({ database }) =>
      database?.toLowerCase() === 'mysql'
        ? { setting: 'database', message: 'database must not be the one that holds the accounts' }
        : undefined,
    placeOf: (settings) => placeOfDatabase({ settings }, MYSQL_PORT),
    test: (source, signal) => testDatabase(outbound, source, signal),
  };
}
