import { signal } from '@angular/core';

/** One stop of the keyboard: a control in a cell, or the cell itself where it has none. Row −1 is the heading. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly inner: number;
}

const CONTROLS = 'a[href], button, input, select';

/** The one tab stop of a grid, and how the keys move it. */
export class GridFocus {
  private readonly at = signal<GridPlace>({ row: 0, column: 0, inner: 0 });
  private isWanted = false;
  private isInside = false;
  readonly place = this.at.asReadonly();

  constructor(
    private readonly grid: () => HTMLElement | undefined,
    private readonly count: () => number,
    private readonly rowsOnPage: () => number,
  ) {}

  /** Moves the focus there once it is drawn. */
  move(place: GridPlace): void {
    const row = Math.max(-1, Math.min(this.count() - 1, place.row));
    this.at.set({ ...place, row });
    this.isWanted = true;
  }

  /** Follows a focus that came by itself, such as a press with the mouse. */
  follow(target: EventTarget | null): void {
    this.isInside = true;
    const place = target instanceof HTMLElement ? placeOf(target) : null;
    if (place) this.at.set(place);
  }

  /** A row that goes away takes the focus with it; that is no wish to leave. */
  leave({ target, relatedTarget }: FocusEvent): void {
    queueMicrotask(() => {
      const isGone = target instanceof HTMLElement && !target.isConnected;
      const isStill = relatedTarget instanceof Node && this.grid()?.contains(relatedTarget);
      if (!isGone && !isStill) this.isInside = false;
    });
  }

  /** The place that a key leads to; null for keys that mean something else. */
  next({ key, ctrlKey, metaKey }: KeyboardEvent): GridPlace | null {
    const here = this.at();
    const isFar = ctrlKey || metaKey;
    const rows: Readonly<Record<string, number>> = {
      ArrowDown: here.row + 1,
      ArrowUp: here.row - 1,
      PageDown: here.row + this.rowsOnPage(),
      PageUp: Math.max(0, here.row - this.rowsOnPage()),
      ...(isFar && { Home: 0, End: this.count() - 1 }),
    };
    const row = rows[key];
    if (row !== undefined) return { ...here, row };
    return isFar ? null : this.beside(here, key);
  }

  /** After every drawing: one tab stop, and the focus where it was asked for. */
  settle(): void {
    const grid = this.grid();
    if (!grid) return;
    const here = this.at();
    const stop = stopAt(grid, here) ?? stopAt(grid, { ...here, row: Math.min(here.row, this.count() - 1) });
    for (const element of grid.querySelectorAll<HTMLElement>(`${CONTROLS}, [role=gridcell], [role=columnheader]`)) {
      const index = element === stop ? 0 : -1;
      if (element.tabIndex !== index || !element.hasAttribute('tabindex')) element.tabIndex = index;
    }
    const isLost = this.isInside && document.activeElement === document.body;
    if (!stop || (!this.isWanted && !isLost)) return;
    this.isWanted = false;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private beside(here: GridPlace, key: string): GridPlace | null {
    const row = this.grid()?.querySelector<HTMLElement>(`[data-row="${here.row}"]`);
    const flat = row
      ? cellsOf(row).flatMap((cell, column) => stopsOf(cell).map((_, inner) => ({ row: here.row, column, inner })))
      : [];
    const at = flat.findIndex(({ column, inner }) => column === here.column && inner === here.inner);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(at + 1, flat.length - 1),
      ArrowLeft: Math.max(at - 1, 0),
      Home: 0,
      End: flat.length - 1,
    };
    const step = steps[key];
    return step === undefined ? null : (flat[step] ?? here);
  }
}

function cellsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[role=gridcell], [role=columnheader]')];
}

function stopsOf(cell: HTMLElement): HTMLElement[] {
  const controls = [...cell.querySelectorAll<HTMLElement>(CONTROLS)].filter((control) => !control.matches(':disabled'));
  return controls.length > 0 ? controls : [cell];
}

function stopAt(grid: HTMLElement, { row, column, inner }: GridPlace): HTMLElement | null {
  const line = grid.querySelector<HTMLElement>(`[data-row="${row}"]`);
  const cells = line ? cellsOf(line) : [];
  const cell = cells[Math.min(column, cells.length - 1)];
  const stops = cell ? stopsOf(cell) : [];
  return stops[Math.min(inner, stops.length - 1)] ?? null;
}

function placeOf(target: HTMLElement): GridPlace | null {
  const row = target.closest<HTMLElement>('[data-row]');
  const cells = row ? cellsOf(row) : [];
  const column = cells.findIndex((cell) => cell.contains(target));
  const cell = cells[column];
  if (!row || !cell) return null;
  return { row: Number(row.dataset['row']), column, inner: Math.max(0, stopsOf(cell).indexOf(target)) };
}
