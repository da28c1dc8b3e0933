import { signal } from '@angular/core';
import type { RowRange } from '../rows-in-view.js';
import type { TableRow, TableRows } from './table-rows.js';

/** One page of a server's list and how many rows the list has. */
export interface RowPage<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** Rows that a server reads page by page, when they are about to be seen. */
export class PagedRows<T extends TableRow> implements TableRows<T> {
  private readonly rows = signal<ReadonlyMap<number, T>>(new Map());
  private readonly total = signal(0);
  private readonly fault = signal<unknown>(null);
  private readonly answered = signal(false);
  private readonly asked = new Set<number>();
  readonly count = this.total.asReadonly();
  /** Why the last page could not be read; null when it could. */
  readonly error = this.fault.asReadonly();

  /** Whether a first answer is there, be it an error. */
  readonly isAnswered = this.answered.asReadonly();

  constructor(
    private readonly load: (skip: number, limit: number) => Promise<RowPage<T>>,
    private readonly size = 100,
  ) {
    void this.read(0);
  }

  at(index: number): T | undefined {
    return this.rows().get(index);
  }

  ids(): readonly string[] {
    return [...this.rows().values()].map(({ id }) => id);
  }

  need({ start, end }: RowRange): void {
    for (let page = Math.floor(start / this.size); page * this.size < end; page++) void this.read(page);
  }

  private async read(page: number): Promise<void> {
    if (this.asked.has(page)) return;
    this.asked.add(page);
    try {
      const { items, total } = await this.load(page * this.size, this.size);
      this.rows.update((rows) => new Map([...rows, ...items.map((row, at) => [page * this.size + at, row] as const)]));
      this.total.set(total);
      this.fault.set(null);
    } catch (error) {
      // Scrolling there again asks again.
      this.asked.delete(page);
      this.fault.set(error);
    } finally {
      this.answered.set(true);
    }
  }
}
