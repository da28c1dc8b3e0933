import { Component, computed, inject, input, linkedSignal, model } from '@angular/core';
import { FieldErrors } from '../../shared/data/field-errors.js';
import { Control, Field } from '../../shared/ui/field.js';
import { settingErrors, settingOf, withSetting } from '../settings/settings.js';

/** One number among the further settings, read from and written into their JSON text. */
@Component({
  selector: 'oa-setting-input',
  imports: [Control, Field],
  template: `
    <oa-field [label]="label()" [hint]="hint()" [error]="error()">
      <input
        oaControl
        inputmode="decimal"
        autocomplete="off"
        [placeholder]="placeholder()"
        [value]="raw()"
        (input)="write($any($event.target).value)"
      />
    </oa-field>
  `,
})
export class SettingInput {
  private readonly fieldErrors = inject(FieldErrors);
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly placeholder = input('');
  readonly path = input.required<string>();
  /** All further settings as JSON text. */
  readonly text = model.required<string>();
  /** How many of the stored unit one of the shown unit is. */
  readonly factor = input(1);
  /** A decimal stays as it was written. */
  readonly isDecimal = input(false);

  /** What was typed, for as long as it still means what is stored. */
  protected readonly raw = linkedSignal<unknown, string>({
    source: () => settingOf(this.text(), this.path()),
    computation: (stored, before) =>
      before && this.valueOf(before.value) === (stored ?? null) ? before.value : this.shown(stored),
  });
  protected readonly error = computed(() => {
    const refusal = settingErrors(this.text()).get(this.path());
    if (!refusal) return '';
    const { kind, min, max } = refusal;
    const inUnit = (bound?: number): number | undefined => bound && bound / this.factor();
    return this.fieldErrors.of({ touched: () => true, errors: () => [{ kind, min: inUnit(min), max: inUnit(max) }] });
  });

  protected write(raw: string): void {
    this.raw.set(raw);
    this.text.update((text) => withSetting(text, this.path(), this.valueOf(raw)));
  }

  /** What is no number is stored as it is: the error says so. */
  private valueOf(raw: string): number | string | null {
    const typed = raw.trim();
    if (typed === '') return null;
    const number = Number(typed);
    if (this.isDecimal() || !Number.isFinite(number)) return typed;
    return this.factor() === 1 ? number : Math.round(number * this.factor());
  }

  private shown(stored: unknown): string {
    if (typeof stored === 'number') return String(stored / this.factor());
    return typeof stored === 'string' ? stored : '';
  }
}
