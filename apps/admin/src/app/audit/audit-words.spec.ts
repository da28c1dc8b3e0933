import { changesOf } from './audit-words.js';

describe('what an entry tells of', () => {
  it('is each field that changed, came or went', () => {
    const before = { name: 'a', tags: ['x'], gone: 1, same: { b: 1 } };
    const after = { name: 'b', tags: ['x', 'y'], come: true, same: { b: 1 } };
    expect(changesOf({ before, after })).toEqual([
      { field: 'name', before: 'a', after: 'b' },
      { field: 'tags', before: ['x'], after: ['x', 'y'] },
      { field: 'gone', before: 1, after: undefined },
      { field: 'come', before: undefined, after: true },
    ]);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });
});
