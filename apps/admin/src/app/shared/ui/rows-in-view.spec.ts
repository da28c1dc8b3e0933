import { rowOffsets, rowsInView } from './rows-in-view.js';

const offsets = rowOffsets(Array.from({ length: 10_000 }, () => 50));

describe('rowsInView', () => {
  it('draws what is seen and a little around it, wherever that is', () => {
    expect(rowsInView(offsets, 0, 600)).toEqual({ first: 0, end: 21, above: 0, whole: 500_000 });
    expect(rowsInView(offsets, 250_000, 600)).toEqual({ first: 4992, end: 5021, above: 249_600, whole: 500_000 });
    expect(rowsInView(offsets, 499_400, 600)).toMatchObject({ end: 10_000 });
  });

  it('knows rows of different heights, and lists without any', () => {
    expect(rowsInView(rowOffsets([36, 52, 72]), 0, 100)).toEqual({ first: 0, end: 3, above: 0, whole: 160 });
    expect(rowsInView(rowOffsets([]), 0, 600)).toEqual({ first: 0, end: 0, above: 0, whole: 0 });
  });
});
