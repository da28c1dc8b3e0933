import { Component, computed, type ElementRef, inject, input, output, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { ModelChoices } from '../model-choices.js';

/** Chooses the configuration of a session: the default first, then by provider; switched-off ones are shown but not to be had. */
@Component({
  selector: 'oa-model-select',
  imports: [TranslocoPipe],
  template: `
    <select
      #select
      class="oa-input"
      [attr.aria-label]="'session.model.label' | transloco"
      [disabled]="choices.configs() === null"
      (change)="pick($any($event.target))"
    >
      @if (hasFollow()) {
        <option value="" [selected]="value() === null">
          @if (choices.default(); as config) {
            {{ 'session.model.followDefaultNamed' | transloco: { name: config.name } }}
          } @else {
            {{ 'session.model.followDefault' | transloco }}
          }
        </option>
      }
      @if (isDeleted()) {
        <option [value]="value()" selected disabled>{{ 'session.model.deleted' | transloco }}</option>
      }
      @if (choices.default(); as config) {
        <optgroup [label]="'session.model.default' | transloco">
          <option [value]="config.id" [selected]="value() === config.id">{{ nameOf(config) }}</option>
        </optgroup>
      }
      @for (group of choices.groups(); track group.provider) {
        <optgroup [label]="group.name">
          @for (config of group.configs; track config.id) {
            <option [value]="config.id" [selected]="value() === config.id" [disabled]="!config.is_active">
              @if (config.is_active) {
                {{ nameOf(config) }}
              } @else {
                {{ 'session.model.inactive' | transloco: { name: nameOf(config) } }}
              }
            </option>
          }
        </optgroup>
      }
    </select>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }

    select {
      text-overflow: ellipsis;
    }
  `,
})
export class ModelSelect {
  protected readonly choices = inject(ModelChoices);
  /** The chosen configuration, null to take the default at each turn. */
  readonly value = input.required<string | null>();
  readonly picked = output<string | null>();
  private readonly select = viewChild.required<ElementRef<HTMLSelectElement>>('select');

  protected readonly hasFollow = computed(() => this.value() === null);
  protected readonly isDeleted = computed(() => {
    const id = this.value();
    return id !== null && this.choices.configs() !== null && this.choices.byId(id) === null;
  });

  /** Shows the choices, at the press of something else. */
  open(): void {
    this.select().nativeElement.focus();
    this.select().nativeElement.showPicker();
  }

  /** The owner may ask first: until it has decided, the old choice stands. */
  protected pick(select: HTMLSelectElement): void {
    const picked = select.value === '' ? null : select.value;
    select.value = this.value() ?? '';
    this.picked.emit(picked);
  }

  protected nameOf({ name, model_name }: LlmConfigDto): string {
    return name === model_name ? name : `${name} · ${model_name}`;
  }
}
