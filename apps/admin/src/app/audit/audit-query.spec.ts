import { ANY, filterOf, isFiltered, paramsOf, queryOf } from './audit-query.js';

describe('what the audit log is asked for', () => {
  const ID = '6f1d3c52-5f6e-4f0e-9a59-0f2a9d1c7b11';

  it('stands in the address and comes back from there', () => {
    const query = {
      ...ANY,
      q: '管理员',
      action: 'llm_config',
      result: 'refused',
      actor: ID,
      target: `user:${ID}`,
    } as const;
    expect(queryOf(paramsOf(query))).toEqual(query);
    expect(isFiltered(query)).toBe(true);
    expect(isFiltered(queryOf({}))).toBe(false);
  });

  it('is anything where the address says what is not understood', () => {
    expect(
      queryOf({ result: 'x', actor: '1', from: 'yesterday', target: 'user', action: "a'b", q: ['a', 'b'] }),
    ).toEqual(ANY);
  });

  it('is told to the server in its words, the last day included', () => {
    const filter = filterOf({
      ...ANY,
      q: ' x ',
      result: 'done',
      target: 'llm_config:a:b',
      from: '2026-03-01',
      to: '2026-03-01',
    });
    expect(filter).toMatchObject({ search: 'x', refused: 'false', target_type: 'llm_config', target_id: 'a:b' });
    expect(Date.parse(filter['to'] ?? '') - Date.parse(filter['from'] ?? '')).toBe(24 * 60 * 60 * 1000);
    expect(filterOf(ANY)).toEqual({});
  });
});
