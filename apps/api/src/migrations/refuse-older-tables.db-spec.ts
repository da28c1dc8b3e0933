import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { StartError } from '../platform/config/start-error.js';
import { refuseOlderTables } from './refuse-older-tables.js';

describe('a database that is there already', () => {
  let test: TestDatabase;

  afterEach(() => test.drop());

  it('is taken when it is empty', async () => {
    test = await createTestDatabase('empty');
    await expect(refuseOlderTables(test.open)).resolves.toBeUndefined();
  });

  it('is taken when it is our own', async () => {
    test = await createTestDatabase();
    await expect(refuseOlderTables(test.open)).resolves.toBeUndefined();
  });

  it('is refused in one sentence, and left as it is, when the older system made its tables', async () => {
    test = await createTestDatabase('empty');
    const client = new Client(test.open.options);
    await client.connect();
    await client.query('create table llm_configs (id uuid primary key, name varchar(100))');
    await expect(refuseOlderTables(test.open)).rejects.toThrow(StartError);
    await expect(refuseOlderTables(test.open)).rejects.toThrow(
      /^The database already holds an "llm_configs" table[^.]*\.$/,
    );
    const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`);
    await client.end();
    expect(rows).toEqual([{ tablename: 'llm_configs' }]);
  });
});
