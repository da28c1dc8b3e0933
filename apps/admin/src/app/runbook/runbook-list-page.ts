import { Component, computed, inject, linkedSignal, signal, untracked, viewChild } from '@angular/core';
import { type Params, Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { CreateRunbookDto, ImportedRunbookDto, RunbookSearchDto, RunbookSummaryDto } from '@opsagent/contracts';
import { RUNBOOK_SORT, type RunbookSort } from '@opsagent/contracts/constants';
import { AddressQuery } from '../shared/data/address-query.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Formats } from '../shared/i18n/formats.js';
import { DataTable } from '../shared/ui/data-table/data-table.js';
import { PagedRows } from '../shared/ui/data-table/paged-rows.js';
import { TableCell } from '../shared/ui/data-table/table-cell.js';
import type { TableColumn } from '../shared/ui/data-table/table-column.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { SearchField } from '../shared/ui/search-field.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { RunbookClient } from './runbook-client.js';
import { RunbookFiles } from './runbook-files.js';
import { ExampleList } from './ui/example-list.js';
import { FoundList } from './ui/found-list.js';
import { ImportDialog } from './ui/import-dialog.js';

/** What the page shows, as it stands in its address. */
interface RunbookListQuery {
  readonly q: string;
  readonly tag: string;
  readonly sort: RunbookSort;
}

const USUAL_SORT: RunbookSort = '-updated_at';

const COLUMNS: readonly TableColumn[] = [
  {
    id: 'title',
    label: 'runbooks.field.title',
    width: 240,
    isGrowing: true,
    isFixed: true,
    sort: 'title',
    card: 'title',
  },
  { id: 'tags', label: 'runbooks.field.tags', width: 200, card: 'line' },
  { id: 'state', label: 'runbooks.state.label', width: 96, card: 'aside' },
  { id: 'source', label: 'runbooks.field.source', width: 176 },
  { id: 'updated', label: 'runbooks.field.updated', width: 128, sort: '-updated_at' },
];

/** What people know about problems: a table of the runbooks, or what a search finds in them. */
@Component({
  selector: 'oa-runbook-list-page',
  imports: [
    DataTable,
    ExampleList,
    FoundList,
    Icon,
    ImportDialog,
    RouterLink,
    SearchField,
    State,
    TableCell,
    TranslocoDirective,
    Writes,
  ],
  templateUrl: './runbook-list-page.html',
  styleUrl: './runbook-list-page.css',
})
export class RunbookListPage {
  private readonly client = inject(RunbookClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly address = new AddressQuery<RunbookListQuery>(queryOf, paramsOf);
  private readonly searchField = viewChild(SearchField);
  private readonly readings = signal(0);
  protected readonly files = inject(RunbookFiles);
  protected readonly formats = inject(Formats);
  protected readonly columns = COLUMNS;
  protected readonly query = this.address.value;
  protected readonly words = computed(() => this.query().q.trim());
  protected readonly mayChange = computed(() => this.user.can('operator'));

  private readonly filter = computed<Record<string, string>>(
    () => ({ sort: this.query().sort, ...(this.query().tag && { tag: this.query().tag }) }),
    { equal: (left, right) => JSON.stringify(left) === JSON.stringify(right) },
  );
  protected readonly listed = computed(() => JSON.stringify(this.filter()));
  private readonly asked = computed(() => {
    this.readings();
    const filter = this.filter();
    return untracked(() => new PagedRows<RunbookSummaryDto>((skip, limit) => this.client.page(filter, skip, limit)));
  });
  /** What was listed stays until the answer to the next question is there; null while nothing has been read. */
  protected readonly rows = linkedSignal<
    { asked: PagedRows<RunbookSummaryDto>; isThere: boolean },
    PagedRows<RunbookSummaryDto> | null
  >({
    source: () => ({ asked: this.asked(), isThere: this.asked().isAnswered() && !this.asked().error() }),
    computation: ({ asked, isThere }, previous) => (isThere ? asked : (previous?.value ?? null)),
  });
  protected readonly isLoading = computed(() => !this.asked().isAnswered());
  protected readonly isEmpty = computed(() => this.rows()?.count() === 0);

  private readonly search = this.client.search(() => this.words());
  protected readonly found = linkedSignal<RunbookSearchDto | undefined, RunbookSearchDto | undefined>({
    source: () => (this.search.hasValue() ? this.search.value() : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  protected readonly problem = computed(() => {
    const error = this.words() ? this.search.error() : (this.asked().error() ?? this.rows()?.error());
    return error ? toProblem(error) : null;
  });

  protected readonly isOver = signal(false);
  protected readonly isImporting = signal(false);
  protected readonly imported = signal<readonly ImportedRunbookDto[] | null>(null);
  protected readonly typed: readonly RunbookSummaryDto[] = [];
  protected readonly nameOf = ({ title }: RunbookSummaryDto): string => title;

  constructor() {
    pageShortcuts({
      '/': { label: 'shortcuts.search', run: () => this.searchField()?.focus() },
      n: { label: 'shortcuts.create', run: () => this.mayChange() && this.create() },
    });
  }

  protected show(part: Partial<RunbookListQuery>): void {
    this.address.change(part);
  }

  protected sortBy(sort: string): void {
    this.show({ sort: RUNBOOK_SORT.values.find((known) => known === sort) ?? USUAL_SORT });
  }

  protected reload(): void {
    this.readings.update((count) => count + 1);
    this.search.reload();
  }

  protected open({ id }: RunbookSummaryDto): void {
    void this.router.navigate(['/runbooks', id]);
  }

  protected create(): void {
    void this.router.navigate(['/runbooks', 'new']);
  }

  protected async take(example: CreateRunbookDto): Promise<void> {
    try {
      const { title } = await this.client.create(example);
      this.toasts.done(this.transloco.translate('runbooks.created', { title }));
      this.reload();
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }

  protected over(event: DragEvent): void {
    if (!this.mayChange() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver.set(true);
  }

  protected drop(event: DragEvent): void {
    if (!this.isOver()) return;
    event.preventDefault();
    this.isOver.set(false);
    void this.import([...(event.dataTransfer?.files ?? [])]);
  }

  protected chosen(input: HTMLInputElement): void {
    const files = [...(input.files ?? [])];
    // The same files can be chosen once more.
    input.value = '';
    void this.import(files);
  }

  private async import(files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.isImporting()) return;
    this.isImporting.set(true);
    const items = await this.files.import(files);
    this.isImporting.set(false);
    this.reload();
    const count = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
    if (count('failed') > 0) return this.imported.set(items);
    if (items.length === 0) return;
    const facts = { created: count('created'), updated: count('updated'), unchanged: count('unchanged') };
    this.toasts.done(this.transloco.translate('runbooks.import.done', facts));
  }
}

function queryOf({ q, tag, sort }: Params): RunbookListQuery {
  return {
    q: typeof q === 'string' ? q.slice(0, 400) : '',
    tag: typeof tag === 'string' ? tag.slice(0, 40) : '',
    sort: RUNBOOK_SORT.values.find((known) => known === sort) ?? USUAL_SORT,
  };
}

function paramsOf({ q, tag, sort }: RunbookListQuery): Record<string, string | null> {
  return { q: q || null, tag: tag || null, sort: sort === USUAL_SORT ? null : sort };
}
