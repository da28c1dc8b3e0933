import { stepGist, stepTarget } from './step-target.js';

describe('the heading of a step', () => {
  it.each([
    ['{"source":"shop-db","check":"locks"}', 'shop-db', 'locks'],
    ['{"target":"local","argv":["df","-h"],"timeout_s":20}', 'local', 'df -h · 20'],
    ['{"query":"  磁盘\\n空间 "}', '', ' 磁盘 空间 '],
    ['{"todos":[{"text":"look","state":"pending"}],"deep":{"a":1},"on":true,"none":null}', '', ''],
    ['{"source":"', '', ''],
    ['["x"]', '', 'x'],
  ])('of %s names what it is made to, and what is asked of it', (input, target, gist) => {
    expect(stepTarget(input)).toBe(target);
    expect(stepGist(input)).toBe(gist);
  });

  it('is short', () => {
    expect(stepGist(JSON.stringify({ sql: 's'.repeat(10_000) }))).toHaveLength(121);
  });
});
