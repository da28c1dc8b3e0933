import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Database } from '../platform/database/database.js';
import { FOR_ALL } from './access/config-access.js';
import type { LlmConfig } from './llm-config.entity.js';
import { LlmConfigNameTaken } from './llm-config.errors.js';
import { LlmConfigRepository, type LlmConfigValues } from './llm-config.repository.js';

describe('LlmConfigRepository', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let repository: LlmConfigRepository;

  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    repository = new LlmConfigRepository(new Database(dataSource));
  });

  beforeEach(() => dataSource.query('delete from llm_configs'));

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  const aConfig = (values: Partial<LlmConfigValues> = {}): Promise<LlmConfig> =>
    repository.insert(crypto.randomUUID(), {
      ...{ name: 'main', provider: 'openai', modelName: 'gpt-6-luna', apiKey: null, baseUrl: null, maxTokens: null },
      ...{ temperature: null, topP: null, frequencyPenalty: null, presencePenalty: null, description: null },
      ...{ isActive: true, isDefault: false, isEmbedding: false, extraConfig: null, createdBy: null, updatedBy: null },
      access: FOR_ALL,
      ...{ tags: [], fallbackIds: [], secretHeaders: null },
      ...values,
    });

  it('gives back what was stored', async () => {
    const { id } = await aConfig({ temperature: 0.7, extraConfig: { stop: ['结束'] }, description: '主' });
    expect(await repository.findById(id)).toMatchObject({
      ...{ id, temperature: 0.7, extraConfig: { stop: ['结束'] }, description: '主', usageCount: 0, lastUsedAt: null },
    });
  });

  it('refuses the same name in another case, also on a change', async () => {
    await aConfig({ name: 'Main' });
    const { id } = await aConfig({ name: 'other' });
    await expect(aConfig({ name: 'mAIN' })).rejects.toThrow(LlmConfigNameTaken);
    await expect(repository.update(id, { name: 'MAIN' })).rejects.toThrow(LlmConfigNameTaken);
  });

  it('has room for one default of each kind and no second one', async () => {
    await aConfig({ name: 'chat', isDefault: true });
    await aConfig({ name: 'vectors', isDefault: true, isEmbedding: true });
    await expect(aConfig({ name: 'second', isDefault: true })).rejects.toThrow('uq_llm_configs_default');
    expect((await repository.findDefault(true))?.name).toBe('vectors');
  });

  it('moves updated_at forward with every change, by a millisecond at least', async () => {
    const { id, updatedAt } = await aConfig();
    let last = updatedAt;
    for (let n = 0; n < 20; n++) {
      const { updatedAt: next } = await repository.update(id, { description: `change ${n}` });
      expect(next.getTime()).toBeGreaterThan(last.getTime());
      last = next;
    }
  });

  it('leaves updated_at alone when only uses are counted or nothing changes', async () => {
    const { id, updatedAt, name } = await aConfig();
    await repository.addUses([{ id, times: 3, lastUsedAt: new Date() }]);
    await repository.update(id, { name });
    expect(await repository.findById(id)).toMatchObject({ updatedAt, usageCount: 3 });
  });

  it('adds up uses of many configurations in one statement and keeps the latest time', async () => {
    const [a, b] = [await aConfig({ name: 'a' }), await aConfig({ name: 'b' })];
    const [early, late] = [new Date('2026-11-01T00:00:00Z'), new Date('2026-11-02T00:00:00Z')];
    await repository.addUses([
      { id: a.id, times: 2, lastUsedAt: late },
      { id: b.id, times: 1, lastUsedAt: early },
      { id: crypto.randomUUID(), times: 9, lastUsedAt: late },
    ]);
    await repository.addUses([{ id: a.id, times: 5, lastUsedAt: early }]);
    expect(await repository.findById(a.id)).toMatchObject({ usageCount: 7, lastUsedAt: late });
    expect(await repository.findById(b.id)).toMatchObject({ usageCount: 1, lastUsedAt: early });
  });

  it('has exactly the 22 columns and the named indexes', async () => {
    const columns = await dataSource.query<{ column_name: string }[]>(
      `select column_name from information_schema.columns where table_name = 'llm_configs' order by ordinal_position`,
    );
    expect(columns.map(({ column_name }) => column_name)).toEqual([
      ...['id', 'name', 'provider', 'model_name', 'api_key', 'base_url', 'max_tokens', 'temperature', 'top_p'],
      ...['frequency_penalty', 'presence_penalty', 'description', 'is_active', 'is_default', 'is_embedding'],
      ...['extra_config', 'usage_count', 'last_used_at', 'created_at', 'updated_at', 'created_by', 'updated_by'],
    ]);
    const indexes = await dataSource.query<{ indexname: string }[]>(
      `select indexname from pg_indexes where tablename = 'llm_configs' order by indexname`,
    );
    expect(indexes.map(({ indexname }) => indexname)).toEqual([
      ...['idx_llm_configs_is_active', 'idx_llm_configs_is_default', 'idx_llm_configs_is_embedding'],
      ...['idx_llm_configs_provider', 'llm_configs_pkey', 'uq_llm_configs_default', 'uq_llm_configs_name'],
    ]);
  });

  it('is described to TypeORM as it is', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const own = upQueries.map(({ query }) => query).filter((query) => query.includes('llm_configs'));
    // A change of the table of users takes every reference to it off and puts it back.
    expect(own.filter((query) => !query.includes('_by_fkey'))).toEqual([]);
  });
});
