import { Figures, median, percentile } from './statistics.ts';

describe('percentile', () => {
  it('is the nearest rank of the sorted values, whatever their order', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.99, 1].map((p) => percentile(values, p))).toEqual([1, 50, 99, 100]);
  });

  it('sorts numbers by size, not as text', () => {
    expect(percentile([9, 10, 100], 0.5)).toBe(10);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => percentile([], 0.5)).toThrow('no values were measured');
  });
});

describe('median', () => {
  it('is the middle value', () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  it('is the mean of the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('figures', () => {
  it('are medians of the rounds, apart for each row and target', () => {
    const figures = new Figures();
    for (const value of [5, 1, 3]) figures.add('rate', 'direct', value);
    figures.add('rate', 'OpsAgent', 7);
    expect([figures.median('rate', 'direct'), figures.median('rate', 'OpsAgent')]).toEqual([3, 7]);
  });

  it('are missing where nothing was measured', () => {
    expect(new Figures().median('rate', 'direct')).toBeUndefined();
  });
});
