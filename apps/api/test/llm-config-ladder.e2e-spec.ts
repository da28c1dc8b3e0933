import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LlmConfigTestDto, LlmConfigTestListDto, TestCause, TestEvent, TestStage } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { eventually } from './support/eventually.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const CHAT: TestStage[] = ['address', 'dns', 'tcp', 'tls', 'auth', 'model', 'first_token', 'stream'];
const KEY = 'sk-canary-ladder-4711';

const JSON_TYPE = { 'content-type': 'application/json' };
const WHOLE = { choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }] };

/** Answers every request the same way. */
async function startBroken(status: number, headers: Record<string, string>, body: string): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('the ladder of a test', () => {
  let simulator: Simulator;
  let app: TestApp;
  let configs: LlmConfigClient;
  let page: Server;
  let redirecting: Server;
  let missing: Server;
  let strange: Server;
  let whole: Server;
  let vector: Server;
  let base_url: string;

  beforeAll(async () => {
    simulator = await startSimulator();
    page = await startBroken(200, { 'content-type': 'text/html' }, '<html>sign in</html>');
    redirecting = await startBroken(308, { location: 'https://models.example.org/v1/chat/completions' }, '');
    strange = await startBroken(200, JSON_TYPE, '{"status":"ok"}');
    whole = await startBroken(200, JSON_TYPE, JSON.stringify(WHOLE));
    vector = await startBroken(200, JSON_TYPE, '{"data":[{"index":0,"embedding":[0.1,0.2,0.3]}]}');
    missing = await startBroken(404, { 'content-type': 'text/plain' }, 'not here');
    const servers = [page, redirecting, missing, strange, whole, vector];
    const ports = [simulator.port, ...servers.map(portOf), 9];
    app = await startTestApp({
      OPSAGENT_OUTBOUND_ALLOW: ports.map((port) => `127.0.0.1:${port}`).join(','),
      OPSAGENT_FIRST_BYTE_MS: '1000',
      OPSAGENT_IDLE_MS: '1000',
    });
    configs = new LlmConfigClient(app);
    base_url = `${simulator.url}/openai/v1`;
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
    for (const server of [page, redirecting, missing, strange, whole, vector]) server.close();
  });

  const streamed = async (path: string, body: unknown, signal?: AbortSignal): Promise<TestEvent[]> => {
    const response = await fetch(`${app.url}/api/llm-configs${path}`, {
      method: 'POST',
      headers: { ...app.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const frames = (await response.text()).split('\n\n').filter((frame) => frame.startsWith('data: '));
    return frames.map((frame) => JSON.parse(frame.slice('data: '.length)) as TestEvent);
  };

  const values = (more: Record<string, unknown>): Record<string, unknown> => ({
    ...{ name: 'tried', provider: 'openai', model_name: 'sim-text', api_key: 'sim-key', base_url },
    ...more,
  });

  const resultOf = (events: readonly TestEvent[]): LlmConfigTestDto => {
    const last = events.at(-1);
    if (last?.type !== 'test_finished') throw new Error('The stream has no end.');
    return last.result;
  };

  it('tells every rung as it begins and ends, and the same result as without streaming', async () => {
    const events = await streamed('/test/stream', values({}));
    expect(events[0]).toEqual({ type: 'test_started', stages: CHAT });
    const ended = events.flatMap((event) =>
      event.type === 'test_step' && event.step.state !== 'running' ? [event.step] : [],
    );
    expect(ended.map(({ stage }) => stage)).toEqual(CHAT);
    expect(ended.map(({ state }) => state)).toEqual([
      ...['passed', 'skipped', 'passed', 'skipped', 'passed', 'passed', 'passed', 'passed'],
    ]);
    const result = resultOf(events);
    expect(result).toMatchObject({ success: true, steps: ended });
    expect(result.request?.url).toBe(`${base_url}/chat/completions`);
    expect(result.request?.curl).toContain('$API_KEY');
    expect(JSON.stringify(events)).not.toContain('sim-key');
    const plain = (await configs.send<LlmConfigTestDto>('POST', '/test', values({}))).body;
    expect(plain.steps.map(({ stage, state }) => [stage, state])).toEqual(
      ended.map(({ stage, state }) => [stage, state]),
    );
  });

  it('warns of a model that says nothing, on the rung where something was awaited', async () => {
    const silent = resultOf(await streamed('/test/stream', values({ model_name: 'sim-empty' })));
    expect(silent).toMatchObject({ success: true, first_token_ms: null });
    expect(silent.steps.slice(-3).map(({ stage, state }) => [stage, state])).toEqual([
      ['model', 'passed'],
      ['first_token', 'warned'],
      ['stream', 'passed'],
    ]);
    const thinking = resultOf(await streamed('/test/stream', values({ model_name: 'sim-reasoning-only' })));
    expect(thinking.success).toBe(true);
    expect(thinking.steps.at(-1)).toMatchObject({ stage: 'stream', state: 'warned' });
  });

  it('lets the model call a tool when asked to', async () => {
    const called = resultOf(await streamed('/test/stream', values({ model_name: 'sim-tools', with_tool_call: true })));
    expect(called.steps.at(-1)).toMatchObject({ stage: 'tool_call', state: 'passed' });
    const text = resultOf(await streamed('/test/stream', values({ model_name: 'sim-no-tools', with_tool_call: true })));
    expect(text).toMatchObject({ success: false, cause: 'tools_unsupported' });
    expect(text.steps.at(-1)).toMatchObject({ stage: 'tool_call', state: 'failed' });
  });

  it('measures a vector against the length that was asked for', async () => {
    const wanted = values({ model_name: 'sim-embed-24', is_embedding: true });
    const result = resultOf(await streamed('/test/stream', wanted));
    expect(result.steps.at(-1)).toMatchObject({ stage: 'embedding', state: 'passed', facts: { dimension: 24 } });
  });

  it('warns of a vector of another length than was asked for', async () => {
    const wanted = { base_url: `http://127.0.0.1:${portOf(vector)}/v1`, extra_config: { dimensions: 16 } };
    const result = resultOf(await streamed('/test/stream', values({ is_embedding: true, ...wanted })));
    expect(result).toMatchObject({ success: true, cause: 'dimension_differs', embedding_dimension: 3 });
    expect(result.steps.at(-1)).toMatchObject({ stage: 'embedding', state: 'warned' });
  });

  it('never asks OpsAgent itself', async () => {
    const { id } = await configs.create({ ...values({}), name: 'moved onto' });
    await app.query('update llm_configs set base_url = $1 where id = $2', [`${app.url}/v1`, id]);
    const result = resultOf(await streamed(`/${id}/test/stream`, {}));
    expect(result).toMatchObject({ success: false, kind: 'refused_by_policy', cause: 'own_address' });
    expect(result.steps.map(({ stage, state }) => [stage, state])).toEqual([['address', 'failed']]);
  });

  it('stops asking the model when its reader leaves', async () => {
    const leaving = new AbortController();
    const reading = streamed('/test/stream', values({ model_name: 'sim-stall-1-left' }), leaving.signal).catch(
      () => null,
    );
    await eventually(() => simulator.requests.ofModel('sim-stall-1-left').length === 1);
    leaving.abort();
    await reading;
    await eventually(() => typeof simulator.requests.ofModel('sim-stall-1-left')[0]?.closedAt === 'number');
  });

  it('keeps the last twenty tests of a stored configuration, and none of unsaved values', async () => {
    const { id } = await configs.create({ ...values({}), name: 'with a history' });
    const { body: none } = await configs.send<LlmConfigTestListDto>('GET', `/${id}/tests`);
    expect(none).toEqual({ items: [], total: 0 });
    await configs.send('POST', '/test', { ...values({}), llm_config_id: id });
    for (let count = 0; count < 21; count++) await configs.send('POST', `/${id}/test`, {});
    await configs.send('PUT', `/${id}`, { model_name: 'sim-402' });
    await streamed(`/${id}/test/stream`, {});
    const { body } = await configs.send<LlmConfigTestListDto>('GET', `/${id}/tests`);
    expect(body.total).toBe(20);
    expect(body.items[0]).toMatchObject({ success: false, kind: 'insufficient_balance', cause: 'no_balance' });
    expect(body.items[1]).toMatchObject({ success: true, kind: null, cause: null });
    const listed = await configs.send(`GET`, `/${id}?include=details`);
    expect(listed.body.details?.last_test).toMatchObject({ success: false, kind: 'insufficient_balance' });
  });

  const broken: [string, () => Record<string, unknown>, TestStage, TestCause, string[]][] = [
    ['a closed port', () => ({ base_url: 'http://127.0.0.1:9/v1' }), 'tcp', 'connection_refused', ['retry']],
    [
      'a private address',
      () => ({ base_url: 'http://10.0.0.1:81/v1' }),
      'address',
      'address_refused',
      ['allow_address'],
    ],
    ['an unknown name', () => ({ base_url: 'https://no-such-host.invalid/v1' }), 'dns', 'dns_unknown', ['retry']],
    [
      'https towards an http port',
      () => ({ base_url: base_url.replace('http:', 'https:') }),
      'tls',
      'tls_not_spoken',
      ['use_base_url'],
    ],
    [
      'a wrong key',
      () => ({ model_name: 'sim-401' }),
      'auth',
      'key_invalid',
      ['enter_key', 'open_key_page', 'use_base_url'],
    ],
    [
      'the key of another provider',
      () => ({
        provider: 'deepseek',
        base_url: `${simulator.url}/deepseek`,
        model_name: 'sim-401',
        api_key: 'sk-proj-1234',
      }),
      'auth',
      'key_of_other_provider',
      ['enter_key', 'use_provider'],
    ],
    [
      'a key that may be another region’s',
      () => ({ provider: 'moonshot', base_url: `${simulator.url}/moonshot/v1`, model_name: 'sim-401' }),
      'auth',
      'key_invalid',
      ['enter_key', 'open_key_page', 'use_base_url', 'use_base_url'],
    ],
    [
      'no key where one is wanted',
      () => ({ provider: 'vllm', base_url: `${simulator.url}/vllm/v1`, model_name: 'sim-401', api_key: null }),
      'auth',
      'key_missing',
      ['enter_key'],
    ],
    ['no balance', () => ({ model_name: 'sim-402' }), 'auth', 'no_balance', ['open_billing_page']],
    ['too many requests', () => ({ model_name: 'sim-429-bare' }), 'auth', 'rate_limited', ['retry']],
    [
      'an unknown model',
      () => ({ model_name: 'sim-tex' }),
      'model',
      'model_not_found',
      ['use_model', 'use_model', 'use_model'],
    ],
    [
      'a route that is not there',
      () => ({ base_url: `http://127.0.0.1:${portOf(missing)}/v1` }),
      'model',
      'path_not_found',
      ['use_base_url', 'open_docs'],
    ],
    [
      'a redirect',
      () => ({ base_url: `http://127.0.0.1:${portOf(redirecting)}/v1` }),
      'model',
      'redirected',
      ['use_base_url'],
    ],
    [
      'a page instead of an API',
      () => ({ base_url: `http://127.0.0.1:${portOf(page)}/v1` }),
      'model',
      'html_answer',
      ['use_base_url', 'open_docs'],
    ],
    [
      'something else than an API',
      () => ({ base_url: `http://127.0.0.1:${portOf(strange)}/v1` }),
      'model',
      'not_an_api',
      ['open_docs'],
    ],
    [
      'a whole answer instead of a stream',
      () => ({ base_url: `http://127.0.0.1:${portOf(whole)}/v1` }),
      'model',
      'not_streaming',
      ['open_docs'],
    ],
    ['a failing provider', () => ({ model_name: 'sim-500' }), 'model', 'provider_down', ['retry']],
    ['a proxy’s error page', () => ({ model_name: 'sim-html' }), 'model', 'provider_down', ['retry']],
    ['a prompt that is too long', () => ({ model_name: 'sim-context' }), 'model', 'context_too_long', ['retry']],
    ['no first token', () => ({ model_name: 'sim-silent' }), 'first_token', 'first_token_timeout', ['retry']],
    ['a stall', () => ({ model_name: 'sim-stall-1' }), 'stream', 'stalled', ['retry']],
    ['a cut stream', () => ({ model_name: 'sim-cut' }), 'stream', 'cut_off', ['retry']],
    ['a broken connection', () => ({ model_name: 'sim-reset' }), 'stream', 'cut_off', ['retry']],
  ];

  it.each(broken)('names what is wrong: %s', async (_, given, stage, cause, remedies) => {
    const events = await streamed('/test/stream', values(given()));
    const result = resultOf(events);
    expect({ success: result.success, cause: result.cause }).toEqual({ success: false, cause });
    expect(result.steps.filter(({ state }) => state === 'failed').map((step) => step.stage)).toEqual([stage]);
    expect(result.remedies?.map(({ action }) => action)).toEqual(remedies);
  });

  it('offers what can be used as it is', async () => {
    const remedyOf = async (given: Record<string, unknown>) =>
      resultOf(await streamed('/test/stream', values(given))).remedies?.[0];
    expect(await remedyOf({ model_name: 'sim-tex' })).toEqual({ action: 'use_model', value: 'sim-text' });
    expect(await remedyOf({ base_url: `http://127.0.0.1:${portOf(redirecting)}/v1` })).toEqual({
      action: 'use_base_url',
      value: 'https://models.example.org/v1',
    });
    expect(await remedyOf({ base_url: `http://127.0.0.1:${portOf(missing)}` })).toEqual({
      action: 'use_base_url',
      value: `http://127.0.0.1:${portOf(missing)}/v1`,
    });
    expect(await remedyOf({ base_url: 'http://10.0.0.1:81/v1' })).toEqual({
      action: 'allow_address',
      value: 'OPSAGENT_OUTBOUND_ALLOW=10.0.0.1:81',
    });
  });

  it('never tells the key, whatever the provider says', async () => {
    for (const model_name of ['sim-401', 'sim-html', 'sim-error-frame', 'sim-text'])
      expect(JSON.stringify(await streamed('/test/stream', values({ model_name, api_key: KEY })))).not.toContain(KEY);
  });
});
