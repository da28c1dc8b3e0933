import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ApprovalDto } from '@opsagent/contracts';
import { ApprovalClient } from '../../data/approval-client.js';
import { Sending } from '../../data/sending.js';
import { WaitingApprovals } from '../../data/waiting-approvals.js';
import { Control, Field } from '../field.js';
import { Icon } from '../icon/icon.js';
import { Writes } from '../writes.js';

/** An action that was begun, and nobody knows how far it came: a person looks and writes down what was found. */
@Component({
  selector: 'oa-acknowledge-form',
  imports: [Control, Field, Icon, TranslocoDirective, Writes],
  template: `
    <ng-container *transloco="let t">
      <p class="oa-notice danger"><svg oaIcon="triangle-alert"></svg>{{ t('approval.unknownText') }}</p>
      @if (mayDecide()) {
        @if (sending.failure(); as failure) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure }}</p>
        }
        <oa-field [label]="t('approval.note')" [hint]="t('approval.noteHint')">
          <textarea
            #text
            oaControl
            rows="3"
            maxlength="2000"
            [value]="note()"
            (input)="note.set(text.value)"
          ></textarea>
        </oa-field>
        <button
          oaWrites
          class="oa-button"
          type="button"
          [disabled]="note().trim() === ''"
          [attr.aria-busy]="sending.isBusy()"
          (click)="send()"
        >
          {{ t('approval.acknowledge') }}
        </button>
      } @else {
        <p class="oa-muted">{{ t('approval.noteNeedsRole') }}</p>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }

    button {
      align-self: flex-end;
    }
  `,
})
export class AcknowledgeForm {
  private readonly client = inject(ApprovalClient);
  private readonly waiting = inject(WaitingApprovals);
  readonly approval = input.required<ApprovalDto>();
  readonly mayDecide = input.required<boolean>();
  readonly changed = output<ApprovalDto>();
  protected readonly note = signal('');
  protected readonly sending = new Sending();

  protected async send(): Promise<void> {
    await this.sending.run(async () => {
      this.changed.emit(await this.client.acknowledge(this.approval().id, this.note().trim()));
      void this.waiting.look();
    });
  }
}
