import { Component, input, output } from '@angular/core';
import { Modal } from './modal.js';

/** A dialog with a heading; buttons go into an element with the attribute `actions`. */
@Component({
  selector: 'oa-dialog',
  imports: [Modal],
  template: `
    <dialog
      oaModal
      class="oa-dialog"
      [closesOutside]="closesOutside()"
      [attr.aria-label]="heading()"
      (dismissed)="dismissed.emit()"
    >
      <div class="oa-dialog-body">
        <h2>{{ heading() }}</h2>
        <ng-content />
        <div class="oa-dialog-actions"><ng-content select="[actions]" /></div>
      </div>
    </dialog>
  `,
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly closesOutside = input(true);
  readonly dismissed = output();
}
