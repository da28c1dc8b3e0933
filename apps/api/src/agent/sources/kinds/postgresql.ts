import type { Outbound } from '../../../platform/outbound/outbound.js';
import { placeOfDatabase } from '../databases/database-session.js';
import { testDatabase } from '../databases/test-database.js';
import { POSTGRES_PORT } from '../databases/postgres-session.adapter.js';
import type { SourceKind } from '../source-kind.js';

/** A PostgreSQL server. */
export function postgresql(outbound: Outbound): SourceKind {
  return {
    kind: 'postgresql',
    required: ['host', 'username'],
    optional: ['port', 'database', 'tls', 'action_username'],
    secrets: ['password', 'action_password'],
    placeOf: (settings) => placeOfDatabase({ settings }, POSTGRES_PORT),
    test: (source, signal) => testDatabase(outbound, source, signal),
  };
}
