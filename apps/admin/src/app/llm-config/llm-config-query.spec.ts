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

const HIDDEN = ['key', 'description', 'errors', 'users', 'changedBy'];

describe('the query in the address', () => {
  it('is everything, by name, when nothing is said', () => {
    expect(queryOf({})).toEqual({
      q: '',
      provider: '',
      state: '',
      kind: '',
      tag: '',
      only: [],
      sort: 'name',
      hide: HIDDEN,
    });
    expect(isFiltered(queryOf({}))).toBe(false);
  });

  it('comes back out of the address as it went in', () => {
    const query = {
      ...queryOf({}),
      q: 'gpu',
      state: 'inactive',
      sort: '-updated_at',
      tag: '生产',
      only: ['failing'],
      hide: [...HIDDEN.slice(1), 'used'],
    } as const;
    const params = Object.fromEntries(Object.entries(paramsOf(query)).filter(([, value]) => value !== null));
    expect(params).toEqual({
      q: 'gpu',
      state: 'inactive',
      tag: '生产',
      only: 'failing',
      sort: '-updated_at',
      hide: 'used',
      show: 'key',
    });
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

  it('is found by tag, owner, last test, use and the age of its key', () => {
    const details = (part: object) => ({
      details: { tags: [], last_test: null, key_changed_at: null, ...part } as never,
    });
    const configs = [
      config('tagged', { last_used_at: '2026', ...details({ tags: ['prod'] }) }),
      config('mine', { last_used_at: '2026', created_by: 'me', ...details({}) }),
      config('failing', { last_used_at: '2026', ...details({ last_test: { success: false } }) }),
      config('unused', details({ key_changed_at: new Date().toISOString() })),
      config('old', { last_used_at: '2026', ...details({ key_changed_at: '2020-01-01T00:00:00Z' }) }),
    ];
    const found = (params: Record<string, string>): string[] => names(filtered(configs, queryOf(params), 'me'));
    expect(found({ tag: 'prod' })).toEqual(['tagged']);
    expect(found({ only: 'mine' })).toEqual(['mine']);
    expect(found({ only: 'failing' })).toEqual(['failing']);
    expect(found({ only: 'unused' })).toEqual(['unused']);
    expect(found({ only: 'old_key' })).toEqual(['old']);
    expect(found({ only: 'mine,failing' })).toEqual([]);
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
