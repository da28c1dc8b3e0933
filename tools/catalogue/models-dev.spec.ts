import { fromModelsDev } from './models-dev.ts';

const SAMPLE = {
  openai: {
    id: 'openai',
    models: {
      'gpt-x': {
        ...{ id: 'gpt-x', name: 'GPT X', reasoning: true, tool_call: true, structured_output: true },
        modalities: { input: ['text', 'image'], output: ['text'] },
        limit: { context: 400_000, output: 128_000 },
        cost: {
          ...{ input: 0.1 + 0.2, output: 1.2, cache_read: 0.0000004 },
          context_over_200k: { input: 2.5, output: 15 },
        },
      },
      'text-embedding-x': {
        ...{ id: 'text-embedding-x', tool_call: false, limit: { context: 8192, output: 1536 } },
        cost: { input: 0.02 },
      },
    },
  },
  alibaba: { models: { 'qwen-x': { id: 'qwen-x', cost: { input: 1, output: 2 } } } },
  'alibaba-cn': {
    models: {
      'qwen-x': { id: 'qwen-x', cost: { input: 9, output: 9 } },
      'qwen-cn': { id: 'qwen-cn', tool_call: true, cost: { input: 0.11, output: 0.28 } },
    },
  },
  anthropic: { models: { other: { id: 'other' } } },
};

describe('a catalogue from models.dev', () => {
  const { as_of, entries } = fromModelsDev(SAMPLE, '2026-11-22');
  const entry = (model: string) => entries.find((one) => one.model === model);

  it('holds the models of our providers alone, with day and source', () => {
    expect(as_of).toBe('2026-11-22');
    expect(entries.map(({ provider, model }) => `${provider} ${model}`)).toEqual([
      'openai gpt-x',
      'openai text-embedding-x',
      'tongyi qwen-x',
      'tongyi qwen-cn',
    ]);
    expect(new Set(entries.map(({ source }) => source))).toEqual(new Set(['models.dev 2026-11-22']));
  });

  it('keeps abilities, limits and prices as decimals', () => {
    expect(entry('gpt-x')).toEqual({
      ...{ provider: 'openai', model: 'gpt-x', context_window: 400_000, max_output: 128_000 },
      ...{ tools: true, vision: true, reasoning: true, json_schema: true, source: 'models.dev 2026-11-22' },
      prices: [
        { currency: 'USD', input: '0.3', cached_input: '0', output: '1.2' },
        { currency: 'USD', input: '2.5', output: '15', above_prompt_tokens: 200_000 },
      ],
    });
    expect(entry('text-embedding-x')).toEqual({
      ...{ provider: 'openai', model: 'text-embedding-x', is_embedding: true, context_window: 8192 },
      prices: [{ currency: 'USD', input: '0.02', output: '0' }],
      source: 'models.dev 2026-11-22',
    });
  });

  it('takes no price that was converted from another currency', () => {
    expect(entry('qwen-x')?.prices).toEqual([{ currency: 'USD', input: '1', output: '2' }]);
    expect(entry('qwen-cn')).toMatchObject({ tools: true });
    expect(entry('qwen-cn')?.prices).toBeUndefined();
  });

  it.each([[null], ['text'], [[]], [{ openai: { models: null } }]])('refuses what is no such file: %j', (api) => {
    expect(() => fromModelsDev(api, '2026-11-22')).toThrow('api.json of models.dev');
  });
});
