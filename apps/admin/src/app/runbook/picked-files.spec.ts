import { pickedFiles } from './picked-files.js';

/** A file as far as it is read here; the browser of the tests gives files no text. */
const file = (name: string, text: string): File =>
  ({ name, size: text.length, text: () => Promise.resolve(text) }) as unknown as File;

describe('files that were chosen', () => {
  it('are Markdown, and exports of this console', async () => {
    const exported = JSON.stringify({ files: [{ name: 'b.md', text: 'b' }], total: 1 });
    const { batches, refused } = await pickedFiles([file('a.MD', 'a'), file('all.json', exported)]);
    expect(batches).toEqual([
      [
        { name: 'a.MD', text: 'a' },
        { name: 'b.md', text: 'b' },
      ],
    ]);
    expect(refused).toEqual([]);
  });

  it('are refused when they are anything else', async () => {
    const others = [
      file('a.png', 'x'),
      file('a.json', '{'),
      file('b.json', 'null'),
      file('c.json', '{"files":[{"name":1}]}'),
      file('binary.md', 'a\0b'),
      file('large.md', 'x'.repeat(1_000_001)),
    ];
    const { batches, refused } = await pickedFiles([...others, file('ok.md', 'ok')]);
    expect(batches).toEqual([[{ name: 'ok.md', text: 'ok' }]]);
    expect(refused).toEqual(others.map(({ name }) => name));
  });

  it('are sent some at a time', async () => {
    const many = Array.from({ length: 150 }, (_, at) => file(`${at}.md`, 'x'));
    expect((await pickedFiles(many)).batches.map(({ length }) => length)).toEqual([100, 50]);
    const large = Array.from({ length: 15 }, (_, at) => file(`${at}.md`, 'x'.repeat(900_000)));
    expect((await pickedFiles(large)).batches.map(({ length }) => length)).toEqual([11, 4]);
  });
});
