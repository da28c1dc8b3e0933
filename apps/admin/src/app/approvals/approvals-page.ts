import { Component, computed, DestroyRef, effect, inject, linkedSignal, untracked } from '@angular/core';
import type { Params } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApprovalDto, ApprovalFilter } from '@opsagent/contracts';
import { APPROVAL_FILTER } from '@opsagent/contracts/constants';
import { AddressQuery } from '../shared/data/address-query.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { WaitingApprovals } from '../shared/data/waiting-approvals.js';
import { ApprovalCard } from '../shared/ui/approval/approval-card.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { PolicyLine } from './policy-line.js';
import { ShownApprovals } from './shown-approvals.js';

const REFRESH_MS = 5_000;
const PAGE = 20;
const ALL = 'all';

/** What is looked for most. */
const FIRST: readonly (ApprovalFilter | typeof ALL)[] = ['pending', 'unknown_outcome', ALL];

interface ApprovalsQuery {
  readonly state: ApprovalFilter | typeof ALL;
  readonly mine: boolean;
}

/** What waits for somebody's word, and what became of the rest; the filters stand in the address. */
@Component({
  selector: 'oa-approvals-page',
  imports: [ApprovalCard, Icon, PolicyLine, State, TranslocoDirective],
  providers: [ShownApprovals],
  templateUrl: './approvals-page.html',
  styleUrl: './approvals-page.css',
})
export class ApprovalsPage {
  protected readonly waiting = inject(WaitingApprovals);
  protected readonly shown = inject(ShownApprovals);
  protected readonly mayDecide = inject(CurrentUser).can('approver');
  private readonly address = new AddressQuery<ApprovalsQuery>(queryOf, paramsOf);
  protected readonly query = this.address.value;
  protected readonly states = APPROVAL_FILTER.values.filter((state) => !FIRST.includes(state));
  protected readonly first = FIRST;
  protected readonly most = linkedSignal({ source: this.query, computation: () => PAGE });
  /** Those of the list that still wait; for screen readers. */
  protected readonly open = computed(() => this.shown.items()?.filter(({ state }) => state === 'pending').length ?? 0);
  protected readonly isMore = computed(() => this.shown.total() > this.most());

  constructor() {
    effect(() => {
      this.query();
      this.most();
      untracked(() => this.read());
    });
    // The badge does not lag behind the list.
    effect(() => {
      this.shown.total();
      untracked(() => void this.waiting.look());
    });
    const refresh = (): void => {
      if (document.visibilityState === 'visible') this.read();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    });
  }

  protected read(): void {
    const { state, mine } = this.query();
    void this.shown.read({ ...(state === ALL ? {} : { state }), ...(mine ? { mine } : {}), limit: this.most() });
  }

  protected narrow(part: Partial<ApprovalsQuery>): void {
    this.address.change(part);
  }

  protected put(approval: ApprovalDto): void {
    this.shown.put(approval);
  }

  protected more(): void {
    this.most.update((most) => most + PAGE);
  }
}

function queryOf({ state, mine }: Params): ApprovalsQuery {
  const known = [...APPROVAL_FILTER.values, ALL as typeof ALL].find((value) => value === state);
  return { state: known ?? 'pending', mine: mine === 'true' };
}

function paramsOf({ state, mine }: ApprovalsQuery): Record<string, string | null> {
  return { state: state === 'pending' ? null : state, mine: mine ? 'true' : null };
}
