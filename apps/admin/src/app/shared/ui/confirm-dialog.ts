import { Component, inject, linkedSignal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Confirm } from './confirm.js';
import { Dialog } from './dialog.js';

/** Draws the open question; once, in the root. */
@Component({
  selector: 'oa-confirm-dialog',
  imports: [Dialog, TranslocoPipe],
  template: `
    @if (confirm.asked(); as question) {
      <oa-dialog [heading]="question.title" (dismissed)="question.answer(false)">
        <p class="text">{{ question.text }}</p>
        @if (question.typed) {
          <input
            class="oa-input"
            autocomplete="off"
            [attr.aria-label]="question.typed"
            [placeholder]="question.typed"
            [value]="typed()"
            (input)="typed.set($any($event.target).value)"
          />
        }
        <ng-container actions>
          <button class="oa-button" type="button" data-first (click)="question.answer(false)">
            {{ question.cancel ?? ('common.cancel' | transloco) }}
          </button>
          <button
            class="oa-button"
            [class.danger]="question.isDangerous"
            [class.primary]="!question.isDangerous"
            type="button"
            [disabled]="!!question.typed && typed() !== question.typed"
            (click)="question.answer(true)"
          >
            {{ question.confirm }}
          </button>
        </ng-container>
      </oa-dialog>
    }
  `,
  styles: `
    .text {
      color: var(--oa-text-muted);
      white-space: pre-line;
    }
  `,
})
export class ConfirmDialog {
  protected readonly confirm = inject(Confirm);
  /** Empty again for every question. */
  protected readonly typed = linkedSignal({ source: this.confirm.asked, computation: () => '' });
}
