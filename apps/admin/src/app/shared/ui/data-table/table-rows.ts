import type { RowRange } from '../rows-in-view.js';

/** Anything a table shows; the id keeps a row's selection and focus while the order changes. */
export interface TableRow {
  readonly id: string;
}

/** Where a table's rows come from: a list that is here, or pages that a server still has. */
export interface TableRows<T extends TableRow> {
  /** How many there are in all. */
  count(): number;
  /** Undefined while it has not been read. */
  at(index: number): T | undefined;
  /** Told which rows are about to be drawn. */
  need(range: RowRange): void;
  /** The ids of every row, as far as they are known here. */
  ids(): readonly string[];
}

/** Rows that are all here. */
export function clientRows<T extends TableRow>(rows: readonly T[]): TableRows<T> {
  return {
    count: () => rows.length,
    at: (index) => rows[index],
    need: () => undefined,
    ids: () => rows.map(({ id }) => id),
  };
}
