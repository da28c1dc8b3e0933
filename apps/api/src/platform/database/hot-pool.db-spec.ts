import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { runSql } from '../../../test/support/test-server.js';
import { databaseUnavailable } from './database-unavailable.js';
import { HotPool } from './hot-pool.js';

describe('HotPool', () => {
  let test: TestDatabase;
  let pool: HotPool;

  beforeAll(async () => {
    test = await createTestDatabase();
    pool = new HotPool(test.open.options);
  });

  afterAll(async () => {
    await pool.onApplicationShutdown();
    await test.drop();
  });

  it('answers the rows of a named statement', async () => {
    const rows = await pool.query<{ sum: number }>({
      name: 'sum',
      text: 'select $1::int + $2::int as sum',
      values: [1, 2],
    });
    expect(rows).toEqual([{ sum: 3 }]);
  });

  it('prepares a statement once per connection', async () => {
    const statement = { name: 'prepared', text: 'select name from pg_prepared_statements', values: [] };
    await pool.query(statement);
    expect(await pool.query(statement)).toContainEqual({ name: 'prepared' });
  });

  it('keeps one plan for a statement, whatever its values', async () => {
    const rows = await pool.query({ name: 'plans', text: 'show plan_cache_mode', values: [] });
    expect(rows).toEqual([{ plan_cache_mode: 'force_generic_plan' }]);
  });

  it('goes on with a new connection after one broke', async () => {
    await runSql(
      test.open.options,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'opsagent chat' and datname = current_database()`,
    );
    const ask = (): Promise<{ one: number }[]> => pool.query({ name: 'one', text: 'select 1 as one', values: [] });
    // The first query may still meet the broken connection; it then says that the database is out of reach.
    const first = await ask().catch((error: unknown) => databaseUnavailable(error));
    expect([true, [{ one: 1 }]]).toContainEqual(first);
    expect(await ask()).toEqual([{ one: 1 }]);
  });

  it('tells a refused statement from a database out of reach', async () => {
    const refused = await pool.query({ name: 'bad', text: 'select 1/0', values: [] }).catch((error: unknown) => error);
    expect(databaseUnavailable(refused)).toBe(false);
    const nowhere = new HotPool({ host: '127.0.0.1', port: 1, user: 'x', database: 'x' });
    const away = await nowhere.query({ name: 'x', text: 'select 1', values: [] }).catch((error: unknown) => error);
    await nowhere.onApplicationShutdown();
    expect(databaseUnavailable(away)).toBe(true);
  });
});
