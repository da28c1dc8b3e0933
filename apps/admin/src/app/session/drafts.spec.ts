import { Drafts } from './drafts.js';

describe('Drafts', () => {
  it('keeps one text for each place and forgets what was sent', () => {
    const drafts = new Drafts();
    drafts.write('a', 'one');
    drafts.write('b', 'two');
    expect([drafts.read('a'), drafts.read('b'), drafts.read('c')]).toEqual(['one', 'two', '']);
    drafts.write('a', '');
    expect(drafts.read('a')).toBe('');
    expect(sessionStorage.length).toBe(1);
  });
});
