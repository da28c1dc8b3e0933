import { Component, computed, inject, input, linkedSignal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolSourceDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { SourceActions } from './source-actions.js';
import { SourceClient } from './source-client.js';
import { SourceDrawer } from './source-drawer.js';
import { SourceTable } from './ui/source-table.js';

const NEW = 'new';

/** The systems that the agent's tools may reach; the open drawer stands in the address. */
@Component({
  selector: 'oa-source-list-page',
  imports: [Icon, SourceDrawer, SourceTable, State, TranslocoDirective, Writes],
  providers: [SourceActions],
  templateUrl: './source-list-page.html',
})
export class SourceListPage {
  private readonly client = inject(SourceClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  protected readonly actions = inject(SourceActions);
  /** The query parameter `source`: whose drawer is open, or `new`. */
  readonly source = input<string>();

  private readonly list = this.client.list();
  private readonly kindList = this.client.kinds();
  /** What was there stays while it is asked again, and when that fails. */
  protected readonly sources = linkedSignal<readonly ToolSourceDto[] | undefined, readonly ToolSourceDto[] | undefined>(
    {
      source: () => (this.list.hasValue() ? this.list.value().items : undefined),
      computation: (fresh, previous) => fresh ?? previous?.value,
    },
  );
  protected readonly kinds = computed(() => (this.kindList.hasValue() ? this.kindList.value().items : []));
  protected readonly isReady = computed(() => this.sources() !== undefined && this.kinds().length > 0);
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.list.error() ?? this.kindList.error();
    return error ? toProblem(error) : null;
  });
  /** Stays as it was opened: what is read meanwhile does not touch what is being typed. */
  protected readonly opened = linkedSignal<string | undefined, ToolSourceDto | typeof NEW | undefined>({
    source: () => (this.isReady() ? this.source() : undefined),
    computation: (id) =>
      untracked(() => (id === NEW && this.mayChange() ? NEW : this.sources()?.find((source) => source.id === id))),
  });

  constructor() {
    this.actions.reload = () => this.list.reload();
  }

  protected reload(): void {
    this.list.reload();
    if (this.kindList.error()) this.kindList.reload();
  }

  protected open(source: string | null): void {
    void this.router.navigate([], { queryParams: { source }, queryParamsHandling: 'merge' });
  }
}
