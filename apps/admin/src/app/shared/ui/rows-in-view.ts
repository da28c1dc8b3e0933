/** Rows drawn above and below what is seen, so that scrolling does not outrun drawing. */
const SPARE_PX = 400;

/** Which rows of a long list are to be drawn, and how much space stands for the others. */
export interface RowsInView {
  readonly first: number;
  /** The row behind the last one drawn. */
  readonly end: number;
  readonly above: number;
  readonly whole: number;
}

/** Where each row of a list begins, in px; the last entry is where the list ends. */
export function rowOffsets(heights: readonly number[]): readonly number[] {
  const offsets = [0];
  for (const height of heights) offsets.push(offsets.at(-1)! + height);
  return offsets;
}

/** The rows near a view that begins `top` px below the list's own beginning. */
export function rowsInView(offsets: readonly number[], top: number, height: number): RowsInView {
  const rows = offsets.length - 1;
  const first = Math.min(rowAt(offsets, top - SPARE_PX), rows);
  const end = Math.min(rowAt(offsets, top + height + SPARE_PX) + 1, rows);
  return { first, end, above: offsets[first] ?? 0, whole: offsets.at(-1) ?? 0 };
}

/** The last row that begins at or above `y`. */
function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
