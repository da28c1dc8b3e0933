import type { LlmConfigDto } from '@opsagent/contracts';
import { filtered, isFiltered, paramsOf, queryOf, sorted } from './llm-config-query.js';

const config = (name: string, part: Partial<LlmConfigDto> = {}): LlmConfigDto =>
  ({
    id: name,
    name,
    provider: 'openai',
    model_name: 'gpt',
    description: null,
    is_active: true,
    is_embedding: false,
    last_used_at: null,
    updated_at: '2026-01-01T00:00:00Z',
    ...part,
  }) as LlmConfigDto;

const names = (configs: readonly LlmConfigDto[]): string[] => configs.map(({ name }) => name);

describe('the query in the address', () => {
  it('is everything, by name, when nothing is said', () => {
    expect(queryOf({})).toEqual({ q: '', provider: '', state: '', kind: '', sort: 'name', hide: [] });
    expect(isFiltered(queryOf({}))).toBe(false);
  });

  it('comes back out of the address as it went in', () => {
    const query = { ...queryOf({}), q: 'gpu', state: 'inactive', sort: '-updated_at', hide: ['key', 'used'] } as const;
    const params = Object.fromEntries(Object.entries(paramsOf(query)).filter(([, value]) => value !== null));
    expect(params).toEqual({ q: 'gpu', state: 'inactive', sort: '-updated_at', hide: 'key,used' });
    expect(queryOf(params)).toEqual(query);
  });

  it('counts what it does not understand as nothing said', () => {
    expect(queryOf({ state: 'odd', kind: 'x', sort: 'size', q: ['a', 'b'] })).toEqual(queryOf({}));
  });
});

describe('the list of a query', () => {
  it('is searched in name, model and description, ignoring case', () => {
    const configs = [config('A', { description: 'for GPU work' }), config('gpu-1'), config('c', { model_name: 'x' })];
    expect(names(filtered(configs, queryOf({ q: ' gpu ' })))).toEqual(['A', 'gpu-1']);
  });

  it('keeps what passes every filter', () => {
    const configs = [
      config('a', { is_active: false, is_embedding: true }),
      config('b', { is_active: false }),
      config('c', { provider: 'vllm', is_active: false, is_embedding: true }),
    ];
    expect(names(filtered(configs, queryOf({ state: 'inactive', kind: 'embedding', provider: 'openai' })))).toEqual([
      'a',
    ]);
  });

  it('is in the order of names as people count', () => {
    expect(names(sorted([config('m10'), config('M9'), config('a')], 'name', 'en'))).toEqual(['a', 'M9', 'm10']);
    expect(names(sorted([config('北京'), config('上海')], '-name', 'zh-CN'))).toEqual(['上海', '北京']);
  });

  it('has what was never used at its end, in both directions', () => {
    const configs = [config('never'), config('old', { last_used_at: '2025' }), config('new', { last_used_at: '2026' })];
    expect(names(sorted(configs, '-last_used_at', 'en'))).toEqual(['new', 'old', 'never']);
    expect(names(sorted(configs, 'last_used_at', 'en'))).toEqual(['old', 'new', 'never']);
  });
});
