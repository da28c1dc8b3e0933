import { Component, computed, inject, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AuditEntryDto } from '@opsagent/contracts';
import { AddressQuery } from '../shared/data/address-query.js';
import { toProblem } from '../shared/data/problem.js';
import type { SavedView } from '../shared/data/saved-views.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Formats } from '../shared/i18n/formats.js';
import { DataTable } from '../shared/ui/data-table/data-table.js';
import { PagedRows } from '../shared/ui/data-table/paged-rows.js';
import { TableCell } from '../shared/ui/data-table/table-cell.js';
import type { TableColumn } from '../shared/ui/data-table/table-column.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { LostPart } from '../shared/ui/lost-part.js';
import { Menu } from '../shared/ui/menu.js';
import { SavedViewsMenu } from '../shared/ui/saved-views/saved-views-menu.js';
import { State } from '../shared/ui/state.js';
import { AuditClient } from './audit-client.js';
import { ANY, type AuditQuery, filterOf, isFiltered, paramsOf, queryOf } from './audit-query.js';
import { AuditFilters } from './ui/audit-filters.js';
import { CheckDialog } from './ui/check-dialog.js';
import { Sentence } from './ui/sentence.js';

/** An entry as a row of the table. */
type EntryRow = AuditEntryDto & { readonly id: string };

/** Browsers lay out no element higher than some 33 million pixels. */
const MOST_ROWS = 700_000;

const COLUMNS: readonly TableColumn[] = [
  { id: 'at', label: 'audit.column.at', width: 176, isFixed: true, card: 'line' },
  { id: 'what', label: 'audit.column.what', width: 360, isGrowing: true, isFixed: true, card: 'title' },
  { id: 'result', label: 'audit.column.result', width: 104, card: 'aside' },
  { id: 'address', label: 'audit.column.address', width: 152 },
  { id: 'request', label: 'audit.column.request', width: 128 },
];

/** Everything that was done, in plain sentences, newest first; one entry opens on top of it. */
@Component({
  selector: 'oa-audit-page',
  imports: [
    RouterOutlet,
    TranslocoDirective,
    AuditFilters,
    CheckDialog,
    DataTable,
    Icon,
    LostPart,
    Menu,
    SavedViewsMenu,
    Sentence,
    State,
    TableCell,
  ],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
})
export class AuditPage {
  private readonly client = inject(AuditClient);
  private readonly router = inject(Router);
  private readonly address = new AddressQuery(queryOf, paramsOf);
  private readonly filters = viewChild(AuditFilters);
  private readonly readings = signal(0);
  protected readonly formats = inject(Formats);
  protected readonly columns = COLUMNS;
  protected readonly isChecking = signal(false);

  protected readonly query = this.address.value;
  protected readonly params = computed(() => paramsOf(this.query()));
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  protected readonly filter = computed(() => filterOf(this.query()), { equal: isSame });
  protected readonly listed = computed(() => JSON.stringify(this.filter()));
  private readonly total = signal(0);
  private readonly isCapped = signal(false);
  private readonly asked = computed(() => {
    this.readings();
    const filter = this.filter();
    return untracked(() => new PagedRows<EntryRow>((skip, limit) => this.read(filter, skip, limit)));
  });
  /** What was listed stays until the answer to the next question is there; null while nothing has been read. */
  protected readonly rows = linkedSignal<{ asked: PagedRows<EntryRow>; isThere: boolean }, PagedRows<EntryRow> | null>({
    source: () => ({ asked: this.asked(), isThere: this.asked().isAnswered() && !this.asked().error() }),
    computation: ({ asked, isThere }, previous) => (isThere ? asked : (previous?.value ?? null)),
  });
  protected readonly isLoading = computed(() => !this.asked().isAnswered());
  protected readonly problem = computed(() => {
    const error = this.asked().error() ?? this.rows()?.error();
    return error ? toProblem(error) : null;
  });
  protected readonly isEmpty = computed(() => this.rows()?.count() === 0);
  protected readonly count = computed(() => this.formats.number(this.total()));
  protected readonly mostRows = computed(() => this.formats.number(Math.min(this.total(), MOST_ROWS)));
  /** Which sentence tells how many there are. */
  protected readonly counted = computed(() => {
    if (this.isCapped()) return 'audit.more';
    return this.total() > MOST_ROWS ? 'audit.capped' : 'audit.count';
  });
  protected readonly typed: readonly EntryRow[] = [];
  protected readonly nameOf = ({ seq }: EntryRow): string => seq;

  constructor() {
    pageShortcuts({ '/': { label: 'shortcuts.search', run: () => this.filters()?.focus() } });
  }

  protected show(part: Partial<AuditQuery>): void {
    this.address.change(part);
  }

  protected showView(params: SavedView['params']): void {
    this.show(queryOf(params));
  }

  protected clear(): void {
    this.show(ANY);
  }

  protected refresh(): void {
    this.readings.update((count) => count + 1);
  }

  protected open({ seq }: EntryRow): void {
    void this.router.navigate(['/audit', seq], { queryParamsHandling: 'preserve' });
  }

  protected exportUrl(format: 'csv' | 'json'): string {
    return this.client.exportUrl(this.filter(), format);
  }

  private async read(filter: Record<string, string>, skip: number, limit: number) {
    const { items, total, is_capped } = await this.client.page(filter, skip, limit);
    this.total.set(total);
    this.isCapped.set(is_capped);
    return { items: items.map((entry) => ({ ...entry, id: entry.seq })), total: Math.min(total, MOST_ROWS) };
  }
}

function isSame(left: Record<string, string>, right: Record<string, string>): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
