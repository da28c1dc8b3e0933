import { Component, computed, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Writes } from '../../shared/ui/writes.js';

const [LEAST_HOURS, MOST_HOURS] = [1, 72];

/** Asks for how long the old key is still accepted beside the new one. */
@Component({
  selector: 'oa-rotate-key-dialog',
  imports: [Control, Dialog, Field, TranslocoDirective, Writes],
  template: `
    <oa-dialog
      *transloco="let t"
      [heading]="t('apps.key.rotateTitle', { name: name() })"
      (dismissed)="dismissed.emit()"
    >
      <p class="oa-muted">{{ t('apps.key.rotateText') }}</p>
      <form id="oa-rotate-key-form" novalidate (submit)="rotate($event)">
        <oa-field
          [label]="t('apps.key.overlap')"
          [error]="isValid() ? '' : t('apps.key.overlapBounds', { least, most })"
        >
          <input
            oaControl
            data-first
            type="number"
            [min]="least"
            [max]="most"
            [value]="hours()"
            (input)="hours.set($any($event.target).valueAsNumber)"
          />
        </oa-field>
      </form>
      <ng-container actions>
        <button class="oa-button" type="button" (click)="dismissed.emit()">{{ t('common.cancel') }}</button>
        <button oaWrites class="oa-button primary" type="submit" form="oa-rotate-key-form">
          {{ t('apps.key.rotate') }}
        </button>
      </ng-container>
    </oa-dialog>
  `,
})
export class RotateKeyDialog {
  readonly name = input.required<string>();
  /** With the hours. */
  readonly rotated = output<number>();
  readonly dismissed = output();
  protected readonly least = LEAST_HOURS;
  protected readonly most = MOST_HOURS;
  protected readonly hours = signal(24);
  protected readonly isValid = computed(
    () => Number.isInteger(this.hours()) && this.hours() >= LEAST_HOURS && this.hours() <= MOST_HOURS,
  );

  protected rotate(event: Event): void {
    event.preventDefault();
    if (this.isValid()) this.rotated.emit(this.hours());
  }
}
