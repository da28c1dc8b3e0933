import type { Outbound } from '../../../platform/outbound/outbound.js';
import { serverInWords } from '../databases/database-role.js';
import { placeOfDatabase } from '../databases/database-session.js';
import { withDatabase } from '../databases/open-database.js';
import { POSTGRES_PORT } from '../databases/postgres-session.adapter.js';
import type { SourceKind } from '../source-kind.js';

const TEST_STATEMENT_MS = 10_000;

/** A PostgreSQL server. */
export function postgresql(outbound: Outbound): SourceKind {
  return {
    kind: 'postgresql',
    required: ['host', 'username'],
    optional: ['port', 'database', 'tls'],
    secrets: ['password'],
    placeOf: (settings) => placeOfDatabase({ settings }, POSTGRES_PORT),
    test: (source, signal) => withDatabase(outbound, source, { statementMs: TEST_STATEMENT_MS }, signal, serverInWords),
  };
}
