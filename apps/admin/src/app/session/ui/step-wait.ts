import { Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { visibleText } from '../../shared/data/visible-text.js';
import { State } from '../../shared/ui/state.js';
import { StepApprovals } from '../step-approvals.js';
import type { StepApproval } from '../turn.js';

/** What is known of a request for approval before it has been read, or when it cannot be. */
@Component({
  selector: 'oa-step-wait',
  imports: [RouterLink, State, TranslocoPipe],
  template: `
    <p>{{ show(approval().summary) }}</p>
    @if (approvals.problemOf(approval().id); as problem) {
      <oa-state kind="partial" [problem]="problem" (retried)="retried.emit()" />
    }
    <a [routerLink]="['/approvals', approval().id]">{{ 'session.step.toApproval' | transloco }}</a>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--oa-space-3);
    }
  `,
})
export class StepWait {
  protected readonly approvals = inject(StepApprovals);
  protected readonly show = visibleText;
  readonly approval = input.required<StepApproval>();
  readonly retried = output();
}
