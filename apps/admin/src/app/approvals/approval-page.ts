import { Component, DestroyRef, effect, inject, input, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApprovalDto } from '@opsagent/contracts';
import { ApprovalClient } from '../shared/data/approval-client.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ApprovalCard } from '../shared/ui/approval/approval-card.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';

const REFRESH_MS = 5_000;

/** One request for approval, for whoever was sent its address. */
@Component({
  selector: 'oa-approval-page',
  imports: [ApprovalCard, Icon, RouterLink, State, TranslocoDirective],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <h1>{{ t('approvals.one') }}</h1>
        <a class="oa-button" routerLink="/approvals"><svg oaIcon="arrow-left"></svg>{{ t('approvals.toAll') }}</a>
      </header>
      @if (approval(); as approval) {
        <oa-approval-card [approval]="approval" [hasSessionLink]="true" (changed)="take($event)" />
      } @else if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="read()" />
      } @else {
        <oa-state kind="loading" [rows]="4" (retried)="read()" />
      }
    </section>
  `,
  styles: `
    .oa-page {
      max-width: 960px;
    }
  `,
})
export class ApprovalPage {
  private readonly client = inject(ApprovalClient);
  /** The request, from the route. */
  readonly id = input.required<string>();
  protected readonly approval = signal<ApprovalDto | null>(null);
  protected readonly problem = signal<Problem | null>(null);

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.read());
    });
    const timer = setInterval(() => void this.look(), REFRESH_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected take(approval: ApprovalDto): void {
    this.approval.set(approval);
  }

  /** Somebody else may decide it meanwhile; where that cannot be asked, what is known stays. */
  private async look(): Promise<void> {
    const before = this.approval();
    if (before?.state !== 'pending' || document.visibilityState !== 'visible') return;
    const now = await this.client.get(before.id).catch(() => null);
    if (now && this.approval() === before) this.approval.set(now);
  }

  protected async read(): Promise<void> {
    const id = this.id();
    this.approval.set(null);
    this.problem.set(null);
    try {
      const approval = await this.client.get(id);
      if (id === this.id()) this.approval.set(approval);
    } catch (error) {
      if (id === this.id()) this.problem.set(toProblem(error));
    }
  }
}
