import { Component, input } from '@angular/core';
import { CopyButton } from './copy-button.js';

/** A long value in a box of its own, with a button that copies it. */
@Component({
  selector: 'oa-copied-value',
  imports: [CopyButton],
  template: `
    <code>{{ text() }}</code>
    <oa-copy-button [text]="text()" />
  `,
  styles: `
    :host {
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
export class CopiedValue {
  readonly text = input.required<string>();
}
