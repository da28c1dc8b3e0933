import { offeredName } from '../tool-names.js';
import { resultOf } from './call-result.js';
import { problemWithSchema, withShortTexts } from './foreign-schema.js';
import { oneLine, repeatable, withoutValues } from './foreign-text.js';
import { hashOfTool } from './tool-hash.js';

describe('what an MCP server says', () => {
  it('is shown in one line that hides nothing', () => {
    expect(oneLine('a\n b\u200b\u202e\tc\0\u{e0041}d', 100)).toBe('a b c d');
    expect(oneLine('x'.repeat(11), 10)).toBe(`${'x'.repeat(10)}…`);
  });

  it('is freed of the values that it was sent, with and without the word before them', () => {
    const values = repeatable([{ authorization: 'Bearer abcdef123' }, { short: 'on' }]);
    expect(withoutValues('Bearer abcdef123, abcdef123, on', values)).toBe('••••, ••••, on');
  });

  it('gives names that every provider takes, other ones for other tools', () => {
    const tools = ['ok-1_A', 'a.b', 'a/b', 'a_b', 'x'.repeat(80), `${'x'.repeat(80)}y`, '名前', ''];
    const names = tools.map((tool) => offeredName('server-with-24-letters-x', tool));
    expect(names[0]).toBe('mcp__server-with-24-letters-x__ok-1_A');
    expect(new Set(names).size).toBe(tools.length);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('has the same hash in whatever order it stands, and another one for any other word', () => {
    const told = { name: 'a', description: 'b', inputSchema: { type: 'object', properties: { x: {} } } };
    const hash = hashOfTool(told);
    expect(hashOfTool({ inputSchema: { properties: { x: {} }, type: 'object' }, description: 'b', name: 'a' })).toBe(
      hash,
    );
    for (const other of [
      { ...told, description: 'B' },
      { ...told, title: '' },
      { ...told, annotations: { readOnlyHint: true } },
      { ...told, inputSchema: { type: 'object', properties: { y: {} } } },
    ])
      expect(hashOfTool(other)).not.toBe(hash);
  });

  it('may refer to its own definitions, in circles too, and to properties with the names of keywords', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' }, $ref: { type: 'string' } } };
    expect(
      problemWithSchema({ type: 'object', properties: { node: { $ref: '#/$defs/node' } }, $defs: { node } }),
    ).toBeUndefined();
    expect(problemWithSchema({ properties: { a: { $ref: 'file:///etc/passwd' } } })).toMatch(/outside itself/);
    expect(problemWithSchema({ properties: { a: { $id: 'http://x/y' } } })).toMatch(/names of their own/);
    const circle = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `d${i}`,
        { anyOf: Array.from({ length: 12 }, (_, j) => ({ $ref: `#/$defs/d${j}` })) },
      ]),
    );
    expect(problemWithSchema({ $ref: '#/$defs/d0', $defs: circle })).toMatch(/written out/);
  });

  it('is cut where it describes, and left alone where it defines', () => {
    const schema = {
      description: 'long text',
      properties: { description: { type: 'string', title: 'long text' } },
      enum: ['long text'],
    };
    expect(withShortTexts(schema, (text) => text.slice(0, 4))).toEqual({
      description: 'long',
      properties: { description: { type: 'string', title: 'long' } },
      enum: ['long text'],
    });
  });

  it('is told once where it stands as data and as text', () => {
    const called = { source: 's', query: 'q', hidden: [] };
    const answer = {
      content: [{ type: 'text' as const, text: '{"b":1,"a":[2]}' }],
      structuredContent: { a: [2], b: 1 },
    };
    expect(resultOf(answer, called)).toEqual({ status: 'ok', query: 'q', source: 's', data: { a: [2], b: 1 } });
    expect(resultOf({ content: [] }, called)).toMatchObject({ status: 'ok', message: 'The tool answered nothing.' });
    expect(resultOf({ content: [], isError: true }, called)).toMatchObject({
      status: 'error',
      message: 'The tool failed.',
    });
  });
});
