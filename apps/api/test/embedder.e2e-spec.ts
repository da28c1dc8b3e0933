import { LLM_PROVIDER, type LlmProvider } from '@opsagent/contracts';
import { LangChainEmbedder } from '../src/llm-config/embedder.adapter.js';
import type { ExtraConfig, LlmConfigFacts } from '../src/llm-config/llm-config-facts.js';
import { PROVIDERS } from '../src/llm-config/providers/providers.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { embeddingOf, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aConfig } from './support/a-config.js';
import { json, RawProvider } from './support/raw-provider.js';
import { SIMULATED } from './support/simulated-providers.js';

describe('the embedder', () => {
  let simulator: Simulator;
  let outbound: Outbound;
  let embedder: LangChainEmbedder;

  beforeAll(async () => {
    simulator = await startSimulator();
    const environment = Object.assign(new Environment(), {
      OPSAGENT_OUTBOUND_ALLOW: [{ host: '127.0.0.1', port: simulator.port }],
    });
    outbound = new Outbound(environment);
    embedder = new LangChainEmbedder(outbound, environment);
  });

  afterAll(async () => {
    await outbound.onApplicationShutdown();
    await simulator.close();
  });

  const never = new AbortController().signal;

  function aModel(provider: LlmProvider, modelName: string, extra: ExtraConfig = {}): LlmConfigFacts {
    const key = PROVIDERS[provider].keyRequired ? 'sim-key' : null;
    return aConfig({
      provider,
      modelName,
      baseUrl: simulator.url + SIMULATED[provider],
      isEmbedding: true,
      extra,
      key,
    });
  }

  it.each(LLM_PROVIDER.values.filter((provider) => PROVIDERS[provider].hasEmbeddings))(
    'gives one vector per text, in order, from %s',
    async (provider) => {
      const texts = ['one', '二', 'three'];
      const vectors = await embedder.embed(aModel(provider, 'sim-embed-16'), texts, never);
      expect(vectors.map((vector) => vector.length)).toEqual([16, 16, 16]);
      for (const [index, vector] of vectors.entries()) {
        for (const [at, value] of embeddingOf(texts[index], 16).entries()) expect(vector[at]).toBeCloseTo(value, 5);
      }
    },
  );

  it.each<[LlmProvider, string, number, number[]]>([
    ['openai', '', 2049, [2048, 1]],
    ['tongyi', '', 23, [10, 10, 3]],
    ['tongyi', 'text-embedding-v2-', 26, [25, 1]],
    ['doubao', '', 33, [32, 1]],
    ['zhipu', '', 65, [64, 1]],
    ['baidu', '', 17, [16, 1]],
    ['baidu', 'tao-8k-', 2, [1, 1]],
    ['vllm', '', 65, [64, 1]],
    ['ollama', '', 65, [64, 1]],
    ['openai-compatible', '', 65, [64, 1]],
  ])('asks %s, %s, in batches no larger than it takes', async (provider, own, count, sizes) => {
    const model = `${own}sim-embed-2-batch-${provider}`;
    const texts = Array.from({ length: count }, (_, index) => `text ${index}`);
    const vectors = await embedder.embed(aModel(provider, model), texts, never);
    expect(vectors[count - 1][0]).toBeCloseTo(embeddingOf(`text ${count - 1}`, 2)[0], 5);
    const sent = simulator.requests
      .ofModel(model)
      .map(({ body }) => body as { input: string[]; encoding_format?: string });
    expect(sent.map(({ input }) => input.length)).toEqual(sizes);
    const format = provider === 'openai' ? 'base64' : provider === 'ollama' ? undefined : 'float';
    expect(new Set(sent.map((body) => body.encoding_format))).toEqual(new Set([format]));
  });

  it.each([
    ['vectors in another order', { data: [1, 0].map((index) => ({ index, embedding: [index] })) }, [[0], [1]]],
    ['too few vectors', { data: [{ index: 0, embedding: [0] }] }, 'server'],
    ['something else in their place', { data: [{}, {}] }, 'server'],
    ['a list of models', { data: [{ id: 'm' }] }, 'server'],
  ])('understands or refuses %s', async (_, body, expected) => {
    const server = await RawProvider.start([[json(200, body)]]);
    outbound.allow('127.0.0.1', server.port);
    const baseUrl = `http://127.0.0.1:${server.port}`;
    const model = aConfig({ provider: 'vllm', modelName: 'm', baseUrl, isEmbedding: true, key: null });
    const vectors = embedder.embed(model, ['a', 'b'], never);
    if (typeof expected === 'string') await expect(vectors).rejects.toMatchObject({ fault: expected });
    else expect(await vectors).toEqual(expected);
    server.stop();
  });

  it('sends no header of the client libraries, no key where there is none and nothing of the environment', async () => {
    Object.assign(process.env, { OPENAI_API_KEY: 'sk-env', OPENAI_ORG_ID: 'org-env', OPENAI_PROJECT_ID: 'proj-env' });
    const model = { ...aModel('vllm', 'sim-embed-4-headers'), headers: () => ({ 'X-Team': 'ops' }) };
    await embedder.embed(model, ['x'], never);
    const headers = simulator.requests.ofModel('sim-embed-4-headers')[0]?.headers ?? {};
    expect(headers).toMatchObject({ 'user-agent': 'OpsAgent', 'x-team': 'ops' });
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID'])
      Reflect.deleteProperty(process.env, name);
    expect(Object.keys(headers).filter((name) => /^(x-stainless|authorization|openai-)/.test(name))).toEqual([]);
  });

  it.each([
    ['sim-embed-401', 'invalid_key'],
    ['sim-embed-404', 'model_not_found'],
    ['sim-embed-200-error', 'server'],
  ])('fails on %s with %s', async (model, fault) => {
    await expect(embedder.embed(aModel('openai', model), ['x'], never)).rejects.toMatchObject({ fault });
  });

  it('asks again when the provider is busy', async () => {
    const busy = embedder.embed(aModel('openai', 'sim-embed-429-once-again'), ['x'], never);
    // The second time the simulator's model is one for chat.
    await expect(busy).rejects.toMatchObject({ fault: 'permission' });
    expect(simulator.requests.ofModel('sim-embed-429-once-again')).toHaveLength(2);
  });

  it('gives up when the answer takes too long', async () => {
    const slow = aModel('openai', 'sim-embed-silent', { timeouts: { total_ms: 200 } });
    await expect(embedder.embed(slow, ['x'], never)).rejects.toMatchObject({ fault: 'timeout' });
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const failed = embedder
      .embed(aModel('ollama', 'sim-embed-silent-stop'), ['x'], stop.signal)
      .catch((error: unknown) => error);
    await simulator.requests.waitFor(({ model }) => model === 'sim-embed-silent-stop', 2000);
    stop.abort(reason);
    expect(await failed).toBe(reason);
    await simulator.requests.waitFor(({ model, aborted }) => model === 'sim-embed-silent-stop' && aborted, 2000);
  });
});
