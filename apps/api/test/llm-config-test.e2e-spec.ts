import type { LlmConfigTestDto, ProblemDto } from '@opsagent/contracts';
import { expectedText, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { LlmConfigClient } from './support/llm-config-client.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('testing a model configuration', () => {
  let simulator: Simulator;
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    simulator = await startSimulator();
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulator.port},127.0.0.1:9` });
    configs = new LlmConfigClient(app);
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
  });

  const tested = async (values: Record<string, unknown>, body?: unknown): Promise<LlmConfigTestDto> => {
    const base_url = `${simulator.url}/openai/v1`;
    const { id } = await configs.create({ api_key: 'sim-key', base_url, is_default: false, ...values });
    const reply = await configs.send<LlmConfigTestDto>('POST', `/${id}/test/`, body);
    expect(reply.status).toBe(200);
    return reply.body;
  };

  it('asks the model and answers what it said, with times and usage', async () => {
    const result = await tested({ name: 'text', model_name: 'sim-text-8-test', temperature: 0.2 });
    expect(result).toMatchObject({
      success: true,
      response: expectedText('sim-text-8-test'),
      first_token_ms: expect.any(Number) as number,
      config_info: { provider: 'openai', model_name: 'sim-text-8-test', temperature: 0.2, is_embedding: false },
    });
    expect(result.latency_ms).toBeGreaterThanOrEqual(result.first_token_ms ?? Infinity);
    expect(result.message).toContain('"text" works');
    const [request] = simulator.requests.ofModel('sim-text-8-test');
    expect(request?.body).toMatchObject({ max_tokens: 256, temperature: 0.2 });
    expect(request?.body).not.toHaveProperty('top_p');
  });

  it('sends the message it is given', async () => {
    const result = await tested({ model_name: 'sim-echo' }, { message: '你好' });
    expect(result).toMatchObject({ success: true, test_message: '你好', response: '你好' });
  });

  it.each(['sim-reasoning-only', 'sim-empty'])(
    'counts a model as reached that says nothing: %s',
    async (model_name) => {
      const result = await tested({ model_name });
      expect(result).toMatchObject({ success: true, response: '' });
      expect(result.message).toContain('without any text');
    },
  );

  it('tells whether the model thought', async () => {
    const result = await tested({ model_name: 'sim-reasoning-3' });
    expect(result).toMatchObject({ success: true, config_info: { has_reasoned: true } });
  });

  it('works on an inactive configuration, and over Ollama’s own wire', async () => {
    const values = {
      provider: 'ollama',
      base_url: `${simulator.url}/ollama/api/chat`,
      api_key: null,
      is_active: false,
    };
    expect(await tested({ ...values, model_name: 'sim-text' })).toMatchObject({
      success: true,
      response: expectedText('sim-text'),
    });
  });

  it('embeds a text with an embedding model', async () => {
    for (const [provider, path] of [
      ['openai', '/openai/v1'],
      ['ollama', '/ollama'],
    ]) {
      const base_url = `${simulator.url}${path}`;
      const result = await tested({ provider, base_url, model_name: 'sim-embed-24', is_embedding: true });
      expect(result).toMatchObject({ success: true, embedding_dimension: 24, first_token_ms: null });
      expect(result).not.toHaveProperty('response');
    }
  });

  it.each([
    ['sim-401', 'invalid_key', 401],
    ['sim-402', 'insufficient_balance', 429],
    ['sim-404', 'model_not_found', 404],
    ['sim-html', 'server', 502],
    ['sim-cut', 'cut_off', undefined],
  ])('says how the provider refuses: %s is %s', async (model_name, kind, http_status) => {
    const result = await tested({ model_name, name: `refused ${model_name}` });
    expect(result).toMatchObject({ success: false, kind });
    if (http_status !== undefined) expect(result.http_status).toBe(http_status);
    expect(result.message).toContain(`refused ${model_name}`);
    expect(JSON.stringify(result)).not.toContain('sim-key');
  });

  it('repeats the provider’s own words', async () => {
    const result = await tested({ model_name: 'no-such-model' });
    expect(result.provider_message).toContain('no-such-model');
  });

  it('says that nothing listens, or that the address is not allowed', async () => {
    const forbidden = await tested({ base_url: 'http://127.0.0.1:10/v1' });
    expect(forbidden).toMatchObject({ success: false, kind: 'refused_by_policy', http_status: null });
    const closed = await tested({ base_url: 'http://127.0.0.1:9/v1' });
    expect(closed).toMatchObject({ success: false, kind: 'unreachable', http_status: null });
  });

  it('warns of settings its provider will not take', async () => {
    const result = await tested({
      provider: 'zhipu',
      base_url: `${simulator.url}/zhipu/api/paas/v4`,
      model_name: 'glm-5.3',
      frequency_penalty: 1,
      extra_config: { thinking: 'off' },
    });
    expect(result.config_info).toMatchObject({
      dropped_parameters: ['frequency_penalty'],
      warnings: ['glm-5.3 cannot be kept from thinking'],
    });
  });

  it('warns of more tokens than the model can write, and tells what the test cost', async () => {
    const price = { currency: 'CNY', input: 1, output: 2 };
    const result = await tested({ provider: 'baidu', model_name: 'ernie-x1.1', max_tokens: 65_537 });
    expect(result.config_info).toMatchObject({
      warnings: ['ernie-x1.1 writes at most 65536 tokens, max_tokens is larger'],
    });
    expect((await tested({ model_name: 'sim-text', extra_config: { price } })).currency).toBe('CNY');
    expect(await tested({ model_name: 'sim-text' })).toMatchObject({ total_price: null, currency: null });
  });

  it('says so when the stored key cannot be read any more, and the list still works', async () => {
    const { id } = await configs.create({ name: 'damaged', base_url: `${simulator.url}/openai/v1` });
    await app.query("update llm_configs set api_key = 'v1:damaged' where id = $1", [id]);
    const { body } = await configs.send<LlmConfigTestDto>('POST', `/${id}/test`, {});
    expect(body).toMatchObject({ success: false, kind: 'not_usable' });
    expect(body.message).toContain('enter it again');
    expect(await configs.get(id)).toMatchObject({ has_api_key: true, api_key_masked: null });
  });

  it('refuses an empty or overlong message', async () => {
    const { id } = await configs.create({ is_default: false });
    for (const message of ['', 'x'.repeat(2001), 1]) {
      expect((await configs.send<ProblemDto>('POST', `/${id}/test`, { message })).status).toBe(400);
    }
  });
});
