import { Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Toasts } from './toasts.js';
import { Writes } from './writes.js';
import { Icon } from './icon/icon.js';

/** Draws the toasts at the bottom start; once, in the root. */
@Component({
  selector: 'oa-toast-list',
  imports: [TranslocoDirective, Icon, Writes],
  template: `
    <section *transloco="let t" [attr.aria-label]="t('common.notifications')">
      <div role="status" aria-live="polite">
        @for (toast of toasts.shown(); track toast.id) {
          <div
            class="toast"
            [class.failed]="toast.kind === 'failed'"
            (pointerenter)="toasts.pause(toast.id)"
            (pointerleave)="toasts.resume(toast)"
            (focusin)="toasts.pause(toast.id)"
            (focusout)="toasts.resume(toast)"
          >
            @if (toast.kind === 'failed') {
              <svg oaIcon="circle-x"></svg>
            } @else {
              <svg oaIcon="circle-check"></svg>
            }
            <span>{{ toast.text }}</span>
            @if (toast.action; as action) {
              <button oaWrites class="oa-button small" type="button" (click)="action.run(); toasts.dismiss(toast.id)">
                {{ action.label }}
              </button>
            }
            <button
              class="oa-button ghost small icon"
              type="button"
              [attr.aria-label]="t('common.dismiss')"
              (click)="toasts.dismiss(toast.id)"
            >
              <svg oaIcon="x"></svg>
            </button>
          </div>
        }
      </div>
    </section>
  `,
  host: { '(document:keydown)': 'undoByKey($event)' },
  styles: `
    section {
      position: fixed;
      inset-block-end: var(--oa-space-5);
      inset-inline-start: var(--oa-space-5);
      z-index: 20;
      max-width: min(480px, calc(100vw - 32px));
    }

    .toast {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
      margin-top: var(--oa-space-3);
      padding: 6px 6px 6px var(--oa-space-4);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
      background: var(--oa-raised);
      box-shadow: var(--oa-shadow);
      font: var(--oa-control);
    }

    .toast > span {
      flex: 1;
    }

    .toast > svg {
      color: var(--oa-success);
    }

    .toast.failed > svg {
      color: var(--oa-danger);
    }

    @media (width < 768px) {
      section {
        inset-block-end: 68px;
      }
    }
  `,
})
export class ToastList {
  protected readonly toasts = inject(Toasts);

  /** Fields undo their own typing. */
  protected undoByKey(event: KeyboardEvent): void {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'z';
    const isField = event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');
    if (isUndo && !isField && !event.isComposing && this.toasts.undo()) event.preventDefault();
  }
}
