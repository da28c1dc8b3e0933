import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Database } from '../platform/database/database.js';
import { Signals } from '../platform/database/signals.js';
import { AesSecretBox } from '../platform/secrets/aes-secret-box.adapter.js';
import { KeyRing } from '../platform/secrets/key-ring.js';
import { MasterKeyFile } from '../platform/secrets/master-key-file.js';
import { SealedColumns } from '../platform/secrets/sealed-columns.js';
import { LlmConfigFactsMaker } from './llm-config-facts-maker.js';
import { LlmConfigHeaders } from './llm-config-headers.js';
import { LlmConfigKeys } from './llm-config-keys.js';
import { LlmConfigStore } from './llm-config-store.js';
import { LlmConfigRepository } from './llm-config.repository.js';

const ID = 'c0ffee00-0000-4000-8000-000000000001';

describe('LlmConfigStore', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let signals: Signals;
  let keys: LlmConfigKeys;
  let headers: LlmConfigHeaders;
  let repository: LlmConfigRepository;
  let store: LlmConfigStore;

  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    const database = new Database(dataSource);
    const box = new AesSecretBox(new KeyRing({}, new MasterKeyFile(test.open.dataDir)));
    repository = new LlmConfigRepository(database);
    const columns = new SealedColumns(database, box);
    keys = new LlmConfigKeys(box, columns);
    headers = new LlmConfigHeaders(box, columns);
    signals = new Signals(test.open.options);
  });

  beforeEach(async () => {
    store = new LlmConfigStore(repository, new LlmConfigFactsMaker(keys, headers), signals);
    await signals.onApplicationBootstrap();
    await dataSource.query('delete from llm_configs');
    await dataSource.query(
      `insert into llm_configs (id, name, provider, model_name, api_key, temperature, is_default)
       values ($1, 'main', 'deepseek', 'deepseek-flash', $2, 0.5, true)`,
      [ID, keys.seal(ID, 'sk-secret')],
    );
  });

  afterAll(async () => {
    await signals.onApplicationShutdown();
    await dataSource.destroy();
    await test.drop();
  });

  const rename = (name: string): Promise<unknown> =>
    dataSource.query('update llm_configs set name = $1 where id = $2', [name, ID]);

  it('answers what callers of the model need, the provider’s own address included', async () => {
    expect(await store.get(ID.toUpperCase())).toMatchObject({
      ...{ id: ID, name: 'main', baseUrl: 'https://api.deepseek.com', extra: {}, isActive: true, isEmbedding: false },
      parameters: { maxTokens: null, temperature: 0.5 },
    });
    expect((await store.defaultOf(false))?.id).toBe(ID);
    expect(await store.defaultOf(true)).toBeNull();
  });

  it('opens the key on request and carries it in no field', async () => {
    const facts = await store.get(ID);
    expect(facts?.apiKey()).toBe('sk-secret');
    expect(JSON.stringify(facts)).not.toContain('sk-secret');
  });

  it('asks the database once, until it is told to forget', async () => {
    const first = await store.get(ID);
    await rename('renamed');
    expect(await store.get(ID)).toBe(first);
    store.forget(ID);
    expect((await store.get(ID))?.name).toBe('renamed');
  });

  it('does not keep what was being read while it was told to forget', async () => {
    const reading = store.get(ID);
    await rename('renamed');
    store.forget(ID);
    await reading;
    expect((await store.get(ID))?.name).toBe('renamed');
  });

  it('forgets when another process announces a change, and says so', async () => {
    await store.get(ID);
    await rename('renamed elsewhere');
    const told = new Promise<string | null>((resolve) => store.onChange(resolve));
    await repository.announce(ID);
    expect(await told).toBe(ID);
    expect((await store.get(ID))?.name).toBe('renamed elsewhere');
  });

  it('knows nothing of ids that do not exist or are none, and notices when one comes to exist', async () => {
    expect(await store.get('not an id')).toBeNull();
    await dataSource.query('delete from llm_configs');
    store.forget(null);
    expect(await store.get(ID)).toBeNull();
    await dataSource.query(`insert into llm_configs (id, name, provider, model_name) values ($1, 'x', 'ollama', 'm')`, [
      ID,
    ]);
    expect((await store.get(ID))?.baseUrl).toBe('http://localhost:11434');
  });
});
