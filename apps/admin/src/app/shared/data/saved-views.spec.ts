import { MOST_VIEWS, readViews, type SavedView, withView, writeViews } from './saved-views.js';

const view = (name: string, q = name): SavedView => ({ name, params: { q } });

describe('saved views', () => {
  it('come back as they were kept, and whatever is broken counts as none', () => {
    writeViews('views', [view('a'), view('b')]);
    expect(readViews('views')).toEqual([view('a'), view('b')]);
    localStorage.setItem('views', '[{"name":1},{"name":"c","params":{}},null]');
    expect(readViews('views')).toEqual([{ name: 'c', params: {} }]);
    localStorage.setItem('views', '{broken');
    expect(readViews('views')).toEqual([]);
    writeViews('views', []);
    expect(localStorage.getItem('views')).toBeNull();
  });

  it('replace one of the same name and stop at the limit', () => {
    expect(withView([view('a'), view('b')], view('a', 'x'))).toEqual([view('a', 'x'), view('b')]);
    const full = Array.from({ length: MOST_VIEWS }, (_, at) => view(`v${at}`));
    expect(withView(full, view('one more'))).toEqual(full);
  });
});
