import { pressed } from './selection.js';

const ids = ['a', 'b', 'c', 'd', 'e'];

describe('the selection of a table', () => {
  it('takes a row in and out', () => {
    expect([...pressed(new Set(['a']), 'b', null)]).toEqual(['a', 'b']);
    expect([...pressed(new Set(['a', 'b']), 'b', null)]).toEqual(['a']);
  });

  it('takes a whole range in, in both directions', () => {
    expect([...pressed(new Set(['b']), 'd', { ids, anchor: 'b' })].sort()).toEqual(['b', 'c', 'd']);
    expect([...pressed(new Set(['d']), 'b', { ids, anchor: 'd' })].sort()).toEqual(['b', 'c', 'd']);
  });

  it('counts as a single press when the other end is gone', () => {
    expect([...pressed(new Set(), 'c', { ids, anchor: 'gone' })]).toEqual(['c']);
  });
});
