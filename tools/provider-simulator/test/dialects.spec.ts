import { startSimulator, type Simulator } from '../simulator.ts';
import { ask, chatBody, chunksOf, TOOLS } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const PREFIXES = {
  openai: '/openai/v1',
  deepseek: '/deepseek',
  tongyi: '/tongyi/compatible-mode/v1',
  vllm: '/vllm/v1',
  doubao: '/doubao/api/v3',
  zhipu: '/zhipu/api/paas/v4',
  moonshot: '/moonshot/v1',
  baidu: '/baidu/v2',
} as const;
type Provider = keyof typeof PREFIXES;

const chat = (provider: Provider, model: string, changes: object = {}) =>
  ask(simulator, `${PREFIXES[provider]}/chat/completions`, chatBody(model, changes));

/** A tool call of an earlier round, and its result. */
const round = (assistant: object = {}): object => ({
  messages: [
    { role: 'user', content: 'hi' },
    {
      ...{ role: 'assistant', content: '', ...assistant },
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content: '1' },
  ],
});

describe('what a provider alone refuses', () => {
  it.each<[Provider, string, object, string]>([
    ['openai', 'gpt-6-sim-text', { temperature: 0.5 }, 'unsupported_value'],
    ['openai', 'o3-sim-text', { max_tokens: 9 }, 'max_completion_tokens'],
    ['openai', 'gpt-5-sim-text', { top_p: 0.5 }, 'unsupported_parameter'],
    ['deepseek', 'sim-text', round(), 'must be passed back'],
    ['deepseek', 'sim-text', { thinking: { type: 'auto' } }, 'thinking.type'],
    ['deepseek', 'sim-text', { reasoning_effort: 'none' }, 'reasoning_effort'],
    ['tongyi', 'sim-text', { enable_thinking: true }, 'must be set to false for non-streaming calls'],
    ['tongyi', 'sim-text', { temperature: 2 }, '[0, 2)'],
    ['tongyi', 'sim-text', { frequency_penalty: 1 }, 'frequency_penalty'],
    ['tongyi', 'sim-text', { thinking_budget: 0 }, 'thinking_budget'],
    ['doubao', 'sim-text', { thinking: { type: 'on' } }, 'thinking.type'],
    ['zhipu', 'sim-text', { temperature: 1.5 }, '[0, 1]'],
    ['zhipu', 'sim-text', { presence_penalty: 1 }, 'presence_penalty'],
    ['zhipu', 'sim-text', { max_completion_tokens: 9 }, 'max_completion_tokens'],
    ['zhipu', 'sim-text', { tools: TOOLS, tool_choice: 'required' }, 'tool_choice'],
    ['zhipu', 'glm-5.3-sim-text', { thinking: { type: 'disabled' } }, 'thinking.type'],
    ['zhipu', 'glm-5.3-sim-text', { temperature: 0.5 }, 'temperature'],
    ['moonshot', 'sim-text', round(), 'reasoning_content is missing'],
    ['moonshot', 'kimi-k2.6-sim-text', { temperature: 0.6 }, 'temperature'],
    ['moonshot', 'kimi-k3-sim-text', { thinking: { type: 'disabled' } }, 'thinking.type'],
    ['baidu', 'sim-text', { temperature: 0 }, '(0, 1]'],
    ['baidu', 'sim-text', { max_tokens: 1 }, '[2, …)'],
    [
      'baidu',
      'sim-text',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'user', content: 'b' },
        ],
      },
      'must alternate',
    ],
  ])('%s, %s: %j', async (provider, model, changes, words) => {
    const answer = await chat(provider, model, changes);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  });

  it.each<[Provider, string, object]>([
    ['openai', 'gpt-6-sim-text', { max_completion_tokens: 9, reasoning_effort: 'low' }],
    ['deepseek', 'sim-text', round({ reasoning_content: 'hm' })],
    ['deepseek', 'sim-text', { ...round(), thinking: { type: 'disabled' } }],
    ['tongyi', 'sim-text', { enable_thinking: true, stream: true, thinking_budget: 100 }],
    ['zhipu', 'sim-text', { temperature: 0, thinking: { type: 'disabled' } }],
    ['moonshot', 'kimi-k3-sim-text', round({ reasoning_content: '' })],
    ['moonshot', 'moonshot-v1-8k-sim-text', round()],
    ['baidu', 'sim-text', round()],
    ['vllm', 'sim-text', { anything: true, max_tokens: 9 }],
  ])('%s, %s takes %j', async (provider, model, changes) => {
    expect((await chat(provider, model, changes)).status).toBe(200);
  });

  it('and what Zhipu takes but should not be sent', async () => {
    await chat('zhipu', 'sim-text-violation', { stream: true, stream_options: { include_usage: true } });
    expect(simulator.requests.ofModel('sim-text-violation')[0].violations).toEqual(['stream_options']);
  });

  it.each<[Provider, string, number, object, number]>([
    ['openai', 'sim-embed', 2049, {}, 400],
    ['tongyi', 'sim-embed', 11, {}, 400],
    ['tongyi', 'sim-embed', 10, {}, 200],
    ['zhipu', 'sim-embed', 65, {}, 400],
    ['baidu', 'sim-embed', 17, {}, 400],
    ['baidu', 'tao-8k-sim-embed', 2, {}, 400],
    ['baidu', 'sim-embed', 1, { encoding_format: 'base64' }, 400],
    ['deepseek', 'sim-embed', 1, {}, 404],
    ['moonshot', 'sim-embed', 1, {}, 404],
  ])('%s, %s: %i texts at once with %j', async (provider, model, count, changes, status) => {
    const input = Array.from({ length: count }, (_, index) => `text ${index}`);
    const answer = await ask(simulator, `${PREFIXES[provider]}/embeddings`, { model, input, ...changes });
    expect(answer.status).toBe(status);
  });
});

it.each<[Provider, string, number, object]>([
  ['deepseek', 'sim-401', 401, { error: { type: 'authentication_error', code: 'invalid_request_error' } }],
  ['deepseek', 'sim-404', 400, { error: { message: 'Model Not Exist' } }],
  ['tongyi', 'sim-402', 400, { error: { code: 'Arrearage' }, request_id: expect.any(String) as string }],
  ['tongyi', 'sim-429', 429, { code: 'Throttling.RateQuota', request_id: expect.any(String) as string }],
  ['doubao', 'sim-402', 403, { error: { code: 'AccountOverdueError', type: 'Forbidden' } }],
  ['zhipu', 'sim-429', 429, { error: { code: '1302' } }],
  ['moonshot', 'sim-filter', 400, { error: { type: 'content_filter' } }],
  ['baidu', 'sim-context', 400, { error: { code: 'tokens_too_long' }, id: 'as-simulator01' }],
  ['vllm', 'sim-404', 404, { error: { code: 404, type: 'NotFoundError' } }],
  ['vllm', 'sim-401', 401, { error: 'Unauthorized' }],
])('%s says %s as %i in its own shape', async (provider, model, status, body) => {
  const answer = await chat(provider, model);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([status, expect.objectContaining({})]);
  expect(JSON.parse(answer.text)).toMatchObject(body);
});

describe('the frames', () => {
  const frames = async (provider: Provider, model: string, changes: object = {}) =>
    chunksOf((await chat(provider, model, { stream: true, tools: TOOLS, ...changes })).text);
  const text = async (...call: Parameters<typeof frames>): Promise<string> => JSON.stringify(await frames(...call));

  it('of DeepSeek say what is not there, and the usage without being asked', async () => {
    const said = await text('deepseek', 'sim-reasoning-2');
    expect(said).toContain('"content":null');
    expect(said).toContain('"reasoning_content":null');
    expect(said).toContain('prompt_cache_miss_tokens');
  });

  it('of Tongyi repeat an empty id in later pieces of a call', async () => {
    expect(await text('tongyi', 'sim-tools')).toContain('"id":"","function":{"arguments"');
  });

  it('of Zhipu repeat the role and carry calls whole', async () => {
    const calls = (await frames('zhipu', 'sim-tools')).flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(calls.map((call) => JSON.parse(String(call.function.arguments)) as unknown)).toHaveLength(2);
    const roles = (await frames('zhipu', 'sim-text')).slice(0, 20).map(({ choices }) => choices[0]?.delta.role);
    expect(new Set(roles)).toEqual(new Set(['assistant']));
    expect(await text('zhipu', 'sim-content-filter')).toContain('"finish_reason":"sensitive"');
  });

  it('of Moonshot carry the usage inside the last choice, and calls named by what they call', async () => {
    const said = await text('moonshot', 'sim-tools');
    expect(said).toMatch(/"finish_reason":"tool_calls","usage":\{/);
    expect(said).toMatch(/"id":"list_nodes:\d"/);
  });

  it('of vLLM have ids of their own', async () => {
    expect(await text('vllm', 'sim-tools')).toContain('"id":"chatcmpl-tool-');
  });

  it.each<[Provider, string]>([
    ['tongyi', '"code":"data_inspection_failed"'],
    ['zhipu', '"code":"1301"'],
    ['vllm', '"code":400'],
  ])('of %s report the content filter in the middle', async (provider, words) => {
    expect(await text(provider, 'sim-filter-frame')).toContain(words);
  });
});
