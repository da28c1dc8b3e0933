import { queryOf, termsOf, tokensOf, vectorOf } from './search-tokens.js';

const termsIn = (query: string): string => termsOf(query).map(queryOf).join(' ');

describe('the tokens of a text', () => {
  it.each([
    ['磁盘空间不足', ['磁盘', '盘空', '空间', '间不', '不足', '足']],
    ['Disk FULL on web-03', ['disk', 'full', 'on', 'web', '03']],
    ['ＮＧＩＮＸ ５０２', ['nginx', '502']],
    ['K8s集群', ['k8s', '集群', '群']],
    ['OOMKilled', ['oomkilled', 'oom', 'killed']],
    ['ディスク満杯', ['ディ', 'ィス', 'スク', 'ク満', '満杯', '杯']],
    ['— … !', []],
  ])('of %s', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('count no more than a few times, each with where it stands', () => {
    expect(
      vectorOf([
        ['disk', 'A'],
        ['disk '.repeat(9), 'D'],
      ]),
    ).toBe("'disk':1A,2D,3D,4D,5D");
  });

  it('are bounded, and carry no mark of a query', () => {
    expect(tokensOf('x'.repeat(5_000))).toEqual(['x'.repeat(64)]);
    expect(termsIn(`it's \\ 'a' & !(b) | disk:*`)).toBe("'s' 'b' 'disk':*");
  });
});

describe('what is looked for', () => {
  it.each([
    ['磁盘', "'磁盘'"],
    ['盘', "'盘':*"],
    ['磁盘满了怎么办', "'磁盘' '盘满'"],
    ['怎么办', "'怎么' '么办'"],
    ['请求超时', "'请求' '求超' '超时'"],
    ['Why are disks full?', "'disk':* 'full':*"],
    ['the', "'the':*"],
    ['nginx nginx 5', "'nginx':* '5'"],
    ['  ', ''],
  ])('by %s', (query, terms) => {
    expect(termsIn(query)).toBe(terms);
  });
});
