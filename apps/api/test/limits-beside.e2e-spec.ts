import type { LimitKind, LimitStateListDto, ProblemDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { APP_KEY, DifyServer, eventsOf } from './support/dify-server.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const MUCH = 1_000_000;

/** Model calls that are no answers of a conversation, and those that are cut off. */
describe('what is spent beside whole answers', () => {
  let server: DifyServer;
  let other: TestApp;
  let appId: string;
  let userId: string;

  beforeAll(async () => {
    server = await DifyServer.start();
    const settings = { OPSAGENT_APP_KEY: APP_KEY, OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}` };
    other = await startTestApp(settings, server.app.database);
    appId = (await server.api<{ items: { id: string }[] }>('GET', '/api/apps')).body.items[0]?.id ?? '';
    userId = (await server.api<{ user: { id: string } }>('GET', '/api/me')).body.user.id;
  });

  afterAll(async () => {
    await other.close();
    await server.close();
  });

  const limit = async (kind: LimitKind, subject: string, tokens_per_month: number): Promise<void> => {
    const { status } = await server.api('PUT', `/api/limits/${kind}/${subject}`, { tokens_per_month });
    expect(status).toBe(200);
  };
  const free = (kind: LimitKind, subject: string) => server.api('DELETE', `/api/limits/${kind}/${subject}`);
  const used = async (subject: string): Promise<number> => {
    const { body } = await server.api<LimitStateListDto>('GET', '/api/limits/state');
    return body.items.find(({ subject_id }) => subject_id === subject)?.figures[0]?.used ?? 0;
  };
  const callsOf = (model: string): number => server.simulator.requests.ofModel(model).length;

  it('counts suggested questions, and suggests none where the budget is spent', async () => {
    const config = await server.config('sim-echo');
    await limit('app', appId, MUCH);
    await limit('llm_config', config, MUCH);
    const { body } = await server.ask('sim-echo', 'Next: ["Since when?"]', { user: 'curious' });
    const suggested = () =>
      server.call<{ data: string[] }>('GET', `/v1/messages/${String(body['message_id'])}/suggested?user=curious`);
    const before = { app: await used(appId), config: await used(config) };
    expect((await suggested()).body.data).toEqual(['Since when?']);
    expect(await used(appId)).toBeGreaterThan(before.app);
    expect(await used(config)).toBeGreaterThan(before.config);

    await limit('llm_config', config, 1);
    const calls = callsOf('sim-echo');
    expect(await suggested()).toMatchObject({ status: 200, body: { data: [] } });
    expect(callsOf('sim-echo')).toBe(calls);
    await free('llm_config', config);
    await free('app', appId);
  });

  it('counts tests of models for who begins them and for the model, and refuses them where the budget is spent', async () => {
    const config = await server.config('sim-text-2', { name: 'tested' });
    const draft = { name: 'draft', provider: 'openai', model_name: 'sim-text-2', api_key: 'sim-key' };
    const tests = [
      () => server.api<ProblemDto>('POST', `/api/llm-configs/${config}/test`, {}),
      () =>
        server.api<ProblemDto>('POST', '/api/llm-configs/test', {
          ...draft,
          base_url: `${server.simulator.url}/openai/v1`,
        }),
    ];
    await limit('user', userId, MUCH);
    await limit('llm_config', config, MUCH);
    for (const test of tests) {
      const before = await used(userId);
      expect(await test()).toMatchObject({ status: 200, body: { success: true } });
      expect(await used(userId)).toBeGreaterThan(before);
    }
    expect(await used(config)).toBeGreaterThan(0);

    await limit('user', userId, 1);
    const calls = callsOf('sim-text-2');
    for (const test of tests)
      expect(await test()).toMatchObject({ status: 429, body: { code: 'limits/budget-spent' } });
    expect(callsOf('sim-text-2')).toBe(calls);
    await free('user', userId);
    await free('llm_config', config);
  });

  it('counts the tests that a user begins for all processes together', async () => {
    const { id, headers } = await aUser(server.app, 'operator');
    const begin = (url: string) =>
      fetch(`${url}/api/llm-configs/test`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ name: 'draft', provider: 'openai', model_name: 'x', api_key: 'sim-key' },
          base_url: 'http://127.0.0.1:1/v1',
        }),
      });
    expect((await begin(server.app.url)).status).toBe(200);
    await server.app.query(`update rate_limits set points = 119 where key = $1`, [`model_tests:${id}`]);
    expect((await begin(other.url)).status).toBe(200);
    for (const url of [server.app.url, other.url]) {
      const refused = await begin(url);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  it('counts about what an answer took that was cut off before its end', async () => {
    await limit('app', appId, MUCH);
    const before = await used(appId);
    const response = await server.open('sim-stall-40', 'A question of some length.');
    for await (const { event, task_id } of eventsOf(response)) {
      if (event !== 'message' && event !== 'agent_message') continue;
      await server.call('POST', `/v1/chat-messages/${String(task_id)}/stop`, { user: 'tester' });
    }
    expect(await used(appId)).toBeGreaterThan(before + 5);
    await free('app', appId);
  });

  it('passes over a configuration of a chain whose budget is spent', async () => {
    const spare = await server.config('sim-text-3', { name: 'spare' });
    const first = await server.config('sim-503', { name: 'first', fallback_ids: [spare] });
    const ask = () => server.ask('sim-503', 'x', { model_config_id: first });
    expect((await ask()).status).toBe(200);
    await limit('llm_config', spare, 1);
    const calls = callsOf('sim-text-3');
    expect((await ask()).status).not.toBe(200);
    expect(callsOf('sim-text-3')).toBe(calls);
    await free('llm_config', spare);
  });
});
