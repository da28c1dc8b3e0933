import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { connectTo, createTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Database } from '../platform/database/database.js';
import { AnswerFigures } from './answer-figures.repository.js';

const CONFIG = '0b1f6a52-7c1e-4d5f-9a58-3f0f6a1c0001';
const OTHER = '0b1f6a52-7c1e-4d5f-9a58-3f0f6a1c0002';
const span = { from: new Date('2026-11-25T00:00:00Z'), to: new Date('2026-11-26T00:00:00Z') };

describe('AnswerFigures', () => {
  let test: TestDatabase;
  let dataSource: DataSource;
  let figures: AnswerFigures;
  const session = randomUUID();

  beforeAll(async () => {
    test = await createTestDatabase();
    dataSource = await connectTo(test.open);
    figures = new AnswerFigures(new Database(dataSource));
    await dataSource.query(`insert into user_sessions (id, channel) values ($1, 'console')`, [session]);
  });

  beforeEach(() => dataSource.query('delete from messages'));

  afterAll(async () => {
    await dataSource.destroy();
    await test.drop();
  });

  const answered = (at: string, status = 'finished', firstTokenMs: number | null = 100, config = CONFIG) =>
    dataSource.query(
      `insert into messages (id, session_id, run_id, query, status, first_token_ms, llm_config_id, model_name, created_at)
       values ($1, $2, $1, 'q', $3, $4, $5, 'm', $6)`,
      [randomUUID(), session, status, firstTokenMs, config, at],
    );

  it('counts nothing where nothing was asked', async () => {
    expect(await figures.counts(span)).toEqual({ requests: 0, failed: 0, firstTokenP95Ms: null });
    expect(await figures.byQuarter(span)).toEqual([]);
    expect(await figures.byConfig(span)).toEqual([]);
    expect(await figures.hasAny()).toBe(false);
  });

  it('counts what was asked for from the beginning of the span, up to its end', async () => {
    for (const at of ['2026-11-24T23:59:59.999Z', '2026-11-25T00:00:00Z', '2026-11-25T23:59:59.999Z'])
      await answered(at);
    await answered('2026-11-26T00:00:00Z', 'failed');
    expect(await figures.counts(span)).toMatchObject({ requests: 2, failed: 0 });
  });

  it('counts as failed what failed, not what was stopped or is still running', async () => {
    for (const status of ['failed', 'stopped', 'running', 'finished']) await answered('2026-11-25T12:00:00Z', status);
    expect(await figures.counts(span)).toMatchObject({ requests: 4, failed: 1 });
  });

  it('knows within which time the first token of 95 in 100 answers came', async () => {
    for (let at = 1; at <= 101; at++) await answered('2026-11-25T12:00:00Z', 'finished', at * 10);
    await answered('2026-11-25T12:00:00Z', 'failed', null);
    expect((await figures.counts(span)).firstTokenP95Ms).toBe(960);
  });

  it('tells quarters of an hour and configurations apart', async () => {
    await answered('2026-11-25T00:14:59.999Z');
    await answered('2026-11-25T00:15:00Z', 'failed');
    await answered('2026-11-25T00:29:00Z');
    await answered('2026-11-25T23:59:00Z', 'finished', 5, OTHER);
    const found = await figures.byQuarter(span);
    expect(found.sort((a, b) => a.quarter - b.quarter)).toEqual([
      { llmConfigId: CONFIG, quarter: 0, requests: 1, failed: 0 },
      { llmConfigId: CONFIG, quarter: 1, requests: 2, failed: 1 },
      { llmConfigId: OTHER, quarter: 95, requests: 1, failed: 0 },
    ]);
  });

  it('says since when a configuration fails', async () => {
    for (const minute of [30, 10, 20]) await answered(`2026-11-25T12:${minute}:00Z`, 'failed');
    await answered('2026-11-25T12:05:00Z');
    expect(await figures.byConfig(span)).toEqual([
      { llmConfigId: CONFIG, requests: 4, failed: 3, firstFailedAt: new Date('2026-11-25T12:10:00Z') },
    ]);
  });

  it('knows of an answer only when one was whole', async () => {
    await answered('2026-11-25T12:00:00Z', 'failed');
    expect(await figures.hasAny()).toBe(false);
    await answered('2020-01-01T00:00:00Z');
    expect(await figures.hasAny()).toBe(true);
  });
});
