import type { PoolConfig } from 'pg';
import type { Environment } from '../config/environment.js';
import { prepareDataFolder } from './data-folder.js';
import { openEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { openExternalPostgres } from './external-postgres.js';

/** What `pg` needs to reach the database. */
export type ConnectionFacts = Pick<
  PoolConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database' | 'options'
>;

/** A database that answers, and the folder that belongs to it. */
export interface OpenDatabase {
  readonly options: ConnectionFacts;
  /** Where the data lies, in words for the person who started the server; holds no password. */
  readonly where: string;
  /** The folder of the master key, and of the embedded database. */
  readonly dataDir: string;
  /** Stops what was started for it; a server of the user's is left alone. */
  close(): Promise<void>;
}

/**
 * Opens the PostgreSQL of `DATABASE_URL`, or starts the embedded one.
 * @throws StartError when there is none to be had.
 */
export async function openDatabase(
  environment: Environment,
  report: (line: string) => void = () => undefined,
): Promise<OpenDatabase> {
  const dataDir = prepareDataFolder(environment.OPSAGENT_DATA_DIR);
  return environment.DATABASE_URL === undefined
    ? openEmbeddedPostgres(dataDir, { report })
    : openExternalPostgres(environment.DATABASE_URL, dataDir);
}
