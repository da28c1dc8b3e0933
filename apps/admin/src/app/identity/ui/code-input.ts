import { afterNextRender, Component, type ElementRef, input, model, signal, viewChild } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { TranslocoPipe } from '@jsverse/transloco';
import { Control, Field } from '../../shared/ui/field.js';

/** A code of the authenticator app or, on request, one of the recovery codes. */
@Component({
  selector: 'oa-code-input',
  imports: [Control, Field, TranslocoPipe],
  template: `
    <oa-field
      [label]="(isRecovery() ? 'signIn.recoveryCode' : 'signIn.code') | transloco"
      [hint]="(isRecovery() ? 'signIn.recoveryHint' : 'signIn.codeHint') | transloco"
      [error]="error()"
    >
      <input
        #box
        oaControl
        class="oa-mono"
        autocomplete="one-time-code"
        autocapitalize="off"
        spellcheck="false"
        maxlength="64"
        [attr.inputmode]="isRecovery() ? 'text' : 'numeric'"
        [value]="value()"
        (input)="value.set(box.value)"
        (blur)="touched.set(true)"
      />
    </oa-field>
    @if (mayRecover()) {
      <button class="oa-button ghost small" type="button" (click)="swap()">
        {{ (isRecovery() ? 'signIn.useApp' : 'signIn.useRecovery') | transloco }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: var(--oa-space-3);
    }

    oa-field {
      align-self: stretch;
    }
  `,
})
export class CodeInput implements FormValueControl<string> {
  readonly value = model('');
  readonly touched = model(false);
  readonly error = input('');
  /** False where there are no recovery codes yet. */
  readonly mayRecover = input(true);
  /** The code is what is asked for next. */
  readonly takesFocus = input(false);
  protected readonly isRecovery = signal(false);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  constructor() {
    afterNextRender(() => {
      if (this.takesFocus()) this.focus();
    });
  }

  focus(): void {
    this.box().nativeElement.focus();
  }

  protected swap(): void {
    this.isRecovery.update((is) => !is);
    this.value.set('');
    this.touched.set(false);
    this.focus();
  }
}
