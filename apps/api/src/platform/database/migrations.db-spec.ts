import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';

/** What TypeORM would change; a statement that its own undoing repeats makes again what is there already. */
async function drift(dataSource: DataSource): Promise<string[]> {
  const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
  const undoing = new Set(downQueries.map(({ query }) => query));
  return upQueries.map(({ query }) => query).filter((query) => !undoing.has(query));
}

const tables = (dataSource: DataSource): Promise<{ name: string }[]> =>
  dataSource.query(`select table_name as name from information_schema.tables where table_schema = 'public'
                    and table_name <> 'migrations' order by 1`);

describe('The migrations', () => {
  let test: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    test = await createTestDatabase('empty');
    dataSource = await connectTo(test.open);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  it('build from nothing exactly what the entities describe', async () => {
    await dataSource.runMigrations();
    expect(await drift(dataSource)).toEqual([]);
  });

  it('would be seen to lack a column of an entity', async () => {
    await dataSource.query('alter table settings drop column updated_at');
    expect(await drift(dataSource)).toEqual([expect.stringContaining('ADD "updated_at"')]);
    await dataSource.query('alter table settings add column updated_at timestamptz not null default now()');
  });

  it('go back to nothing and forward again', async () => {
    const before = await tables(dataSource);
    for (let left = dataSource.migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
    expect(await tables(dataSource)).toEqual([]);
    await dataSource.runMigrations();
    expect(await tables(dataSource)).toEqual(before);
  });
});
