import { offsetOf, rowsInView } from './row-window.js';

const plain = { row: 36, unfolded: null, extra: 0 };

describe('the window of a table', () => {
  it('holds what is in view and a little more', () => {
    const { start, end } = rowsInView(3600, 4320, 10_000, plain);
    expect(start).toBeLessThanOrEqual(100);
    expect(end).toBeGreaterThanOrEqual(120);
    expect(end - start).toBeLessThan(45);
  });

  it('stays the same while only a few pixels pass', () => {
    expect(rowsInView(3700, 4420, 10_000, plain)).toEqual(rowsInView(3710, 4430, 10_000, plain));
  });

  it('ends at both ends of the list', () => {
    expect(rowsInView(0, 720, 3, plain)).toEqual({ start: 0, end: 3 });
    expect(rowsInView(359_280, 360_000, 10_000, plain).end).toBe(10_000);
    expect(rowsInView(0, 720, 0, plain)).toEqual({ start: 0, end: 0 });
  });

  it('makes room below an unfolded row', () => {
    const heights = { row: 120, unfolded: 2, extra: 300 };
    expect(offsetOf(2, heights)).toBe(240);
    expect(offsetOf(3, heights)).toBe(660);
    const { start, end } = rowsInView(offsetOf(50, heights), offsetOf(55, heights), 1000, heights);
    expect(start).toBeLessThanOrEqual(50);
    expect(end).toBeGreaterThanOrEqual(55);
  });
});
