import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import type { DataSource } from 'typeorm';
import { Database } from './database.js';
import { Settings } from './settings.js';

describe('Settings', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let settings: Settings;

  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    settings = new Settings(new Database(dataSource));
  });

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  it('answers nothing for a key that was never set', async () => {
    expect(await settings.get('unknown')).toBeUndefined();
  });

  it('keeps what was set last, whatever its shape', async () => {
    await settings.set('greeting', 'hello');
    await settings.set('greeting', { text: '你好', times: [1, 2] });
    expect(await settings.get('greeting')).toEqual({ text: '你好', times: [1, 2] });
  });

  it('lets two processes that set a key at once agree on one value', async () => {
    const answers = await Promise.all([settings.getOrSet('winner', 'a'), settings.getOrSet('winner', 'b')]);
    expect(answers[0]).toBe(answers[1]);
  });
});
