import { prettyJson, visibleText } from './visible-text.js';

describe('a text that is to be approved', () => {
  it('shows what would turn or hide parts of it', () => {
    expect(visibleText('rm \u202eelif\u202c a\u200bb\u0007')).toBe('rm \\u202eelif\\u202c a\\u200bb\\u0007');
    expect(visibleText('{\n\t"路径": "磁盘 é"\n}')).toBe('{\n\t"路径": "磁盘 é"\n}');
  });

  it('is indented where it is JSON, and left alone where it is not', () => {
    expect(prettyJson('{"a":["b",1],"c":[{}],"d":{"e":[]}}')).toBe(
      '{\n  "a": ["b", 1],\n  "c": [\n    {}\n  ],\n  "d": {\n    "e": []\n  }\n}',
    );
    const long = ['x'.repeat(50), 'y'.repeat(50)];
    expect(prettyJson(JSON.stringify(long))).toBe(JSON.stringify(long, null, 2));
    expect(prettyJson('{ "a": ')).toBe('{ "a": ');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(prettyJson(deep)).toBe(deep);
    expect(prettyJson('plain')).toBe('plain');
  });
});
