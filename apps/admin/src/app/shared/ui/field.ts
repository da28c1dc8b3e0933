import { Component, computed, Directive, forwardRef, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from './icon/icon.js';

let nextId = 1;

/** A labelled form field: label above, help below, the error below that, all tied to the control for screen readers. */
@Component({
  selector: 'oa-field',
  imports: [TranslocoPipe, Icon],
  template: `
    <label [for]="id">
      {{ label() }}
      @if (isOptional()) {
        <span class="oa-muted">{{ 'common.optional' | transloco }}</span>
      }
    </label>
    <ng-content />
    @if (hint(); as hint) {
      <p class="hint" [id]="id + '-hint'">{{ hint }}</p>
    }
    @if (error(); as error) {
      <p class="error" [id]="id + '-error'"><svg oaIcon="circle-alert" size="14"></svg>{{ error }}</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-2);
      min-width: 0;
    }

    label {
      font: var(--oa-control);
      font-weight: 500;
    }

    label .oa-muted {
      font-weight: 400;
    }

    p {
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }

    .error {
      display: flex;
      gap: var(--oa-space-2);
      color: var(--oa-danger);
    }

    .error svg {
      margin-top: 2px;
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  readonly isOptional = input(false);
  readonly id = `oa-field-${nextId++}`;

  /** What describes the control to a screen reader. */
  readonly describedBy = computed(() => {
    const parts = [this.hint() && `${this.id}-hint`, this.error() && `${this.id}-error`].filter(Boolean);
    return parts.length > 0 ? parts.join(' ') : null;
  });
}

/** The control inside an `oa-field`. */
@Directive({
  selector: 'input[oaControl], select[oaControl], textarea[oaControl]',
  host: {
    class: 'oa-input',
    '[id]': 'field.id',
    '[attr.aria-describedby]': 'field.describedBy()',
    '[attr.aria-invalid]': "field.error() ? 'true' : null",
  },
})
export class Control {
  protected readonly field = inject<Field>(forwardRef(() => Field));
}
