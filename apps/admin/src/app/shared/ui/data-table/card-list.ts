import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  type TemplateRef,
} from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { evenRows, type RowRange } from '../rows-in-view.js';
import { RowWindow } from './row-window-directive.js';
import type { TableColumn } from './table-column.js';
import type { TableRow, TableRows } from './table-rows.js';
import { Icon } from '../icon/icon.js';

/** A card's height with the gap below it; card-list.css says the same. */
const CARD = 124;
const SKELETON_CARDS = 4;

/** A table's rows on a phone: three fields on a card of a fixed height, everything else in a fold; one fold is open at a time. */
@Component({
  selector: 'oa-card-list',
  imports: [NgTemplateOutlet, TranslocoDirective, Icon, RowWindow],
  templateUrl: './card-list.html',
  styleUrl: './card-list.css',
})
export class CardList<T extends TableRow> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly label = input.required<string>();
  readonly columns = input.required<readonly TableColumn[]>();
  readonly templates = input.required<ReadonlyMap<string, TemplateRef<{ $implicit: T }>>>();
  readonly rows = input.required<TableRows<T> | null>();
  readonly rowName = input.required<(row: T) => string>();
  readonly isSelectable = input(true);
  /** Names what is listed: when it changes, the cards are read from the top again. */
  readonly listed = input('');
  readonly selected = input<ReadonlySet<string>>(new Set());
  readonly pressed = output<string>();

  protected readonly range = signal<RowRange>({ start: 0, end: 0 });
  protected readonly count = computed(() => this.rows()?.count() ?? 0);
  private readonly unfolded = signal<number | null>(null);
  private readonly extra = signal(0);
  protected readonly places = computed(() => evenRows(this.count(), CARD, this.unfolded(), this.extra()));
  protected readonly drawn = computed(() => {
    const { start, end } = this.range();
    const last = Math.min(end, this.count());
    return Array.from({ length: Math.max(0, last - start) }, (_, at) => {
      const index = start + at;
      const row = this.rows()?.at(index);
      return { index, row, key: row?.id ?? `row ${index}`, top: this.places().offsetOf(index) };
    });
  });
  protected readonly folded = computed(() => this.columns().filter(({ card }) => card === undefined));
  protected readonly skeleton = Array.from({ length: SKELETON_CARDS }, (_, index) => index);

  constructor() {
    effect(() => this.rows()?.need(this.range()));
  }

  protected templateOf(place: NonNullable<TableColumn['card']>): TemplateRef<{ $implicit: T }> | null {
    const column = this.columns().find(({ card }) => card === place);
    return (column && this.templates().get(column.id)) ?? null;
  }

  protected isOpen(index: number): boolean {
    return this.unfolded() === index;
  }

  /** The cards below move by what the fold takes, measured once it is drawn. */
  protected fold(index: number): void {
    this.extra.set(0);
    this.unfolded.set(this.isOpen(index) ? null : index);
    requestAnimationFrame(() => this.extra.set(this.host.querySelector('.fold')?.clientHeight ?? 0));
  }
}
