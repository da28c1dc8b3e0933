import { Component, computed, DestroyRef, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { BulkAction, LlmConfigDto } from '@opsagent/contracts';
import { LLM_PROVIDER } from '@opsagent/contracts/constants';
import type { BulkInput, BulkPreview } from './bulk-preview.js';
import { AddressQuery } from '../shared/data/address-query.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { ProblemText } from '../shared/data/problem-text.js';
import type { SavedView } from '../shared/data/saved-views.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Formats } from '../shared/i18n/formats.js';
import { Language } from '../shared/i18n/language.js';
import { ColumnMenu } from '../shared/ui/data-table/column-menu.js';
import { Dialog } from '../shared/ui/dialog.js';
import { LostPart } from '../shared/ui/lost-part.js';
import { Menu } from '../shared/ui/menu.js';
import { ProviderMark } from '../shared/ui/provider-mark.js';
import { SavedViewsMenu } from '../shared/ui/saved-views/saved-views-menu.js';
import { State } from '../shared/ui/state.js';
import { TEST_LADDER_TEXTS } from '../shared/ui/test-ladder/test-ladder-texts.js';
import { LlmConfigActions } from './llm-config-actions.js';
import { LlmConfigBulk } from './llm-config-bulk.js';
import { LlmConfigList } from './llm-config-list.js';
import { ANY, filtered, isFiltered, type LlmConfigQuery, paramsOf, queryOf, sorted } from './llm-config-query.js';
import { LlmConfigTest } from './llm-config-test.js';
import { tagsOf } from './tags.js';
import { ExportDialog, type ExportScope } from './transfer/export-dialog.js';
import { BulkBar } from './ui/bulk-bar.js';
import { BulkDialog } from './ui/bulk-dialog.js';
import { FilterChips } from './ui/filter-chips.js';
import { LlmConfigFilters } from './ui/llm-config-filters.js';
import { LLM_CONFIG_COLUMNS, LlmConfigTable } from './ui/llm-config-table.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** Keeps the list of models correct: find, switch, make default, test, delete; the drawer of its child pages edits. */
@Component({
  selector: 'oa-llm-config-list-page',
  imports: [
    RouterLink,
    RouterOutlet,
    TranslocoDirective,
    Icon,
    BulkBar,
    BulkDialog,
    ColumnMenu,
    Dialog,
    ExportDialog,
    FilterChips,
    LlmConfigFilters,
    LlmConfigTable,
    LlmConfigTest,
    LostPart,
    Menu,
    ProviderMark,
    SavedViewsMenu,
    State,
  ],
  templateUrl: './llm-config-list-page.html',
  styleUrl: './llm-config-list-page.css',
})
export class LlmConfigListPage {
  private readonly user = inject(CurrentUser);
  private readonly router = inject(Router);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  private readonly filters = viewChild(LlmConfigFilters);
  private readonly table = viewChild(LlmConfigTable);
  private readonly address = new AddressQuery(queryOf, paramsOf);
  protected readonly formats = inject(Formats);
  protected readonly list = inject(LlmConfigList);
  protected readonly actions = inject(LlmConfigActions);
  protected readonly bulk = inject(LlmConfigBulk);
  protected readonly columns = LLM_CONFIG_COLUMNS;
  protected readonly providers = LLM_PROVIDER.values;

  protected readonly query = this.address.value;
  protected readonly params = computed(() => paramsOf(this.query()));
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  protected readonly listed = computed(() => JSON.stringify({ ...this.query(), hide: [] }));
  private readonly order = computed(() => this.query().sort);
  private readonly inOrder = computed(() => {
    const configs = this.list.configs();
    return configs && sorted(configs, this.order(), this.language.active());
  });
  /** Null while nothing has been read. */
  protected readonly rows = computed(() => {
    const configs = this.inOrder();
    return configs && filtered(configs, this.query(), this.user.me()?.user.id);
  });
  /** What the row of filters does not show itself. */
  protected readonly hasHiddenFilters = computed(() => this.query().only.length > 0 && this.rows()?.length !== 0);
  protected readonly mayCreate = computed(() => this.user.can('operator'));
  protected readonly tested = signal<LlmConfigDto | null>(null);
  protected readonly selected = signal<ReadonlySet<string>>(new Set());
  protected readonly chosen = computed(() => (this.list.configs() ?? []).filter(({ id }) => this.selected().has(id)));

  protected readonly exported = signal<readonly ExportScope[] | null>(null);
  protected readonly knownTags = computed(() => tagsOf(this.list.configs() ?? [], this.language.active()));
  protected readonly bulkFailure = computed(() => {
    this.language.active();
    const problem = this.bulk.problem();
    return problem ? this.problemText.line(problem) : '';
  });

  constructor() {
    const open = (): void => this.list.open();
    open();
    addEventListener('focus', open);
    inject(DestroyRef).onDestroy(() => removeEventListener('focus', open));
    pageShortcuts({
      '/': { label: 'shortcuts.search', run: () => this.filters()?.focus() },
      n: { label: 'shortcuts.create', run: () => this.create() },
      e: { label: 'shortcuts.edit', run: () => this.withActive((config) => this.open(config)) },
      t: { label: 'shortcuts.test', run: () => this.withActive((config) => void this.test(config)) },
    });
  }

  protected show(part: Partial<LlmConfigQuery>): void {
    this.address.change(part);
  }

  protected showView(params: SavedView['params']): void {
    this.show(queryOf(params));
  }

  protected clear(): void {
    this.show(ANY);
  }

  protected open({ id }: LlmConfigDto, tab: 'history' | null = null): void {
    void this.router.navigate(['/configs', id], { queryParams: { tab }, queryParamsHandling: 'merge' });
  }

  protected openDeleted(): void {
    void this.router.navigate(['/configs/deleted'], { queryParamsHandling: 'preserve' });
  }

  protected async duplicate(config: LlmConfigDto): Promise<void> {
    const copy = await this.actions.duplicate(config);
    if (copy) this.open(copy);
  }

  protected selectAll(): void {
    this.selected.set(new Set(this.rows()?.map(({ id }) => id)));
  }

  protected clearSelection(): void {
    this.selected.set(new Set());
  }

  protected askAbout(action: BulkAction): void {
    this.bulk.ask(action, this.chosen());
  }

  /** What is done with many; the selection ends with it. */
  protected async startBulk(preview: BulkPreview, input: BulkInput): Promise<void> {
    if (await this.bulk.start(preview, input)) this.clearSelection();
  }

  /** What was selected, what the filters let through, or all; of one configuration from its menu, only that. */
  protected askToExport(only?: LlmConfigDto): void {
    const idsOf = (configs: readonly LlmConfigDto[]): string[] => configs.map(({ id }) => id);
    const scope = (name: ExportScope['name'], ids: readonly string[]): ExportScope[] =>
      ids.length > 0 ? [{ name, ids, count: ids.length }] : [];
    if (only) return this.exported.set(scope('selected', [only.id]));
    this.exported.set([
      ...scope('selected', idsOf(this.chosen())),
      ...(this.isFiltered() ? scope('filtered', idsOf(this.rows() ?? [])) : []),
      { name: 'all', ids: null, count: this.list.configs()?.length ?? 0 },
    ]);
  }

  private create(): void {
    if (this.mayCreate()) void this.router.navigate(['/configs/new'], { queryParamsHandling: 'preserve' });
  }

  protected async test(config: LlmConfigDto): Promise<void> {
    if (!this.actions.mayChange(config)) return;
    await this.language.addScope(TEST_LADDER_TEXTS);
    this.tested.set(config);
  }

  private withActive(work: (config: LlmConfigDto) => void): void {
    const active = this.table()?.activeRow();
    if (active) work(active);
  }
}
