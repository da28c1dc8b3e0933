/** Rows come and go in blocks, so that most frames of a scroll draw nothing new. */
const BLOCK = 3;
/** Rows drawn above and below what is seen, so that scrolling does not outrun drawing. */
const SPARE = 4;

/** From `start` up to, not including, `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Where the rows of a list stand, in CSS pixels from its beginning. */
export interface RowPlaces {
  readonly count: number;
  /** Where a row begins; for `count`, where the list ends. */
  offsetOf(index: number): number;
  /** The row at a place; beyond either end it may be a row that does not exist. */
  indexAt(pixel: number): number;
}

/** Which rows to draw when the pixels from `top` to `bottom` of the list are in view. */
export function rowsInView(places: RowPlaces, top: number, bottom: number): RowRange {
  const within = (index: number): number => Math.min(places.count, Math.max(0, index));
  return {
    start: within(Math.floor((places.indexAt(top) - SPARE) / BLOCK) * BLOCK),
    end: within(Math.ceil((places.indexAt(bottom) + SPARE + 1) / BLOCK) * BLOCK),
  };
}

/** Rows of one height; one of them may be unfolded and is `extra` taller. */
export function evenRows(count: number, height: number, unfolded: number | null = null, extra = 0): RowPlaces {
  return {
    count,
    offsetOf: (index) => index * height + (unfolded !== null && index > unfolded ? extra : 0),
    indexAt: (pixel) => {
      const plain = Math.floor(pixel / height);
      if (unfolded === null || plain <= unfolded) return plain;
      return Math.max(unfolded, Math.floor((pixel - extra) / height));
    },
  };
}

/** Rows that each have a height of their own. */
export function unevenRows(heights: readonly number[]): RowPlaces {
  const offsets = [0];
  for (const height of heights) offsets.push(offsets.at(-1)! + height);
  return {
    count: heights.length,
    offsetOf: (index) => offsets[Math.min(index, heights.length)] ?? 0,
    indexAt: (pixel) => lastAtOrAbove(offsets, pixel),
  };
}

function lastAtOrAbove(offsets: readonly number[], pixel: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}
