import { apiParams, isFiltered, queryOf } from './llm-config-query.js';

describe('the query in the address', () => {
  it('is everything, by name, when nothing is said', () => {
    expect(apiParams(queryOf({}))).toEqual({ skip: 0, limit: 50, sort: 'name' });
    expect(isFiltered(queryOf({}))).toBe(false);
  });

  it('becomes the api’s own words', () => {
    const query = queryOf({
      q: 'gpu',
      provider: 'vllm',
      state: 'inactive',
      kind: 'embedding',
      sort: '-updated_at',
      page: '3',
    });
    expect(apiParams(query)).toEqual({
      skip: 100,
      limit: 50,
      sort: '-updated_at',
      search: 'gpu',
      provider: 'vllm',
      is_active: false,
      is_embedding: true,
    });
  });

  it('counts what it does not understand as nothing said', () => {
    expect(queryOf({ state: 'odd', kind: 'x', page: '-4' })).toMatchObject({ state: '', kind: '', page: 1 });
    expect(queryOf({ page: 'NaN', q: ['a', 'b'] })).toMatchObject({ page: 1, q: '' });
  });
});
