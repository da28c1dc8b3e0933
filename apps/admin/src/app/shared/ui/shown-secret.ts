import { Component, input, output } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { CopyButton } from './copy-button.js';
import { Dialog } from './dialog.js';

/** A new secret, shown this once: only its own button closes it. */
@Component({
  selector: 'oa-shown-secret',
  imports: [CopyButton, Dialog, TranslocoPipe],
  template: `
    <oa-dialog [heading]="'secrets.createdTitle' | transloco" [closesOutside]="false">
      <p class="oa-muted">{{ 'secrets.createdText' | transloco }}</p>
      <div class="value">
        <code>{{ value() }}</code>
        <oa-copy-button [text]="value()" />
      </div>
      <button actions class="oa-button primary" type="button" (click)="saved.emit()">
        {{ 'secrets.saved' | transloco }}
      </button>
    </oa-dialog>
  `,
  styles: `
    .value {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
      padding: var(--oa-space-3);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-control);
      background: var(--oa-sub);
    }

    code {
      flex: 1;
      overflow-wrap: anywhere;
    }
  `,
})
export class ShownSecret {
  readonly value = input.required<string>();
  readonly saved = output();
}
