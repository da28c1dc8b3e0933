import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { InputControl, InputFieldDto } from '@opsagent/contracts';
import { INPUT_CONTROL } from '@opsagent/contracts/constants';
import { Control, Field } from '../../shared/ui/field.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { linesOf } from '../dify-app-draft.js';
import { inputFault } from '../input-fault.js';

/** The form that is filled in before the first question, field by field. */
@Component({
  selector: 'oa-input-form-editor',
  imports: [Control, Field, Icon, TranslocoDirective],
  templateUrl: './input-form-editor.html',
  styleUrl: './input-form-editor.css',
})
export class InputFormEditor {
  readonly fields = model.required<InputFieldDto[]>();
  /** Whether faults are named yet. */
  readonly isChecked = input(false);
  protected readonly types = INPUT_CONTROL.values;
  protected readonly faults = computed(() =>
    this.fields().map((_, index, all) => (this.isChecked() ? inputFault(all, index) : null)),
  );

  protected add(): void {
    const field: InputFieldDto = { type: 'text-input', label: '', variable: '', required: false };
    this.fields.update((fields) => [...fields, field]);
  }

  protected put(at: number, change: Partial<InputFieldDto>): void {
    this.fields.update((fields) => fields.map((field, index) => (index === at ? { ...field, ...change } : field)));
  }

  /** What belongs to another kind of control goes. */
  protected retype(at: number, type: string): void {
    this.fields.update((fields) =>
      fields.map((field, index) => {
        if (index !== at) return field;
        const { label, variable, required } = field;
        return { type: type as InputControl, label, variable, required };
      }),
    );
  }

  protected setOptions(at: number, text: string): void {
    this.put(at, { options: linesOf(text) });
  }

  protected setLength(at: number, text: string): void {
    this.put(at, { max_length: text === '' ? null : Number(text) });
  }

  protected remove(at: number): void {
    this.fields.update((fields) => fields.filter((_, index) => index !== at));
  }

  protected raise(at: number): void {
    this.fields.update((fields) => {
      const moved = [...fields];
      moved.splice(at - 1, 0, ...moved.splice(at, 1));
      return moved;
    });
  }
}
