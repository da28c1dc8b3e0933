import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Sending } from '../data/sending.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon/icon.js';
import { Writes } from './writes.js';

/** A dialog with the fields of a form, what sends it, and why that came to nothing. */
@Component({
  selector: 'oa-form-dialog',
  imports: [Dialog, Icon, TranslocoDirective, Writes],
  template: `
    <oa-dialog *transloco="let t" [heading]="heading()" (dismissed)="dismissed.emit()">
      <form id="oa-dialog-form" novalidate (submit)="send($event)">
        <ng-content />
        @if (sending().failure(); as failure) {
          <p class="oa-notice danger" role="alert"><svg oaIcon="circle-x"></svg>{{ failure }}</p>
        }
      </form>
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.cancel') }}</button>
        <button
          oaWrites
          class="oa-button primary"
          type="submit"
          form="oa-dialog-form"
          [disabled]="!isComplete()"
          [attr.aria-busy]="sending().isBusy()"
        >
          {{ action() }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class FormDialog {
  readonly heading = input.required<string>();
  /** What the button says. */
  readonly action = input.required<string>();
  readonly sending = input.required<Sending>();
  /** Without everything that is needed it cannot be sent. */
  readonly isComplete = input(true);
  readonly sent = output();
  readonly dismissed = output();

  protected send(event: Event): void {
    event.preventDefault();
    this.sent.emit();
  }
}
