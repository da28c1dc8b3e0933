import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { StartError } from '../config/start-error.js';
import { Database } from '../database/database.js';
import { Settings } from '../database/settings.js';
import { useCurrentKey } from './current-key.js';
import { type EnvironmentKeys, KeyRing } from './key-ring.js';
import { MasterKeyFile } from './master-key-file.js';

const [OLD, NEW] = ['01'.repeat(32), '02'.repeat(32)];

describe('the ring of master keys', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let settings: Settings;
  let path: string;

  beforeEach(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    settings = new Settings(new Database(dataSource));
    path = join(test.open.dataDir, 'master.key');
  });

  afterEach(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  const ring = (environment: EnvironmentKeys = {}) => new KeyRing(environment, new MasterKeyFile(test.open.dataDir));

  it('makes a key at the first start, for its owner only, and finds it again', () => {
    const made = ring().current;
    expect(made.bytes).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(ring().current).toEqual(made);
    expect(readdirSync(test.open.dataDir)).toEqual(['master.key']);
  });

  it('takes keys of the environment, and leaves no file then', () => {
    expect(ring({ key: 'ab'.repeat(32) }).current.bytes).toEqual(Buffer.alloc(32, 0xab));
    expect(readdirSync(test.open.dataDir)).toEqual([]);
  });

  it('refuses a file that holds something else, and leaves it as it is', () => {
    for (const text of ['not a key', '', `${OLD}\nnot a key\n`]) {
      writeFileSync(path, text);
      expect(() => ring()).toThrow(StartError);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });

  it('seals with the key that the database uses, which keeps no more than its fingerprint', async () => {
    await useCurrentKey(ring({ key: OLD }), settings);
    await useCurrentKey(ring({ key: OLD }), settings);
    const both = ring({ key: NEW, previous: OLD });
    await useCurrentKey(both, settings);
    expect(both.current.bytes.toString('hex')).toBe(OLD);
    expect(both.newest.bytes.toString('hex')).toBe(NEW);
    await expect(useCurrentKey(ring({ key: NEW }), settings)).rejects.toThrow(/^The master key is not the one/);
    expect(JSON.stringify(await dataSource.query('select * from settings'))).not.toContain(OLD);
  });

  it('keeps earlier keys in the file until they are forgotten, and opens with them until it ends', () => {
    const keys = ring();
    const first = keys.current;
    keys.makeNewest();
    expect(keys.current).toEqual(first);
    expect(keys.hasNewer).toBe(true);
    expect(ring().ids).toEqual(keys.ids);
    expect(keys.use(keys.newest.fingerprint)).toBe(true);
    keys.forgetEarlier();
    expect(ring().ids).toEqual([keys.current.id]);
    expect(keys.find(first.id)).toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('finds a key that another process put into the file', () => {
    const [here, there] = [ring(), ring()];
    there.makeNewest();
    expect(here.use(there.newest.fingerprint)).toBe(true);
    expect(here.current).toEqual(there.newest);
    expect(here.use('of no key')).toBe(false);
    expect(here.current).toEqual(there.newest);
  });
});
