import { prettyJson, visibleText } from './visible-text.js';

describe('a text that is to be approved', () => {
  it('shows what would turn or hide parts of it', () => {
    expect(visibleText('rm \u202eelif\u202c a\u200bb\u0007')).toBe('rm \\u202eelif\\u202c a\\u200bb\\u0007');
    expect(visibleText('{\n\t"路径": "磁盘 é"\n}')).toBe('{\n\t"路径": "磁盘 é"\n}');
  });

  it('is indented where it is JSON, and left alone where it is not', () => {
    expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(prettyJson('{ "a": ')).toBe('{ "a": ');
    expect(prettyJson('plain')).toBe('plain');
  });
});
