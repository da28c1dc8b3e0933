import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';

const OWNER = 'opsagent';

/** Where the server's own database listens, as that wrote it down. */
export function databaseIn(dataFolder: string): ClientConfig {
  const lines = readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return { host: lines[4].trim(), port: Number(lines[3]), user: OWNER, database: OWNER };
}
