import { Component, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Dialog } from './dialog.js';

/** Stands where a part of the page should open whose code could not be loaded; a browser asks for it again only when reloaded. */
@Component({
  selector: 'oa-lost-part',
  imports: [Dialog, TranslocoPipe],
  template: `
    <oa-dialog [heading]="'common.partLost.title' | transloco" (dismissed)="dismissed.emit()">
      <p>{{ 'common.partLost.text' | transloco }}</p>
      <button actions class="oa-button" type="button" (click)="dismissed.emit()">
        {{ 'common.close' | transloco }}
      </button>
      <button actions class="oa-button primary" type="button" (click)="reload()">
        {{ 'common.partLost.reload' | transloco }}
      </button>
    </oa-dialog>
  `,
})
export class LostPart {
  readonly dismissed = output();

  protected reload(): void {
    location.reload();
  }
}
