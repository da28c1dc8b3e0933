import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { eventually } from '../../test/support/eventually.js';
import { connectTo, createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { SystemClock } from '../platform/clock/system-clock.js';
import { Database } from '../platform/database/database.js';
import { LlmConfigUsage } from './llm-config-usage.js';
import { LlmConfigRepository } from './llm-config.repository.js';

const ID = 'c0ffee00-0000-4000-8000-000000000002';

describe('LlmConfigUsage', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let usage: LlmConfigUsage;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    const database = new Database(dataSource);
    usage = new LlmConfigUsage(database, new LlmConfigRepository(database), new SystemClock());
    await dataSource.query(
      `insert into llm_configs (id, name, provider, model_name) values ($1, 'main', 'ollama', 'qwen3')`,
      [ID],
    );
  });

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  const counted = async (): Promise<number> => {
    const [row] = await dataSource.query<{ usage_count: string }[]>('select usage_count from llm_configs');
    return Number(row?.usage_count);
  };

  it('writes down by itself, soon, what was used', async () => {
    for (let n = 0; n < 1000; n++) usage.used(ID);
    await eventually(async () => (await counted()) > 0);
    expect(await counted()).toBe(1000);
  });

  it('loses nothing when the server goes, and nothing of configurations that are gone', async () => {
    usage.used(ID);
    usage.used(crypto.randomUUID());
    await usage.beforeApplicationShutdown();
    expect(await counted()).toBe(1001);
  });

  it('keeps what cannot be written just now', async () => {
    usage.used(ID);
    await dataSource.query('alter table llm_configs rename to hidden');
    await usage.flush();
    await dataSource.query('alter table hidden rename to llm_configs');
    usage.used(ID);
    await usage.flush();
    expect(await counted()).toBe(1003);
  });
});
