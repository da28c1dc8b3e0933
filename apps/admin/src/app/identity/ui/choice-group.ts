import { Component, input, output } from '@angular/core';

/** One of a few answers to a question. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** The language of the label, where it is not the console's. */
  readonly lang?: string;
}

let nextId = 1;

/** A question with its few answers side by side; a choice counts at once. */
@Component({
  selector: 'oa-choice-group',
  template: `
    <fieldset [attr.aria-describedby]="hint() ? id + '-hint' : null">
      <legend>{{ legend() }}</legend>
      @if (hint(); as hint) {
        <p class="oa-muted oa-caption" [id]="id + '-hint'">{{ hint }}</p>
      }
      <div class="choices">
        @for (choice of choices(); track choice.value) {
          <label class="choice" [attr.lang]="choice.lang">
            <input
              type="radio"
              [name]="id"
              [value]="choice.value"
              [checked]="choice.value === active()"
              (change)="chosen.emit(choice.value)"
            />
            {{ choice.label }}
          </label>
        }
      </div>
    </fieldset>
  `,
  styleUrl: './choice-group.css',
})
export class ChoiceGroup<T extends string> {
  readonly legend = input.required<string>();
  readonly hint = input('');
  readonly choices = input.required<readonly Choice<T>[]>();
  readonly active = input.required<T>();
  readonly chosen = output<T>();
  protected readonly id = `oa-choice-${nextId++}`;
}
