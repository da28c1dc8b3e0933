import { Component, computed, DestroyRef, inject, input, linkedSignal } from '@angular/core';
import { type Params, Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LimitDto, LimitStateDto } from '@opsagent/contracts';
import { LIMIT_KIND } from '@opsagent/contracts/constants';
import { AddressQuery } from '../shared/data/address-query.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { SearchField } from '../shared/ui/search-field.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { LimitClient } from './limit-client.js';
import { LimitDrawer } from './limit-drawer.js';
import { type LimitQuery, type LimitRow, narrowed, rowsOf } from './limit-rows.js';
import { LimitWords } from './limit-words.js';
import { LimitTable } from './ui/limit-table.js';

const REFRESH_MS = 10_000;
/** Of those that only others' limits hold there may be thousands; the rest is found by the search. */
const MOST_SHOWN = 200;
const NEW = 'new';

/** How much everybody may use, and how much of it is used; the search, the filter and the open drawer stand in the address. */
@Component({
  selector: 'oa-limit-list-page',
  imports: [Icon, LimitDrawer, LimitTable, SearchField, State, TranslocoDirective, Writes],
  templateUrl: './limit-list-page.html',
  styleUrl: './limit-list-page.css',
})
export class LimitListPage {
  private readonly client = inject(LimitClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly words = inject(LimitWords);
  /** The query parameter `limit`: whose drawer is open, or `new`. */
  readonly limit = input<string>();
  private readonly address = new AddressQuery<LimitQuery>(queryOf, paramsOf);
  protected readonly query = this.address.value;
  protected readonly kinds = LIMIT_KIND.values;

  private readonly list = this.client.list();
  private readonly states = this.client.states();
  /** What was there stays while it is asked again, and when that fails. */
  protected readonly limits = linkedSignal<readonly LimitDto[] | undefined, readonly LimitDto[] | undefined>({
    source: () => (this.list.hasValue() ? this.list.value().items : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  private readonly figures = linkedSignal<readonly LimitStateDto[] | undefined, readonly LimitStateDto[] | undefined>({
    source: () => (this.states.hasValue() ? this.states.value().items : undefined),
    computation: (fresh, previous) => fresh ?? previous?.value,
  });
  private readonly rows = computed(() => rowsOf(this.limits() ?? [], this.figures() ?? []));
  protected readonly found = computed(() => narrowed(this.rows(), this.query(), (row) => this.words.subject(row)));
  protected readonly shown = computed(() => this.found().slice(0, MOST_SHOWN));
  protected readonly rest = computed(() => this.found().length - this.shown().length);
  protected readonly isEmpty = computed(() => this.rows().length === 0);
  protected readonly isReady = computed(() => this.limits() !== undefined && this.figures() !== undefined);
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.list.error() ?? this.states.error();
    return error ? toProblem(error) : null;
  });
  /** Stays as it was opened: figures that are read meanwhile do not touch what is being typed. */
  protected readonly opened = linkedSignal<string | undefined, LimitRow | typeof NEW | undefined>({
    source: () => (this.mayChange() && this.isReady() ? this.limit() : undefined),
    computation: (key) => (key === NEW ? NEW : this.rows().find((row) => row.key === key)),
  });

  constructor() {
    const refresh = (): void => {
      if (document.visibilityState === 'visible' && !this.states.isLoading()) this.states.reload();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    });
  }

  protected reload(): void {
    this.list.reload();
    this.states.reload();
  }

  protected show(part: Partial<LimitQuery>): void {
    this.address.change(part);
  }

  protected open(limit: string | null): void {
    void this.router.navigate([], { queryParams: { limit }, queryParamsHandling: 'merge' });
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLSelectElement).value;
  }
}

function queryOf({ q, kind }: Params): LimitQuery {
  return { q: typeof q === 'string' ? q : '', kind: LIMIT_KIND.values.find((known) => known === kind) ?? '' };
}

function paramsOf({ q, kind }: LimitQuery): Record<string, string | null> {
  return { q: q || null, kind: kind || null };
}
