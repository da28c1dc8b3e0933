import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Control, Field } from '../../../shared/ui/field.js';
import type { WireField } from '../wire-operation.js';

/** One value of a call, under the name it has on the wire. */
@Component({
  selector: 'oa-wire-field',
  imports: [Control, Field, TranslocoDirective],
  template: `
    <oa-field *transloco="let t" [label]="field().name" [isOptional]="!field().isRequired" [error]="error()">
      @if (choices(); as choices) {
        <select oaControl (change)="entered.emit($any($event.target).value)">
          <option value="">{{ t('apps.try.unsent') }}</option>
          @for (choice of choices; track choice.value) {
            <option [value]="choice.value" [selected]="choice.value === value()">{{ choice.label }}</option>
          }
        </select>
      } @else if (field().control === 'file') {
        <input oaControl type="file" (change)="picked.emit($any($event.target).files[0] ?? null)" />
      } @else if (isLong()) {
        <textarea
          oaControl
          rows="2"
          [class.oa-mono]="field().control === 'json'"
          [spellcheck]="field().control !== 'json'"
          [value]="value()"
          (input)="entered.emit($any($event.target).value)"
        ></textarea>
      } @else {
        <input
          oaControl
          [attr.inputmode]="field().control === 'number' ? 'decimal' : null"
          [value]="value()"
          (input)="entered.emit($any($event.target).value)"
        />
      }
    </oa-field>
  `,
  styles: `
    textarea {
      min-height: 52px;
    }
  `,
})
export class WireFieldControl {
  readonly field = input.required<WireField>();
  readonly value = input.required<string>();
  readonly error = input('');
  readonly models = input.required<readonly LlmConfigDto[]>();
  readonly entered = output<string>();
  readonly picked = output<File | null>();

  protected readonly isLong = computed(() => ['text', 'json'].includes(this.field().control));
  /** Null where it is written freely. */
  protected readonly choices = computed(() => {
    const { name, control, options } = this.field();
    if (name === 'model_config_id') return this.models().map(({ id, name: label }) => ({ value: id, label }));
    return control === 'choice' || control === 'flag' ? options.map((value) => ({ value, label: value })) : null;
  });
}
