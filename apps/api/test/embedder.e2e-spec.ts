import { LangChainEmbedder } from '../src/llm-config/embedder.adapter.js';
import type { ExtraConfig, LlmConfigFacts } from '../src/llm-config/llm-config-facts.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { embeddingOf, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aConfig } from './support/a-config.js';

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
  const PATHS = { openai: '/openai/v1', tongyi: '/tongyi/compatible-mode/v1', vllm: '/vllm/v1', ollama: '/ollama' };

  function aModel(provider: keyof typeof PATHS, modelName: string, extra: ExtraConfig = {}): LlmConfigFacts {
    const key = provider === 'vllm' || provider === 'ollama' ? null : 'sim-key';
    return aConfig({ provider, modelName, baseUrl: simulator.url + PATHS[provider], isEmbedding: true, extra, key });
  }

  it.each(['openai', 'tongyi', 'vllm', 'ollama'] as const)(
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

  it('asks in batches no larger than the provider takes', async () => {
    const texts = Array.from({ length: 23 }, (_, index) => `text ${index}`);
    expect(await embedder.embed(aModel('tongyi', 'sim-embed-4-batch'), texts, never)).toHaveLength(23);
    const sizes = simulator.requests
      .ofModel('sim-embed-4-batch')
      .map(({ body }) => (body as { input: string[] }).input.length);
    expect(sizes).toEqual([10, 10, 3]);
  });

  it('sends no header of the client libraries and no key where there is none', async () => {
    const model = { ...aModel('vllm', 'sim-embed-4-headers'), headers: () => ({ 'X-Team': 'ops' }) };
    await embedder.embed(model, ['x'], never);
    const headers = simulator.requests.ofModel('sim-embed-4-headers')[0]?.headers ?? {};
    expect(headers).toMatchObject({ 'user-agent': 'OpsAgent', 'x-team': 'ops' });
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
