import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import type { OpenDatabase } from '../../src/platform/database/open-database.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { rowsOf, runSql, type TestServerFacts } from './test-server.js';

/** A database of a test file's own, with the whole schema and no rows. */
export interface TestDatabase {
  readonly open: OpenDatabase;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Copies the migrated template, or makes an empty database for the tests of the migrations themselves. */
export async function createTestDatabase(from: 'template' | 'empty' = 'template'): Promise<TestDatabase> {
  const { server, template } = testServer();
  const name = `opsagent_test_${randomBytes(6).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'opsagent-test-data-'));
  await runSql(server, `create database ${name} template ${from === 'empty' ? 'template0' : template}`);
  const open = {
    options: { ...server, database: name },
    where: `the test database ${name}`,
    dataDir,
    close: async () => {},
  };
  const drop = async (): Promise<void> => {
    const role = await rowsOf(
      server,
      `select 'opsagent_server_' || oid as name from pg_database where datname = '${name}'`,
    );
    await runSql(server, `drop database if exists ${name} with (force)`);
    for (const { name: left } of role) await runSql(server, `drop role if exists ${left}`);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { open, drop };
}

/** A connected TypeORM data source on a test database, for repositories tested without the whole app. */
export async function connectTo(open: OpenDatabase): Promise<DataSource> {
  const options = dataSourceOptions(open, { entities: ENTITIES, migrations: MIGRATIONS });
  return new DataSource({ ...options, migrationsRun: false }).initialize();
}

function testServer(): TestServerFacts {
  const facts = process.env['OPSAGENT_TEST_SERVER'];
  if (facts === undefined) throw new Error('No test database: run this file through Jest with its global setup.');
  return JSON.parse(facts) as TestServerFacts;
}
