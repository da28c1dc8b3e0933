import type { LlmConfigFacts } from '../llm-config-facts.js';
import { readEnvironment } from '../../platform/config/read-environment.js';
import { decimalOf } from './decimal.js';
import { ModelCatalogue } from './model-catalogue.js';
import { Pricing } from './pricing.js';

const catalogue = new ModelCatalogue(readEnvironment({}));

const CHINA = 'https://china.test';
const NIGHT = new Date('2026-11-25T20:00:00+08:00');

type Facts = Pick<LlmConfigFacts, 'provider' | 'modelName' | 'extra'> & { baseUrl?: string };

function costOf(facts: Facts, [prompt, cached, completion]: [number, number, number], at = NIGHT): string | null {
  const usage = { promptTokens: prompt, cachedTokens: cached, completionTokens: completion };
  const pricing = new Pricing({ baseUrl: CHINA, ...facts }, catalogue);
  const price = pricing.priceOf({ ...usage, reasoningTokens: 0, estimated: false }, at);
  return price && `${decimalOf(price.prompt + price.completion)} ${price.currency}`;
}

const model = (provider: Facts['provider'], modelName: string, more: Partial<Facts> = {}): Facts => ({
  ...{ provider, modelName, extra: {} },
  ...more,
});

describe('the price of a model call', () => {
  it('is exact, with what the provider had cached at its own price', () => {
    expect(costOf(model('tongyi', 'qwen3.8-flash'), [1_000_000, 0, 0])).toBe('0.8 CNY');
    expect(costOf(model('tongyi', 'qwen3.8-flash'), [3, 1, 7])).toBe('0.00002066 CNY');
    expect(costOf(model('tongyi', 'QWEN3.8-Flash'), [0, 0, 1])).toBe('0.0000027 CNY');
  });

  it('follows the length of the prompt', () => {
    expect(costOf(model('baidu', 'ernie-5.1'), [32_000, 0, 0])).toBe('0.128 CNY');
    expect(costOf(model('baidu', 'ernie-5.1'), [32_001, 0, 0])).toBe('0.192006 CNY');
    expect(costOf(model('openai', 'gpt-6-astra'), [300_000, 0, 1000])).toBe('6.075 USD');
  });

  it.each([
    ['2026-11-25T09:00:00+08:00', '2 CNY'],
    ['2026-11-25T11:59:59+08:00', '2 CNY'],
    ['2026-11-25T12:00:00+08:00', '1 CNY'],
    ['2026-11-25T14:30:00+08:00', '2 CNY'],
    ['2026-11-25T18:00:00+08:00', '1 CNY'],
    ['2026-11-28T10:00:00+08:00', '1 CNY'],
    ['2026-11-25T01:30:00Z', '2 CNY'],
  ])('follows the hours of the provider at %s', (at, expected) => {
    expect(costOf(model('deepseek', 'deepseek-v4-flash'), [1_000_000, 0, 0], new Date(at))).toBe(expected);
  });

  it('is in the currency of the address, and unknown where only another one is known', () => {
    const abroad = { baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' };
    expect(costOf(model('tongyi', 'qwen3.8-max', abroad), [10, 0, 10])).toBeNull();
    expect(costOf(model('zhipu', 'glm-4.7-flash', { baseUrl: 'https://api.z.ai/api/paas/v4' }), [10, 0, 10])).toBe(
      '0 USD',
    );
    expect(costOf(model('zhipu', 'glm-4.7-flash'), [10, 0, 10])).toBe('0 CNY');
    expect(costOf(model('moonshot', 'kimi-k3'), [1_000_000, 0, 0])).toBe('3 USD');
  });

  it('is unknown, not nothing, where no price is known', () => {
    expect(costOf(model('tongyi', 'qwen-plus'), [10, 0, 10])).toBeNull();
    expect(costOf(model('openai', 'nobody-knows'), [10, 0, 10])).toBeNull();
    expect(costOf(model('ollama', 'qwen3'), [10, 0, 10])).toBeNull();
    expect(costOf(model('openai-compatible', 'gpt-4o'), [10, 0, 10])).toBeNull();
  });

  it('is what the configuration says itself before anything else', () => {
    const price = { currency: 'EUR', input: 0.5, output: '1.25' };
    expect(costOf(model('openai', 'gpt-4o', { extra: { price } }), [2_000_000, 1_000_000, 4])).toBe('1.000005 EUR');
    expect(
      costOf(model('ollama', 'qwen3', { extra: { price: { currency: 'CNY', input: 0, output: 0 } } }), [9, 0, 9]),
    ).toBe('0 CNY');
  });
});
