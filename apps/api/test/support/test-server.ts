import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { parsePostgresUrl, postgresHost } from '../../src/platform/config/postgres-url.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { openEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import type { ConnectionFacts, OpenDatabase } from '../../src/platform/database/open-database.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';

/** Tests lose nothing in a power cut, and many of them run at once. */
const TEST_SETTINGS = { fsync: 'off', max_connections: '300' };

/** What a test file needs to copy the template. */
export interface TestServerFacts {
  readonly server: ConnectionFacts;
  readonly template: string;
}

export interface TestServer {
  readonly facts: TestServerFacts;
  stop(): Promise<void>;
}

/** The server named by `url`, or an embedded one in a temp folder, with the migrated template in it. */
export async function startTestServer(url: string | undefined): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'opsagent-test-'));
  const embedded = url ? undefined : await openEmbeddedPostgres(folder, { settings: TEST_SETTINGS });
  const server = embedded?.options ?? readUrl(url ?? '');
  const template = `opsagent_template_${process.pid}`;
  await runSql(server, `drop database if exists ${template}`, `create database ${template}`);
  await migrate({
    options: { ...server, database: template },
    where: template,
    dataDir: folder,
    close: async () => {},
  });
  const stop = async (): Promise<void> => {
    if (!embedded) await runSql(server, `drop database ${template} with (force)`);
    await embedded?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { facts: { server, template }, stop };
}

/** Taken apart, because the name of the database changes from test to test. */
function readUrl(address: string): ConnectionFacts {
  const url = parsePostgresUrl(address);
  if (url === undefined) throw new Error('TEST_DATABASE_URL must be a postgres:// address.');
  return {
    host: postgresHost(url),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
  };
}

async function migrate(open: OpenDatabase): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions(open, { entities: ENTITIES, migrations: MIGRATIONS }));
  await dataSource.initialize();
  await dataSource.destroy();
}

export async function runSql(facts: ConnectionFacts, ...statements: string[]): Promise<void> {
  for (const statement of statements) await rowsOf(facts, statement);
}

/** What one statement answers. */
export async function rowsOf(facts: ConnectionFacts, statement: string): Promise<Record<string, string>[]> {
  const client = new Client(facts);
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(statement)).rows;
  } finally {
    await client.end();
  }
}
