import { LIMIT_KIND, type LimitStateListDto, type ProblemDto } from '@opsagent/contracts';
import { APP_KEY, DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('limits', () => {
  let server: DifyServer;
  let other: TestApp;
  let appId: string;

  beforeAll(async () => {
    server = await DifyServer.start();
    const settings = { OPSAGENT_APP_KEY: APP_KEY, OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}` };
    other = await startTestApp(settings, server.app.database);
    const { body } = await server.api<{ items: { id: string }[] }>('GET', '/api/apps');
    appId = body.items[0]?.id ?? '';
  });

  afterEach(async () => {
    await server.api('DELETE', `/api/limits/app/${appId}`);
  });

  afterAll(async () => {
    await other.close();
    await server.close();
  });

  const limit = async (values: Record<string, unknown>) => {
    const { status, body } = await server.api('PUT', `/api/limits/app/${appId}`, values);
    expect({ status, body }).toMatchObject({ status: 200, body: { kind: 'app', subject_name: 'OpsAgent', ...values } });
  };
  const ask = async (url: string, model: string) => {
    const model_config_id = await server.config(model);
    return fetch(`${url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${APP_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'x', inputs: {}, user: 'u', model_config_id }),
    });
  };

  it('lets no more requests through than a minute has, whichever process they reach', async () => {
    await limit({ requests_per_minute: 5 });
    await eventually(async () => (await ask(other.url, 'sim-text-2')).status === 429);
    const refused = await ask(server.app.url, 'sim-text-2');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests', status: 429 });
  });

  it('makes three answers at the same time of fifty that are asked for, and then again three', async () => {
    await server.config('sim-slow-120');
    await limit({ concurrent_runs: 3 });
    for (let round = 0; round < 2; round += 1) {
      const statuses = await Promise.all(
        Array.from({ length: 50 }, async () => (await ask(server.app.url, 'sim-slow-120')).status),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(3);
      expect(statuses.filter((status) => status === 429)).toHaveLength(47);
    }
  }, 30_000);

  it('stops before the model is called once a budget is spent, and says how much is used', async () => {
    await limit({ tokens_per_day: 1 });
    const refused = await ask(server.app.url, 'sim-text-2');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'rate_limit_error', status: 429 });
    const { body } = await server.api<LimitStateListDto>('GET', '/api/limits/state');
    expect(body.items[0]?.figures[0]).toMatchObject({ name: 'tokens_per_day', most: 1, level: 'reached' });
    await eventually(async () => (await ask(other.url, 'sim-text-2')).status === 429);
  });

  it('refuses money without a currency, and limits for what is not there', async () => {
    const money = await server.api<ProblemDto>('PUT', '/api/limits/user/default', { cost_per_day: 1 });
    expect(money).toMatchObject({ status: 400, body: { errors: [{ field: 'currency' }] } });
    const unknown = await server.api<ProblemDto>('PUT', `/api/limits/app/${crypto.randomUUID()}`, {});
    expect(unknown).toMatchObject({ status: 404, body: { code: 'limits/subject-not-found' } });
    for (const kind of LIMIT_KIND.values)
      for (const subject of ['nobody', '-'.repeat(36)])
        expect(await server.api('PUT', `/api/limits/${kind}/${subject}`, {})).toMatchObject({
          ...{ status: 404, body: { code: 'limits/subject-not-found' } },
        });
  });
});
