import type { LlmConfigDto, LlmConfigTestDto, ProblemDto } from '@opsagent/contracts';
import { expectedText, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const KEY = 'sim-key';

describe('testing a model configuration before it is stored', () => {
  let simulator: Simulator;
  let app: TestApp;
  let configs: LlmConfigClient;
  let stored: LlmConfigDto;

  beforeAll(async () => {
    simulator = await startSimulator();
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port}` });
    configs = new LlmConfigClient(app);
    stored = await configs.create({ name: 'stored', api_key: KEY, base_url: `${simulator.url}/openai/v1` });
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  const values = (changes: object = {}): Record<string, unknown> => ({
    name: 'draft',
    provider: 'openai',
    model_name: 'sim-text',
    base_url: `${simulator.url}/openai/v1`,
    ...changes,
  });

  const test = <T = LlmConfigTestDto>(changes: object = {}, client = configs) =>
    client.send<T>('POST', '/test', values(changes));

  it('asks the model, and stores nothing', async () => {
    const { status, body } = await test({ api_key: KEY, temperature: 0.3, message: 'hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      response: expectedText('sim-text'),
      test_message: 'hello',
      config_info: { temperature: 0.3 },
    });
    expect(body.message).toContain('"draft" works');
    const { body: all } = await configs.send<LlmConfigDto[]>('GET', '');
    expect(all.map(({ name }) => name)).toEqual(['stored']);
  });

  it('says how the provider refuses', async () => {
    const { status, body } = await test({ api_key: 'a-wrong-key-0001', model_name: 'sim-text' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, kind: 'invalid_key', http_status: 401 });
  });

  it('has to wait after many within a minute, and is told how long', async () => {
    const hasty = new LlmConfigClient(app, (await aUser(app, 'operator')).headers);
    const ask = () => test<ProblemDto>({ api_key: KEY, base_url: 'http://127.0.0.1:1/v1' }, hasty);
    const statuses = (await Promise.all(Array.from({ length: 120 }, ask))).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const { status, headers, body } = await ask();
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'llm-config/too-many-tests' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await test({ api_key: KEY })).status).toBe(200);
  });

  it('follows the rules of storing', async () => {
    const { status, body } = await test<ProblemDto>({ base_url: 'nowhere', api_key: KEY });
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'base_url' })]);
    expect((await test<ProblemDto>({})).body.errors).toEqual([expect.objectContaining({ field: 'api_key' })]);
  });

  it('uses the stored key of the configuration being edited, also where its mask was sent back', async () => {
    for (const api_key of [undefined, null, '', 'sim***key']) {
      const { body } = await test({ llm_config_id: stored.id, ...(api_key === undefined ? {} : { api_key }) });
      expect(body).toMatchObject({ success: true });
    }
  });

  it('sends the stored key to no other server', async () => {
    const before = simulator.requests.all().length;
    for (const changes of [{ base_url: `http://localhost:${simulator.port}/openai/v1` }, { provider: 'deepseek' }]) {
      const { status, body } = await test<ProblemDto>({ llm_config_id: stored.id, ...changes });
      expect(status).toBe(400);
      expect(body.detail).toContain('key');
    }
    expect(simulator.requests.all()).toHaveLength(before);
  });

  it('is for who may change that configuration', async () => {
    const operator = new LlmConfigClient(app, (await aUser(app, 'operator')).headers);
    expect((await test<ProblemDto>({ llm_config_id: stored.id }, operator)).body.code).toBe('llm-config/not-yours');
    expect((await test({ api_key: KEY }, operator)).status).toBe(200);
    const viewer = new LlmConfigClient(app, (await aUser(app, 'viewer')).headers);
    expect((await test({ api_key: KEY }, viewer)).status).toBe(403);
    expect((await test<ProblemDto>({ llm_config_id: crypto.randomUUID() })).status).toBe(404);
  });

  it('says so when the stored key cannot be read any more', async () => {
    const { id } = await configs.create({ name: 'damaged', api_key: KEY, base_url: `${simulator.url}/openai/v1` });
    await app.query("update llm_configs set api_key = 'v1:damaged' where id = $1", [id]);
    const { body } = await test({ llm_config_id: id });
    expect(body).toMatchObject({ success: false, kind: 'not_usable' });
  });

  it('is written down without the key, which is in no log either', async () => {
    const entries = await app.query<{ target_id: string | null; after: object }>(
      `select target_id, after from audit_log where action = 'llm_config.test' and target_name = 'draft' order by seq`,
    );
    expect(entries.length).toBeGreaterThan(2);
    expect(entries[0]).toEqual({ target_id: null, after: { success: true } });
    expect(entries.some(({ target_id }) => target_id === stored.id)).toBe(true);
    expect(JSON.stringify(entries) + app.log.join('\n') + configs.answers.join('\n')).not.toContain(KEY);
  });
});
