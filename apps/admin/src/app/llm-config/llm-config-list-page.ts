import { Component, computed, inject, linkedSignal, signal, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, type Params, Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LucideChevronLeft, LucideChevronRight, LucideEye, LucidePlus } from '@lucide/angular';
import type { LlmConfigDto } from '@opsagent/contracts';
import { LLM_PROVIDER } from '@opsagent/contracts/constants';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { pageShortcuts } from '../shared/data/shortcuts.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Dialog } from '../shared/ui/dialog.js';
import { ProviderMark } from '../shared/ui/provider-mark.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { LlmConfigClient } from './llm-config-client.js';
import { apiParams, isFiltered, type LlmConfigQuery, PAGE_SIZE, queryOf } from './llm-config-query.js';
import { LlmConfigTest } from './llm-config-test.js';
import { LlmConfigFilters } from './ui/llm-config-filters.js';
import { LlmConfigTable } from './ui/llm-config-table.js';

/** Keeps the list of models correct: find, switch, make default, test, delete; the drawer of its child pages edits. */
@Component({
  selector: 'oa-llm-config-list-page',
  imports: [
    RouterLink,
    RouterOutlet,
    TranslocoDirective,
    LucideChevronLeft,
    LucideChevronRight,
    LucideEye,
    LucidePlus,
    Dialog,
    LlmConfigFilters,
    LlmConfigTable,
    LlmConfigTest,
    ProviderMark,
    State,
  ],
  templateUrl: './llm-config-list-page.html',
  styleUrl: './llm-config-list-page.css',
})
export class LlmConfigListPage {
  private readonly client = inject(LlmConfigClient);
  private readonly user = inject(CurrentUser);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  private readonly confirm = inject(Confirm);
  private readonly filters = viewChild(LlmConfigFilters);

  private readonly params = toSignal(this.route.queryParams, { requireSync: true });
  protected readonly query = computed(() => queryOf(this.params()));
  protected readonly isFiltered = computed(() => isFiltered(this.query()));
  protected readonly resource = this.client.list(() => apiParams(this.query()));
  /** The rows that are there stay until the next ones have arrived. */
  protected readonly rows = linkedSignal<LlmConfigDto[] | undefined, LlmConfigDto[] | undefined>({
    source: () => (this.resource.error() ? undefined : this.resource.value()),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  protected readonly problem = computed<Problem | null>(() => {
    const error = this.resource.error();
    return error ? toProblem(error) : null;
  });
  protected readonly total = computed(() =>
    Number(this.resource.headers()?.get('X-Total-Count') ?? this.rows()?.length),
  );
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.total() / PAGE_SIZE)));
  protected readonly mayCreate = computed(() => this.user.can('operator'));
  protected readonly pending = signal<ReadonlyMap<string, boolean>>(new Map());
  protected readonly tested = signal<LlmConfigDto | null>(null);
  protected readonly providers = LLM_PROVIDER.values;

  protected readonly mayChange = (config: LlmConfigDto): boolean =>
    this.user.can('admin') || (this.user.can('operator') && config.created_by === this.user.me()?.user.id);

  constructor() {
    pageShortcuts({
      '/': { label: 'shortcuts.search', run: () => this.filters()?.focus() },
      n: { label: 'shortcuts.create', run: () => this.create() },
    });
  }

  private create(): void {
    if (this.mayCreate()) void this.router.navigate(['/configs/new'], { queryParamsHandling: 'preserve' });
  }

  /** The address is the one place where the query lives; typing replaces it instead of filling the history. */
  protected show(part: Partial<LlmConfigQuery>): void {
    const entries = Object.entries(part).map(([name, value]: [string, string | number]) => [
      name,
      value === '' || value === 1 ? null : value,
    ]);
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams: Object.fromEntries(entries) as Params,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  /** The switch moves at once and goes back, with the reason, when the server refuses. */
  protected async toggle(config: LlmConfigDto): Promise<void> {
    this.pending.update((pending) => new Map(pending).set(config.id, !config.is_active));
    try {
      await this.client.toggleStatus(config.id);
      await this.settled();
    } catch (error) {
      this.report('switch', config, error);
    } finally {
      this.pending.update((pending) => new Map([...pending].filter(([id]) => id !== config.id)));
    }
  }

  protected async makeDefault(config: LlmConfigDto): Promise<void> {
    try {
      await this.client.setDefault(config.id);
      this.toasts.done(this.transloco.translate('configs.done.default', { name: config.name }));
    } catch (error) {
      this.report('default', config, error);
    }
  }

  protected async delete(config: LlmConfigDto): Promise<void> {
    const text = (key: string): string => this.transloco.translate(`configs.deletion.${key}`, { name: config.name });
    const question = { title: text('title'), text: text('text'), confirm: text('confirm'), isDangerous: true };
    if (!(await this.confirm.ask(question))) return;
    try {
      await this.client.delete(config.id);
      this.sayDeleted(config);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'llm-config/in-use') await this.deleteUsed(config, problem);
      else this.report('delete', config, error);
    }
  }

  /** Something uses it: says what, and deletes it all the same only when its name is typed. */
  private async deleteUsed(config: LlmConfigDto, { detail }: Problem): Promise<void> {
    const text = (key: string): string =>
      this.transloco.translate(`configs.deletion.${key}`, { name: config.name, detail });
    const isSure = await this.confirm.ask({
      title: text('usedTitle'),
      text: text('usedText'),
      confirm: text('force'),
      isDangerous: true,
      typed: config.name,
    });
    if (!isSure) return;
    try {
      await this.client.delete(config.id, true);
      this.sayDeleted(config);
    } catch (error) {
      this.report('delete', config, error);
    }
  }

  private sayDeleted({ name }: LlmConfigDto): void {
    this.toasts.done(this.transloco.translate('configs.done.deleted', { name }));
  }

  private report(what: 'switch' | 'default' | 'delete', { name }: LlmConfigDto, error: unknown): void {
    const reason = this.problemText.line(toProblem(error));
    this.toasts.failed(this.transloco.translate(`configs.failed.${what}`, { name, reason }));
  }

  /** Waits until the list has been read again, so that a switch does not jump back in between. */
  private async settled(): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    while (this.resource.isLoading()) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
