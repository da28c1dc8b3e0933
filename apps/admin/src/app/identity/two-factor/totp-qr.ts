import { Component, computed, input } from '@angular/core';
import { encodeQR } from 'qr';

/** Cameras need four empty squares around it. */
const BORDER = 4;

/** A text as a QR code, dark on light in either theme, since many cameras read no other. */
@Component({
  selector: 'oa-totp-qr',
  template: `
    <svg role="img" [attr.aria-label]="label()" [attr.viewBox]="'0 0 ' + squares().length + ' ' + squares().length">
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    svg {
      color-scheme: light;
      width: 184px;
      height: 184px;
      background: var(--oa-bg);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
    }

    path {
      fill: var(--oa-text);
      shape-rendering: crispedges;
    }
  `,
})
export class TotpQr {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  protected readonly squares = computed(() => encodeQR(this.text(), 'raw', { ecc: 'medium', border: BORDER }));
  protected readonly path = computed(() =>
    this.squares()
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
  );
}
