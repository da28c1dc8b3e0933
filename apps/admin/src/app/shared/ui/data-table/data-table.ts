import { NgTemplateOutlet } from '@angular/common';
import {
  afterEveryRender,
  Component,
  computed,
  contentChildren,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  model,
  output,
  type TemplateRef,
  viewChild,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Density } from '../../data/density.js';
import { Narrow } from '../../data/narrow.js';
import { remember, remembered } from '../../data/remembered.js';
import { pageShortcuts } from '../../data/shortcuts.js';
import { evenRows, type RowRange } from '../rows-in-view.js';
import { SlowNote } from '../slow-note.js';
import { CardList } from './card-list.js';
import { ColumnEdge } from './column-edge.js';
import { GridFocus } from './grid-focus.js';
import { RowWindow } from './row-window-directive.js';
import { pressed } from './selection.js';
import { TableCell } from './table-cell.js';
import {
  boundedWidth,
  directionOf,
  leastWidthOf,
  nextSort,
  readWidths,
  type TableColumn,
  tracksOf,
  writeWidths,
} from './table-column.js';
import type { TableRow, TableRows } from './table-rows.js';
import { Icon } from '../icon/icon.js';

const SKELETON_ROWS = 8;
const RESIZE_STEP = 16;

/** `shift` is from a row's index to the number of the element that shows it. */
interface DrawnRange extends RowRange {
  readonly shift: number;
}

/** The first rows, as many as were drawn before, in the very elements that showed others until now. */
function atTop({ start, end, shift }: DrawnRange = { start: 0, end: 0, shift: 0 }): DrawnRange {
  return { start: 0, end: end - start, shift: shift + start };
}

/**
 * A table of any length: only the rows in view are drawn. One tab stop; arrows, `Home`, `End`, `PageUp`, `PageDown` and `j`/`k`
 * move, `Space` and `x` select, `Enter` opens, `Ctrl A` selects all. Cards on phones.
 */
@Component({
  selector: 'oa-data-table',
  imports: [NgTemplateOutlet, TranslocoDirective, Icon, CardList, ColumnEdge, RowWindow, SlowNote],
  templateUrl: './data-table.html',
  styleUrl: './data-table.css',
  host: { '[attr.aria-busy]': "isLoading() || !rows() ? 'true' : null", '[class.loading]': 'isLoading()' },
})
export class DataTable<T extends TableRow> {
  /** Under which the widths of the columns are remembered. */
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly columns = input.required<readonly TableColumn[]>();
  /** Null while nothing has been read yet. */
  readonly rows = input.required<TableRows<T> | null>();
  readonly rowName = input.required<(row: T) => string>();
  readonly isLoading = input(false);
  /** Ids of columns that are not shown. */
  readonly hidden = input<readonly string[]>([]);
  readonly sort = input('');
  /** Names what is listed, filters and order: when it changes, the table is read from its top again. */
  readonly listed = input('');
  /** Whether rows have a box to tick. */
  readonly isSelectable = input(true);
  readonly selected = model<ReadonlySet<string>>(new Set());
  readonly sorted = output<string>();
  readonly opened = output<T>();
  /** Asked for again, because the first reading takes too long. */
  readonly retried = output();

  private readonly density = inject(Density);
  protected readonly isNarrow = inject(Narrow).active;
  private readonly grid = viewChild<ElementRef<HTMLElement>>('grid');
  private readonly viewport = viewChild<ElementRef<HTMLElement>>('viewport');
  private readonly cells = contentChildren<TableCell<T>>(TableCell);
  /** At the top at once when something else is listed, so that nothing is drawn twice. */
  protected readonly range = linkedSignal<string, DrawnRange>({
    source: () => this.listed(),
    computation: (_, previous) => atTop(previous?.value),
  });
  private anchor: string | null = null;

  protected readonly templates = computed<ReadonlyMap<string, TemplateRef<{ $implicit: T }>>>(
    () => new Map(this.cells().map((cell) => [cell.oaCell(), cell.template])),
  );
  protected readonly shown = computed(() => this.columns().filter(({ id }) => !this.hidden().includes(id)));
  protected readonly widths = linkedSignal(() => readWidths(remembered(`oa.widths.${this.name()}`)));
  protected readonly tracks = computed(
    () => `${this.isSelectable() ? '40px ' : ''}${tracksOf(this.shown(), this.widths())}`,
  );
  protected readonly leastWidth = computed(
    () => leastWidthOf(this.shown(), this.widths()) + (this.isSelectable() ? 40 : 0),
  );
  protected readonly count = computed(() => this.rows()?.count() ?? 0);
  private readonly rowHeight = computed(() => {
    this.density.choice();
    this.isNarrow();
    return parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--oa-row')) || 36;
  });
  protected readonly places = computed(() => evenRows(this.count(), this.rowHeight()));
  protected readonly focus = new GridFocus(
    () => this.grid()?.nativeElement,
    () => this.count(),
    () => Math.max(1, Math.floor((this.viewport()?.nativeElement.clientHeight ?? 0) / this.rowHeight()) - 2),
  );
  /** The rows in view, and the one with the focus wherever it is: a focused element must not vanish. */
  protected readonly drawn = computed(() => {
    const { start, end, shift } = this.range();
    const last = Math.min(end, this.count());
    const indexes = Array.from({ length: Math.max(0, last - start) }, (_, at) => start + at);
    const active = this.focus.place().row;
    if (active >= last && active < this.count()) indexes.push(active);
    else if (active >= 0 && active < Math.min(start, this.count())) indexes.unshift(active);
    return indexes.map((index) => {
      const row = this.rows()?.at(index);
      return { index, row, key: row?.id ?? `row ${index}`, element: index + shift };
    });
  });
  /** The row that single-letter keys act on. */
  readonly activeRow = computed(() => this.rows()?.at(this.focus.place().row));
  protected readonly isEverySelected = computed(() => {
    if (this.selected().size === 0) return false;
    const ids = this.rows()?.ids() ?? [];
    return ids.length > 0 && this.selected().size >= ids.length && ids.every((id) => this.selected().has(id));
  });
  protected readonly skeleton = Array.from({ length: SKELETON_ROWS }, (_, index) => index);

  constructor() {
    effect(() => this.rows()?.need(this.range()));
    afterEveryRender(() => this.focus.settle());
    pageShortcuts({
      j: { label: 'shortcuts.next', run: () => this.step(1) },
      k: { label: 'shortcuts.previous', run: () => this.step(-1) },
      x: { label: 'shortcuts.select', run: () => this.isSelectable() && this.pressActive(false) },
    });
  }

  protected direction({ sort }: TableColumn): 'ascending' | 'descending' | null {
    return directionOf(sort, this.sort());
  }

  protected sortBy({ sort }: TableColumn): void {
    if (sort) this.sorted.emit(nextSort(sort, this.sort()));
  }

  protected resize({ id }: TableColumn, width: number | null): void {
    this.widths.update(({ [id]: _, ...others }) =>
      width === null ? others : { ...others, [id]: boundedWidth(width) },
    );
    remember(`oa.widths.${this.name()}`, writeWidths(this.widths()));
  }

  protected press(id: string, isRange: boolean): void {
    const range = isRange ? { ids: this.rows()?.ids() ?? [], anchor: this.anchor } : null;
    this.selected.set(pressed(this.selected(), id, range));
    this.anchor = id;
  }

  protected pressAll(): void {
    this.selected.set(this.isEverySelected() ? new Set() : new Set(this.rows()?.ids()));
  }

  protected key(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    if (this.resizeByKey(event) || this.act(event)) return event.preventDefault();
    const next = this.focus.next(event);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey && this.isSelectable() && next.row >= 0) this.extendTo(next.row);
    this.focus.move(next);
  }

  /** Keys that do something with the row instead of moving. True when it was one. */
  private act({ key, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): boolean {
    const isControl = target instanceof HTMLElement && target.matches('button, input, select');
    if (key === 'a' && (ctrlKey || metaKey) && this.isSelectable()) {
      this.selected.set(new Set(this.rows()?.ids()));
      return true;
    }
    if (key === ' ' && !isControl && this.isSelectable()) return this.pressActive(shiftKey);
    const row = this.activeRow();
    if (key !== 'Enter' || !row || (target instanceof HTMLElement && target.matches('a, button'))) return false;
    this.opened.emit(row);
    return true;
  }

  private pressActive(isRange: boolean): true {
    const row = this.activeRow();
    if (row) this.press(row.id, isRange);
    return true;
  }

  private extendTo(index: number): void {
    this.anchor ??= this.activeRow()?.id ?? null;
    const to = this.rows()?.at(index)?.id;
    if (to) this.selected.set(pressed(this.selected(), to, { ids: this.rows()?.ids() ?? [], anchor: this.anchor }));
  }

  private resizeByKey({ key, shiftKey, target }: KeyboardEvent): boolean {
    const { row, column } = this.focus.place();
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const chosen = this.shown()[column - (this.isSelectable() ? 1 : 0)];
    if (row !== -1 || !shiftKey || !direction || !chosen || !(target instanceof HTMLElement)) return false;
    const now = target.closest('[role=columnheader]')?.clientWidth ?? chosen.width;
    this.resize(chosen, now + direction * RESIZE_STEP);
    return true;
  }

  private step(by: 1 | -1): void {
    const place = this.focus.place();
    const isAtStart = !this.grid()?.nativeElement.contains(document.activeElement) && place.row <= 0;
    this.focus.move({ ...place, row: isAtStart ? 0 : Math.max(0, place.row + by) });
  }
}
