import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Database } from './database.js';
import { Setting } from './setting.entity.js';

describe('Database', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let database: Database;

  const keep = (key: string): Promise<unknown> => database.repositoryOf(Setting).insert({ key, value: {} });
  const has = (key: string): Promise<boolean> => database.repositoryOf(Setting).existsBy({ key });

  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    database = new Database(dataSource);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  it('takes back everything when the work of a transaction fails', async () => {
    const work = database.transaction(async () => {
      await keep('lost');
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await has('lost')).toBe(false);
  });

  it('joins the transaction that is running', async () => {
    const outer = database.transaction(async () => {
      await database.transaction(() => keep('inner'));
      throw new Error('no');
    });
    await expect(outer).rejects.toThrow('no');
    expect(await has('inner')).toBe(false);
  });

  it('runs plain SQL inside the transaction too', async () => {
    const work = database.transaction(async () => {
      await database.query(`insert into settings (key, value) values ('plain', '{}')`);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await has('plain')).toBe(false);
  });

  it('shows others nothing before the end', async () => {
    await database.transaction(async () => {
      await keep('pending');
      expect(await dataSource.getRepository(Setting).existsBy({ key: 'pending' })).toBe(false);
    });
    expect(await has('pending')).toBe(true);
  });
});
