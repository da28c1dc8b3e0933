import type { ChatEvent, LimitStateListDto } from '@opsagent/contracts';
import { jest } from '@jest/globals';
import { Clock } from '../src/platform/clock/clock.js';
import { readEvents } from './support/console.js';
import { APP_KEY, DifyServer, eventsOf } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { addressOf } from './support/killed-servers.js';
import { ServerProcess } from './support/server-process.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** What docs/deployment.md says, and a little for a busy machine. */
const HEARD_ELSEWHERE_WITHIN_MS = 4_000 + 2_000;

const QUESTION = { query: 'x', inputs: {}, user: 'u', auto_generate_name: false };

describe('how exact limits are', () => {
  let server: DifyServer;
  let other: TestApp;
  let appId: string;

  beforeAll(async () => {
    server = await DifyServer.start();
    const settings = { OPSAGENT_APP_KEY: APP_KEY, OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}` };
    other = await startTestApp(settings, server.app.database);
    appId = (await server.api<{ items: { id: string }[] }>('GET', '/api/apps')).body.items[0]?.id ?? '';
    await server.config('sim-text-2');
  });

  afterEach(async () => {
    await server.api('DELETE', `/api/limits/app/${appId}`);
  });

  afterAll(async () => {
    await other.close();
    await server.close();
  });

  const limit = async (values: Record<string, unknown>): Promise<void> => {
    expect((await server.api('PUT', `/api/limits/app/${appId}`, values)).status).toBe(200);
  };
  const used = async (): Promise<number> => {
    await limit({ tokens_per_month: 1_000_000 });
    const { body } = await server.api<LimitStateListDto>('GET', '/api/limits/state');
    return body.items.find(({ subject_id }) => subject_id === appId)?.figures[0]?.used ?? 0;
  };
  const ask = async (url: string): Promise<number> => {
    const response = await fetch(`${url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json' },
      // Names would be found, and paid for, behind the answers.
      body: JSON.stringify({ ...QUESTION, model_config_id: await server.config('sim-text-2') }),
    });
    await response.text();
    return response.status;
  };

  it('exceeds a budget in one process by no more answers than may be made at the same time', async () => {
    // One more answer spends it.
    await limit({ tokens_per_month: (await used()) + 1, concurrent_runs: 3 });
    const statuses = await Promise.all(Array.from({ length: 30 }, () => ask(server.app.url)));
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(1);
    expect(answered).toBeLessThanOrEqual(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30 - answered);
    expect(await ask(server.app.url)).toBe(429);
  });

  it('stops other processes within about four seconds once a budget is spent', async () => {
    await limit({ tokens_per_month: (await used()) + 1 });
    expect(await ask(server.app.url)).toBe(200);
    expect(await ask(server.app.url)).toBe(429);
    await eventually(async () => (await ask(other.url)) === 429, HEARD_ELSEWHERE_WITHIN_MS);
  });

  it('lets a month’s budget begin anew with the next month, and not a moment before', async () => {
    expect(await ask(server.app.url)).toBe(200);
    const now = new Date();
    const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    await limit({ tokens_per_month: 1 });
    const clock = jest.spyOn(server.app.app.get(Clock, { strict: false }), 'now');
    try {
      clock.mockReturnValue(new Date(next - 1));
      expect(await ask(server.app.url)).toBe(429);
      clock.mockReturnValue(new Date(next));
      expect(await ask(server.app.url)).toBe(200);
    } finally {
      clock.mockRestore();
    }
  });

  it('warns with the answer that a budget is nearly spent, and not of one that is not', async () => {
    const { body: me } = await server.api<{ user: { id: string } }>('GET', '/api/me');
    const session = await server.api('POST', '/api/sessions', { llm_config_id: await server.config('sim-text-2') });
    const started = async (): Promise<ChatEvent | undefined> => {
      const response = await fetch(`${server.app.url}/api/sessions/${String(session.body['session_id'])}/messages`, {
        method: 'POST',
        headers: { ...server.app.admin.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'x' }),
      });
      return (await readEvents(response))[0];
    };
    const path = `/api/limits/user/${me.user.id}`;
    expect(await started()).not.toHaveProperty('limit_warning');
    await server.api('PUT', path, { tokens_per_day: 1_000_000, soft_percent: 80 });
    expect(await started()).not.toHaveProperty('limit_warning');
    await server.api('PUT', path, { tokens_per_day: 10_000, soft_percent: 1 });
    const warning = { kind: 'user', name: 'tokens_per_day', used_percent: expect.any(Number) };
    expect(await started()).toMatchObject({ type: 'turn_started', limit_warning: warning });
    await server.api('DELETE', path);
  });

  it('refuses a streamed question on Dify’s wire before the stream, in Dify’s form', async () => {
    expect(await ask(server.app.url)).toBe(200);
    await limit({ tokens_per_month: 1 });
    const refused = await server.open('sim-text-2', 'x');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toContain('application/json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const body = (await refused.json()) as Record<string, unknown>;
    expect(body).toEqual({
      code: 'rate_limit_error',
      status: 429,
      message: expect.stringContaining('has spent its 1'),
    });
  });

  it('keeps the place of an answer whose process was killed no longer than its lease', async () => {
    const { dataDir } = server.app.database.open;
    const doomed = ServerProcess.spawn({
      ...{
        PORT: '0',
        DATABASE_URL: addressOf(server.app.database),
        OPSAGENT_DATA_DIR: dataDir,
        OPSAGENT_APP_KEY: APP_KEY,
      },
      OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}`,
    });
    try {
      await limit({ concurrent_runs: 1 });
      const response = await fetch(`${await doomed.ready()}/v1/chat-messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ ...QUESTION, response_mode: 'streaming' },
          model_config_id: await server.config('sim-stall-3'),
        }),
      });
      for await (const { event } of eventsOf(response)) if (event.endsWith('message')) break;
      doomed.signal('SIGKILL');
      await doomed.ended();
      expect(await ask(server.app.url)).toBe(429);
      // As if its lease had been over by now: nobody renews it.
      await server.app.query(`update run_slots set lease_until = lease_until - interval '30 seconds'`);
      await eventually(async () => (await ask(server.app.url)) === 200);
    } finally {
      await doomed.kill();
    }
  }, 90_000);
});
