import { Component, inject, resource, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApprovalClient } from '../shared/data/approval-client.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { Sending } from '../shared/data/sending.js';
import { FormDialog } from '../shared/ui/form-dialog.js';
import { Control, Field } from '../shared/ui/field.js';
import { Toasts } from '../shared/ui/toasts.js';

const LONGEST_MINUTES = 1440;

/** How approvals are given, in a sentence; an administrator changes it here. */
@Component({
  selector: 'oa-policy-line',
  imports: [Control, Field, FormDialog, TranslocoDirective],
  templateUrl: './policy-line.html',
  styles: `
    .line {
      align-items: center;
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }
  `,
})
export class PolicyLine {
  private readonly client = inject(ApprovalClient);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  protected readonly mayChange = inject(CurrentUser).can('admin');
  protected readonly longest = LONGEST_MINUTES;
  protected readonly policy = resource({ loader: () => this.client.policy() });
  protected readonly isOpen = signal(false);
  protected readonly allowsRequester = signal(true);
  protected readonly minutes = signal(30);
  protected readonly sending = new Sending();

  protected open(): void {
    if (!this.policy.hasValue()) return;
    const { allows_requester, expires_after_minutes } = this.policy.value();
    this.allowsRequester.set(allows_requester);
    this.minutes.set(expires_after_minutes);
    this.sending.failure.set('');
    this.isOpen.set(true);
  }

  protected isComplete(): boolean {
    const minutes = this.minutes();
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES;
  }

  protected async save(): Promise<void> {
    if (!this.isComplete()) return;
    await this.sending.run(async () => {
      const input = { allows_requester: this.allowsRequester(), expires_after_minutes: this.minutes() };
      this.policy.set(await this.client.setPolicy(input));
      this.isOpen.set(false);
      this.toasts.done(this.transloco.translate('approvals.policy.saved'));
    });
  }
}
