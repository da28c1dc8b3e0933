import { evenRows, rowsInView, unevenRows } from './rows-in-view.js';

const plain = evenRows(10_000, 36);

describe('rowsInView', () => {
  it('holds what is in view and a little more', () => {
    const { start, end } = rowsInView(plain, 3600, 4320);
    expect(start).toBeLessThanOrEqual(96);
    expect(end).toBeGreaterThanOrEqual(124);
    expect(end - start).toBeLessThan(45);
  });

  it('stays the same while only a few pixels pass', () => {
    expect(rowsInView(plain, 3700, 4420)).toEqual(rowsInView(plain, 3705, 4425));
  });

  it('ends at both ends of the list', () => {
    expect(rowsInView(evenRows(3, 36), 0, 720)).toEqual({ start: 0, end: 3 });
    expect(rowsInView(plain, 359_280, 360_000).end).toBe(10_000);
    expect(rowsInView(evenRows(0, 36), 0, 720)).toEqual({ start: 0, end: 0 });
    expect(rowsInView(unevenRows([]), 0, 720)).toEqual({ start: 0, end: 0 });
  });

  it('makes room below an unfolded row', () => {
    const rows = evenRows(1000, 120, 2, 300);
    expect([rows.offsetOf(2), rows.offsetOf(3)]).toEqual([240, 660]);
    const { start, end } = rowsInView(rows, rows.offsetOf(50), rows.offsetOf(55));
    expect(start).toBeLessThanOrEqual(50);
    expect(end).toBeGreaterThanOrEqual(55);
  });

  it('knows rows that each have a height of their own', () => {
    const rows = unevenRows(Array.from({ length: 1000 }, (_, index) => (index % 10 === 0 ? 72 : 36)));
    expect([rows.offsetOf(1), rows.offsetOf(10), rows.offsetOf(1000)]).toEqual([72, 396, 39_600]);
    expect([rows.indexAt(-5), rows.indexAt(71), rows.indexAt(72)]).toEqual([0, 0, 1]);
    const { start, end } = rowsInView(rows, rows.offsetOf(500), rows.offsetOf(510));
    expect(start).toBeLessThanOrEqual(496);
    expect(end).toBeGreaterThanOrEqual(514);
    expect(end - start).toBeLessThan(36);
  });
});
