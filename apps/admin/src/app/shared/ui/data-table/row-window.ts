import type { RowRange } from './table-rows.js';

/** Rows come and go in blocks, so that most frames of a scroll draw nothing new. */
const BLOCK = 6;
const SPARE = 4;

/** Heights in CSS pixels; one row may be unfolded and is `extra` taller. */
export interface RowHeights {
  readonly row: number;
  readonly unfolded: number | null;
  readonly extra: number;
}

/** Which rows to draw when the pixels from `top` to `bottom` of the list are in view. */
export function rowsInView(top: number, bottom: number, count: number, heights: RowHeights): RowRange {
  const first = indexAt(top, heights) - SPARE;
  const last = indexAt(bottom, heights) + SPARE;
  return {
    start: Math.min(count, Math.max(0, Math.floor(first / BLOCK) * BLOCK)),
    end: Math.min(count, Math.max(0, Math.ceil((last + 1) / BLOCK) * BLOCK)),
  };
}

/** Where a row begins. */
export function offsetOf(index: number, { row, unfolded, extra }: RowHeights): number {
  return index * row + (unfolded !== null && index > unfolded ? extra : 0);
}

function indexAt(pixel: number, { row, unfolded, extra }: RowHeights): number {
  const plain = Math.floor(pixel / row);
  if (unfolded === null || plain <= unfolded) return plain;
  return Math.max(unfolded, Math.floor((pixel - extra) / row));
}
