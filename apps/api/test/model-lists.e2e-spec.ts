import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLM_PROVIDER, type LlmConfigDto, type ModelListDto, type ProblemDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { LlmConfigClient } from './support/llm-config-client.js';
import { SIMULATED } from './support/simulated-providers.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const KEY = 'sim-key';

type Problem = ProblemDto & { provider_message?: string; http_status?: number };

describe('asking a provider for its models', () => {
  let simulator: Simulator;
  let stranger: Server;
  let strangerUrl: string;
  /** What the other server was sent. */
  let received: (string | undefined)[];
  let listed: unknown[];
  let app: TestApp;
  let configs: LlmConfigClient;

  beforeAll(async () => {
    simulator = await startSimulator();
    stranger = createServer((request, response) => {
      received.push(request.headers.authorization);
      response.end(JSON.stringify({ data: listed }));
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/v1`;
    const allow = [simulator.port, new URL(strangerUrl).port, 9].map((port) => `127.0.0.1:${port}`).join(',');
    app = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: allow, OPSAGENT_TOTAL_MS: '500' });
    configs = new LlmConfigClient(app);
  });

  beforeEach(() => {
    received = [];
    listed = [{ id: 'strange' }];
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
    stranger.close();
  });

  const ask = async <T = ModelListDto>(provider: string, query: object, headers = app.admin.headers as object) => {
    const response = await fetch(`${app.url}/api/providers/${provider}/models`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(query),
    });
    const text = await response.text();
    expect(text).not.toContain(KEY);
    return { status: response.status, body: JSON.parse(text) as T };
  };

  it.each(LLM_PROVIDER.values)('answers what it has now: %s', async (provider) => {
    const { status, body } = await ask(provider, { api_key: KEY, base_url: simulator.url + SIMULATED[provider] });
    expect(status).toBe(200);
    expect(body.models).toContain(provider === 'ollama' ? 'sim-text:latest' : 'sim-text');
  });

  it('says what is known of each, by the provider itself first: Ollama shows its first models', async () => {
    simulator.requests.clear();
    const { body } = await ask('ollama', { base_url: `${simulator.url}/ollama` });
    const today = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string;
    expect(body.facts.find(({ model }) => model === 'sim-text:latest')).toMatchObject({
      ...{ context_window: 32_768, tools: true, is_embedding: false, prices: [], as_of: today, source: 'Ollama' },
    });
    expect(simulator.requests.all().filter(({ path }) => path.endsWith('/api/show'))).toHaveLength(20);
  });

  it.each([
    ['moonshot', { id: 'kimi-k2.6', context_length: 1000, supports_image_in: false, supports_reasoning: true }, 'CNY'],
    ['vllm', { id: 'own/model', max_model_len: 1000 }, undefined],
  ])('takes what %s says over what the catalogue says', async (provider, entry, currency) => {
    listed = [entry, { id: 'nobody-knows-it' }, null];
    const { body } = await ask(provider, { api_key: KEY, base_url: strangerUrl });
    expect(body.facts).toHaveLength(1);
    expect(body.facts[0]).toMatchObject({ model: entry.id, context_window: 1000, provider });
    expect(body.facts[0]?.prices[0]?.currency).toBe(currency);
  });

  it('takes an address as people paste it', async () => {
    const base_url = `${simulator.url}/openai/v1/chat/completions`;
    expect((await ask('openai', { api_key: ` ${KEY} `, base_url })).status).toBe(200);
  });

  it.each([
    ['401', 'model/invalid-key', 401],
    ['402', 'model/insufficient-balance', 402],
    ['404', 'provider/no-model-list', undefined],
    ['429', 'model/rate-limit', 429],
    ['500', 'model/server', 500],
    ['503', 'model/overloaded', 503],
    ['html', 'model/server', 502],
    ['200-error', 'model/server', 200],
    ['silent', 'model/timeout', undefined],
  ])('says why nothing came: %s is %s', async (fault, code, http_status) => {
    const { status, body } = await ask<Problem>('openai', {
      api_key: KEY,
      base_url: `${simulator.url}/faulty/${fault}`,
    });
    expect([status, body.code, body.http_status]).toEqual([502, code, http_status]);
    expect(body.detail).toContain('OpenAI');
  });

  it('repeats the provider’s own words', async () => {
    const { body } = await ask<Problem>('openai', { api_key: KEY, base_url: `${simulator.url}/faulty/503` });
    expect(body.provider_message).toContain('currently overloaded');
  });

  it.each([
    ['http://127.0.0.1:10/v1', 'model/refused-by-policy'],
    ['http://127.0.0.1:9/v1', 'model/unreachable'],
  ])('says that nothing listens, or that the address is not allowed: %s', async (base_url, code) => {
    const { status, body } = await ask<Problem>('openai', { api_key: KEY, base_url });
    expect([status, body.code]).toEqual([502, code]);
  });

  it('says that there is no list where none is known to be, and where the address is wrong', async () => {
    const unknown = await ask<Problem>('doubao', { api_key: KEY, base_url: `${simulator.url}/doubao` });
    expect([unknown.status, unknown.body.code]).toEqual([502, 'provider/no-model-list']);
    expect(unknown.body.detail).not.toContain('Check the address');
    const wrong = await ask<Problem>('openai', { api_key: KEY, base_url: `${simulator.url}/openai/v9` });
    expect(wrong.body.detail).toContain('Check the address');
  });

  it.each([
    ['openai', {}, 'api_key'],
    ['vllm', {}, 'base_url'],
    ['openai', { api_key: KEY, base_url: 'ftp://x' }, 'base_url'],
    ['openai', { api_key: 'k…y' }, 'api_key'],
    ['openai', { llm_config_id: 'x' }, 'llm_config_id'],
  ])('wants what the provider needs: %s with %j lacks %s', async (provider, query, field) => {
    const { status, body } = await ask<Problem>(provider, query);
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.field)).toEqual([field]);
  });

  it('knows no other providers', async () => {
    const { status, body } = await ask<Problem>('nobody', { api_key: KEY });
    expect([status, body.code]).toEqual([404, 'provider/not-found']);
  });

  describe('with the stored key', () => {
    let stored: LlmConfigDto;

    beforeAll(async () => {
      stored = await configs.create({ api_key: KEY, base_url: `${simulator.url}/openai/v1` });
    });

    it('asks the server the key was entered for', async () => {
      const { status } = await ask('openai', { base_url: stored.base_url, llm_config_id: stored.id, api_key: '' });
      expect(status).toBe(200);
    });

    it.each([
      ['openai', () => strangerUrl],
      ['openai', () => null],
      ['vllm', () => strangerUrl],
      ['deepseek', () => stored.base_url],
    ])('sends it to no other server and no other provider: %s', async (provider, url) => {
      const { status, body } = await ask<Problem>(provider, { base_url: url(), llm_config_id: stored.id });
      expect(status).toBe(400);
      expect(body.detail).toMatch(/^(api_key must be sent again|provider cannot change while a key is stored)/);
      expect(received).toEqual([]);
    });

    it('asks another server with a key that was entered for it', async () => {
      const query = { base_url: strangerUrl, llm_config_id: stored.id, api_key: 'another-key' };
      expect((await ask('openai', query)).body).toEqual({ models: ['strange'], facts: [] });
      expect(received).toEqual(['Bearer another-key']);
    });

    it('is for who may change the configuration', async () => {
      const operator = await aUser(app, 'operator');
      const query = { base_url: stored.base_url, llm_config_id: stored.id };
      const { status, body } = await ask<Problem>('openai', query, operator.headers);
      expect([status, body.code]).toEqual([403, 'llm-config/not-yours']);
      const unknown = await ask<Problem>('openai', { ...query, llm_config_id: crypto.randomUUID() });
      expect(unknown.body.code).toBe('llm-config/not-found');
    });
  });

  it('is not for viewers', async () => {
    const viewer = await aUser(app, 'viewer');
    expect((await ask('openai', { api_key: KEY }, viewer.headers)).status).toBe(403);
  });

  it('leaves no key in the log', () => {
    expect(app.log.join('\n')).not.toContain(KEY);
    expect(app.log.join('\n')).not.toContain('another-key');
  });
});
