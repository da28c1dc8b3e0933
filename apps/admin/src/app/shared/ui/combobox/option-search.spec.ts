import { loadPinyin } from '../../data/pinyin.js';
import type { ComboGroup } from './combo-option.js';
import { atMost, OptionSearch } from './option-search.js';

const GROUPS: readonly ComboGroup[] = [
  { heading: '', options: [{ value: 'a', label: '生产 · qwen-max', words: ['通义千问'] }] },
  {
    heading: 'DeepSeek',
    options: [
      { value: 'b', label: 'DeepSeek main · deepseek-chat' },
      { value: 'c', label: '重庆机房 · deepseek-reasoner' },
    ],
  },
];

describe('OptionSearch', () => {
  const found = async (query: string): Promise<string[]> =>
    new OptionSearch(await loadPinyin())
      .find(GROUPS, query)
      .flatMap(({ options }) => options.map(({ value }) => value));

  it('leaves all of them, in their order, where nothing is sought', async () => {
    expect(await found('  ')).toEqual(['a', 'b', 'c']);
  });

  it('finds by every word, in the label and beside it', async () => {
    expect(await found('DEEP')).toEqual(['b', 'c']);
    expect(await found('chat main')).toEqual(['b']);
    expect(await found('千问')).toEqual(['a']);
    expect(await found('qwen reasoner')).toEqual([]);
  });

  it('finds by pinyin, whole and by initials', async () => {
    expect(await found('tyqw')).toEqual(['a']);
    expect(await found('shengchan')).toEqual(['a']);
    expect(await found('cqjf')).toEqual(['c']);
  });

  it('leaves out empty groups', () => {
    expect(new OptionSearch(null).find(GROUPS, 'main').map(({ heading }) => heading)).toEqual(['DeepSeek']);
  });
});

describe('atMost', () => {
  it('keeps the first ones and counts the others', () => {
    expect(atMost(GROUPS, 3).rest).toBe(0);
    const { groups, rest } = atMost(GROUPS, 2);
    expect(groups.map(({ options }) => options.length)).toEqual([1, 1]);
    expect(rest).toBe(1);
    expect(atMost(GROUPS, 1)).toEqual({ groups: [GROUPS[0]], rest: 2 });
  });
});
