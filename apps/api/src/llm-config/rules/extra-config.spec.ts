import { InvalidInput } from '../../platform/errors/domain-error.js';
import { checkedExtraConfig } from './extra-config.js';

const fieldsOf = (extra: Record<string, unknown>): string[] => {
  try {
    checkedExtraConfig(extra);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields.map(({ field }) => field);
    throw error;
  }
};

const nested = (depth: number): unknown => (depth === 0 ? 1 : { inner: nested(depth - 1) });

describe('extra_config', () => {
  it('takes everything it is made for', () => {
    const extra = {
      thinking: 'off',
      reasoning_effort: 'low',
      thinking_budget: 2048,
      timeouts: { connect_ms: 5000, first_byte_ms: 60_000, idle_ms: 30_000, total_ms: 300_000 },
      headers: { 'X-Team': 'ops' },
      dimensions: 1024,
      batch_size: 10,
      num_ctx: 32_768,
      keep_alive: '5m',
      stop: ['END'],
      seed: 7,
      extra_body: { top_k: 20, nested: { a: [1, 2] } },
      capabilities: { tools: true },
      context_window: 128_000,
      price: { input: 0.5, output: '2.25', currency: 'USD' },
    };
    expect(checkedExtraConfig(extra)).toEqual(extra);
    expect(checkedExtraConfig({})).toEqual({});
    expect(fieldsOf({ keep_alive: -1 })).toEqual([]);
  });

  it.each([
    ['unknown', { unknown: 1 }],
    ['constructor', { constructor: 1 }],
    ['thinking', { thinking: true }],
    ['reasoning_effort', { reasoning_effort: '' }],
    ['thinking_budget', { thinking_budget: 0 }],
    ['timeouts', { timeouts: { read_ms: 1 } }],
    ['timeouts', { timeouts: { idle_ms: '1' } }],
    ['timeouts', { timeouts: [] }],
    ['headers', { headers: { Authorization: 'Bearer x' } }],
    ['headers', { headers: { 'proxy-authorization': 'x' } }],
    ['headers', { headers: { cookie: 'x' } }],
    ['headers', { headers: { 'Content-Length': '1' } }],
    ['headers', { headers: { 'X-A': 'line\r\nHost: b' } }],
    ['headers', { headers: { 'bad name': 'x' } }],
    ['keep_alive', { keep_alive: 'soon' }],
    ['stop', { stop: ['1', '2', '3', '4', '5'] }],
    ['stop', { stop: [''] }],
    ['seed', { seed: 1.5 }],
    ['extra_body', { extra_body: { messages: [] } }],
    ['extra_body', { extra_body: { model: 'other' } }],
    ['price', { price: { currency: 'CNY', input: 1 } }],
    ['price', { price: { currency: 'yuan', input: 1, output: 2 } }],
    ['price', { price: { currency: 'CNY', input: -1, output: 2 } }],
    ['price', { price: { currency: 'CNY', input: '1e3', output: 2 } }],
    ['price', { price: { currency: 'CNY', input: 1, output: 2, per: 'token' } }],
    ['extra_body', { extra_body: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, n])) }],
  ])('refuses a wrong %s', (name, extra) => {
    expect(fieldsOf(extra)).toEqual([`extra_config.${name}`]);
  });

  it('says about every wrong entry what is wrong with it', () => {
    expect(fieldsOf({ seed: 'x', dimensions: 0, num_ctx: 4096 })).toEqual([
      'extra_config.seed',
      'extra_config.dimensions',
    ]);
  });

  it.each([
    ['more than 8 KiB', { extra_body: { text: 'x'.repeat(8200) } }],
    ['deep nesting', { extra_body: { deep: nested(10) } }],
    ['NUL', { extra_body: { text: 'a\0b' } }],
    ['NUL in a name', { extra_body: { 'a\0b': 1 } }],
    ['half a surrogate pair', { extra_body: { text: '\ud83d' } }],
  ])('refuses %s', (_what, extra) => {
    expect(fieldsOf(extra)).toEqual(['extra_config']);
  });
});
