import { termsOf } from './search-tokens.js';
import { snippetOf } from './snippet.js';

const shown = (text: string, query: string): string =>
  snippetOf(text, termsOf(query))
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

describe('the snippet of a section', () => {
  it('marks what was looked for, whatever its width and case', () => {
    expect(shown('当磁盘空间不足时，重启 Ｎginx 与 NGINX-proxy', '磁盘空间 nginx')).toBe(
      '当[磁盘空间]不足时，重启 [Ｎginx] 与 [NGINX]-proxy',
    );
  });

  it('marks no word inside of another', () => {
    expect(shown('the undisked disk', 'disk')).toBe('the undisked [disk]');
    expect(shown('10 and 210 and 100', '10')).toBe('[10] and 210 and 100');
  });

  it('is the place that has most of it', () => {
    const text = `disk ${'a '.repeat(200)}here the disk is full${' b'.repeat(200)}`;
    expect(shown(text, 'disk full')).toMatch(/^….*here the \[disk\] is \[full\].*…$/);
  });

  it('is the beginning where nothing matches, in one line', () => {
    expect(shown('one\n\n  two', '磁盘')).toBe('one two');
    expect(snippetOf('', termsOf('disk'))).toEqual([]);
  });

  it('takes no longer for a text that matches everywhere', () => {
    const begun = performance.now();
    for (let times = 0; times < 50; times += 1) snippetOf('盘'.repeat(4_000), termsOf('盘'));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('never cuts a character', () => {
    const pieces = snippetOf(`${'😀'.repeat(300)} disk ${'😀'.repeat(300)}`, termsOf('disk'));
    expect(pieces.every(({ text }) => text.isWellFormed())).toBe(true);
  });
});
