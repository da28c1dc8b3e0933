import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type DatabaseSchema, dataSourceOptions } from './data-source-options.js';
import type { OpenDatabase } from './open-database.js';
import { grantToServer, serverRole, underRole } from './server-role.js';

/** A database with today's tables, and the rights the server works with. */
export interface PreparedDatabase extends OpenDatabase {
  /** The role that the server works under; null where it works as the login that owns the tables. */
  readonly role: string | null;
}

/** One process prepares at a time; the others find it done. */
const LOCK = 1_764_000_000;

/** Brings the tables up to date as their owner, and goes over to a role that owns nothing where there can be one. */
export async function prepareDatabase(open: OpenDatabase, schema: DatabaseSchema): Promise<PreparedDatabase> {
  const owner = new Client(open.options);
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    await migrate(open, schema);
    const role = await serverRole(owner);
    if (role === null) return { ...open, role };
    await grantToServer(owner, role);
    const options = underRole(open.options, role);
    return (await works(options, role)) ? { ...open, options, role } : { ...open, role: null };
  } finally {
    await owner.end();
  }
}

async function migrate(open: OpenDatabase, { migrations }: DatabaseSchema): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions(open, { entities: [], migrations }));
  await dataSource.initialize();
  await dataSource.destroy();
}

/** A pooler in between may not pass on what a connection is to begin with. */
async function works(options: OpenDatabase['options'], role: string): Promise<boolean> {
  const client = new Client(options);
  // A server that refuses the connection also rejects the call below.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select current_user as name');
    return rows[0]?.name === role;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
