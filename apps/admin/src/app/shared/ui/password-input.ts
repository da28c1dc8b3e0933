import { Component, ElementRef, inject, input, model, signal } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { TranslocoPipe } from '@jsverse/transloco';
import { Control } from './field.js';
import { Icon } from './icon/icon.js';

/** A password or key that can be looked at while it is typed. */
@Component({
  selector: 'oa-password-input',
  imports: [Control, Icon, TranslocoPipe],
  template: `
    <input
      oaControl
      spellcheck="false"
      autocapitalize="off"
      [type]="isShown() ? 'text' : 'password'"
      [name]="name()"
      [autocomplete]="autocomplete()"
      [placeholder]="placeholder()"
      [value]="value()"
      (input)="value.set($any($event.target).value)"
      (blur)="touched.set(true)"
    />
    <button
      class="oa-button ghost small icon"
      type="button"
      [attr.aria-label]="(isShown() ? 'common.hidePassword' : 'common.showPassword') | transloco"
      [attr.aria-pressed]="isShown()"
      (click)="isShown.set(!isShown())"
    >
      @if (isShown()) {
        <svg oaIcon="eye-off"></svg>
      } @else {
        <svg oaIcon="eye"></svg>
      }
    </button>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }

    input {
      padding-inline-end: 40px;
    }

    button {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 2px;
      margin-block: auto;
    }

    button:not(:hover) {
      background: transparent;
    }
  `,
})
export class PasswordInput implements FormValueControl<string> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly value = model('');
  readonly touched = model(false);
  readonly name = input('');
  readonly autocomplete = input('off');
  readonly placeholder = input('');
  protected readonly isShown = signal(false);

  focus(): void {
    this.host.querySelector('input')?.focus();
  }
}
