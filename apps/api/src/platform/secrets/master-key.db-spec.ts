import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { StartError } from '../config/start-error.js';
import { Database } from '../database/database.js';
import { Settings } from '../database/settings.js';
import { masterKey, requireSameKey } from './master-key.js';

describe('the master key', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let settings: Settings;

  beforeEach(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    settings = new Settings(new Database(dataSource));
  });

  afterEach(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  it('is made at the first start, for its owner only, and found again', () => {
    const folder = test.open.dataDir;
    const made = masterKey(undefined, folder);
    expect(made).toHaveLength(32);
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    expect(masterKey(undefined, folder)).toEqual(made);
    expect(readdirSync(folder)).toEqual(['master.key']);
  });

  it('comes from the environment where it is set, and leaves no file then', () => {
    expect(masterKey('ab'.repeat(32), test.open.dataDir)).toEqual(Buffer.alloc(32, 0xab));
    expect(readdirSync(test.open.dataDir)).toEqual([]);
  });

  it('is refused when its file holds something else, which stays as it is', () => {
    const path = join(test.open.dataDir, 'master.key');
    writeFileSync(path, 'not a key');
    expect(() => masterKey(undefined, test.open.dataDir)).toThrow(StartError);
    expect(readFileSync(path, 'utf8')).toBe('not a key');
    chmodSync(path, 0o600);
  });

  it('must stay the same for a database, which keeps no more than its fingerprint', async () => {
    const key = Buffer.alloc(32, 1);
    await requireSameKey(key, settings);
    await requireSameKey(key, settings);
    await expect(requireSameKey(Buffer.alloc(32, 2), settings)).rejects.toThrow(/^The master key is not the one/);
    expect(JSON.stringify(await dataSource.query('select * from settings'))).not.toContain(key.toString('hex'));
  });
});
