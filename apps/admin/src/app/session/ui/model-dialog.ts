import { Component, computed, inject, linkedSignal, output, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Dialog } from '../../shared/ui/dialog.js';
import { ModelChoices } from '../model-choices.js';
import { ModelSelect } from './model-select.js';

/** Asks which model answers once more. */
@Component({
  selector: 'oa-model-dialog',
  imports: [TranslocoPipe, Dialog, ModelSelect],
  template: `
    <oa-dialog [heading]="'session.again.dialog' | transloco" (dismissed)="dismissed.emit()">
      <p>{{ 'session.again.dialogText' | transloco }}</p>
      <oa-model-select [value]="chosen()" (picked)="chosen.set($event)" />
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ 'common.cancel' | transloco }}</button>
        <button
          class="oa-button primary"
          type="button"
          [disabled]="!isUsable()"
          (click)="chosen() && picked.emit(chosen()!)"
        >
          {{ 'session.again.confirm' | transloco }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
})
export class ModelDialog {
  private readonly choices = inject(ModelChoices);
  /** The configuration that answered last. */
  readonly current = input<string | null>(null);
  readonly picked = output<string>();
  readonly dismissed = output();
  /** Another one than the last, if there is any. */
  protected readonly chosen = linkedSignal<string | null>(() => {
    const usable = (this.choices.configs() ?? []).filter(({ is_active }) => is_active);
    return (usable.find(({ id }) => id !== this.current()) ?? usable[0])?.id ?? null;
  });
  protected readonly isUsable = computed(() => this.chosen() !== null && this.choices.isUsable(this.chosen()));
}
