/** One column of a table; its cells are the `oaCell` template of the same id. */
export interface TableColumn {
  readonly id: string;
  /** The text key of its heading. */
  readonly label: string;
  /** In CSS pixels, until somebody drags it. */
  readonly width: number;
  /** Takes the room that is left. */
  readonly isGrowing?: boolean;
  /** What the list is sorted by when the heading is pressed; `-` in front: first descending. */
  readonly sort?: string;
  /** Always shown. */
  readonly isFixed?: boolean;
  /** Its heading is for screen readers only. */
  readonly isSilent?: boolean;
  /** Its place on a phone's card; everything else is in the fold. */
  readonly card?: 'title' | 'aside' | 'line' | 'actions';
}

const LEAST = 64;
const MOST = 800;

export type ColumnWidths = Readonly<Record<string, number>>;

/** The tracks of the rows' grid; a dragged column keeps its width, an untouched growing one takes what is left. */
export function tracksOf(columns: readonly TableColumn[], widths: ColumnWidths): string {
  const tracks = columns.map(({ id, width, isGrowing }) => {
    const own = widths[id];
    return own ? `${own}px` : isGrowing ? `minmax(${width}px, ${width}fr)` : `${width}px`;
  });
  // When every growing column was dragged, the room at the end stays empty.
  return columns.some(({ id, isGrowing }) => isGrowing && !widths[id]) ? tracks.join(' ') : `${tracks.join(' ')} 1fr`;
}

export function leastWidthOf(columns: readonly TableColumn[], widths: ColumnWidths): number {
  return columns.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 0);
}

export function boundedWidth(width: number): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, width)));
}

/** The order after another press on a heading: the other way round, or the column's own first direction. */
export function nextSort(field: string, current: string): string {
  if (current !== field) return field;
  return field.startsWith('-') ? field.slice(1) : `-${field}`;
}

/** How a column that sorts by `field` stands in the order `current`. */
export function directionOf(field: string | undefined, current: string): 'ascending' | 'descending' | null {
  const bare = field?.replace(/^-/, '');
  if (!bare) return null;
  if (current === bare) return 'ascending';
  return current === `-${bare}` ? 'descending' : null;
}

/** Widths that an earlier visit left; whatever is not understood counts as none. */
export function readWidths(kept: string | null): ColumnWidths {
  if (!kept) return {};
  const pairs = kept.split(',').map((pair) => pair.split(':'));
  return Object.fromEntries(
    pairs.flatMap(([id, width]) => (id && Number(width) > 0 ? [[id, boundedWidth(Number(width))]] : [])),
  );
}

export function writeWidths(widths: ColumnWidths): string | null {
  const pairs = Object.entries(widths).map(([id, width]) => `${id}:${width}`);
  return pairs.length > 0 ? pairs.join(',') : null;
}
