import { jest } from '@jest/globals';
import type { LimitStateListDto, ProblemDto } from '@opsagent/contracts';
import { Client, Pool } from 'pg';
import { Clock } from '../src/platform/clock/clock.js';
import { aUser } from './support/a-user.js';
import { DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

const TABLES = /\b(limits|rate_limits|run_slots|limit_notices)\b/;
const DAY_MS = 86_400_000;

describe('what counts against limits', () => {
  let server: DifyServer;
  let appId: string;

  beforeAll(async () => {
    server = await DifyServer.start();
    const { body } = await server.api<{ items: { id: string }[] }>('GET', '/api/apps');
    appId = body.items[0]?.id ?? '';
  });

  afterEach(async () => {
    await server.api('DELETE', `/api/limits/app/${appId}`);
  });

  afterAll(() => server.close());

  const limit = async (values: Record<string, unknown>): Promise<void> => {
    const { status } = await server.api('PUT', `/api/limits/app/${appId}`, values);
    expect(status).toBe(200);
  };
  const statusOf = async (): Promise<number> => (await server.ask('sim-text-2', 'x')).status;

  it('asks the database nothing about limits where none is set', async () => {
    expect(await statusOf()).toBe(200);
    const spies = [jest.spyOn(Client.prototype, 'query'), jest.spyOn(Pool.prototype, 'query')];
    for (let turn = 0; turn < 10; turn += 1) expect(await statusOf()).toBe(200);
    const sent = JSON.stringify(spies.flatMap((spy) => spy.mock.calls.map(([first]: unknown[]) => textOf(first))));
    for (const spy of spies) spy.mockRestore();
    expect(sent).toContain('messages');
    expect(sent).not.toMatch(TABLES);
  });

  it('refuses a user over their own limit with the time to wait, and nobody else', async () => {
    const { headers, id } = await aUser(server.app, 'operator');
    await server.api('PUT', `/api/limits/user/${id}`, { requests_per_minute: 1 });
    const read = () => server.send<ProblemDto>('GET', '/api/sessions', headers);
    expect((await read()).status).toBe(200);
    const refused = await read();
    expect(refused).toMatchObject({ status: 429, body: { code: 'limits/too-many-requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.api('GET', '/api/sessions')).status).toBe(200);
  });

  it('frees the places of a process that died when their leases end', async () => {
    await limit({ concurrent_runs: 1 });
    await server.app.query(
      `insert into run_slots (kind, subject, run_id, lease_until)
       values ('app', $1, gen_random_uuid(), clock_timestamp() + interval '2 seconds')`,
      [appId],
    );
    expect(await statusOf()).toBe(429);
    await eventually(async () => (await statusOf()) === 200);
  });

  it('lets a spent budget begin anew with the next day', async () => {
    expect(await statusOf()).toBe(200);
    await limit({ tokens_per_day: 1 });
    expect(await statusOf()).toBe(429);
    const tomorrow = new Date(Date.now() + DAY_MS);
    const clock = jest.spyOn(server.app.app.get(Clock, { strict: false }), 'now').mockReturnValue(tomorrow);
    try {
      expect(await statusOf()).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('says of how many answers a budget of money knows no price', async () => {
    expect(await statusOf()).toBe(200);
    await limit({ cost_per_month: 100, currency: 'CNY' });
    const { body } = await server.api<LimitStateListDto>('GET', '/api/limits/state');
    const [figure] = body.items.find(({ subject_id }) => subject_id === appId)?.figures ?? [];
    expect(figure).toMatchObject({ name: 'cost_per_month', used: 0, level: 'free', currency: 'CNY' });
    expect(figure?.unpriced_answers).toBeGreaterThan(0);
  });
});

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const { text } = (query ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}
