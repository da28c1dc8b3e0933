import { BestFigures } from './rows.ts';

describe('the table of the console', () => {
  it('shows the best round beside its goal', () => {
    const figures = new BestFigures();
    for (const value of [19.2, 16.84, 17.5]) figures.add('follow-p95', value);
    figures.add('chat-nodes', 6_001);
    figures.add('configs-first', 320);
    expect(figures.table().split('\n').slice(2)).toEqual([
      '| 200 tokens/s, at the end: frame p95, ms | 16.8 | ≤ 17 | yes |',
      '| 2,000 messages: DOM nodes | 6,001 | ≤ 6,000 | no |',
      '| 10,000 configurations: first rows after opening, ms | 320 |  |  |',
    ]);
  });
});
