import { Component, computed, input } from '@angular/core';
import { encodeQR } from 'qr';

/** Cameras need four empty squares around it. */
const BORDER = 4;
/** Whole pixels, so that all squares are of one size. */
const SCALE = 4;

/** A text as a QR code, dark on light in either theme, since many cameras read no other. */
@Component({
  selector: 'oa-totp-qr',
  template: `
    <svg
      role="img"
      [attr.aria-label]="label()"
      [attr.viewBox]="'0 0 ' + squares().length + ' ' + squares().length"
      [attr.width]="squares().length * scale"
      [attr.height]="squares().length * scale"
    >
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    svg {
      color-scheme: light;
      background: var(--oa-bg);
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
  protected readonly scale = SCALE;
  // A screen is never dirty: the least correction makes the largest squares.
  protected readonly squares = computed(() => encodeQR(this.text(), 'raw', { ecc: 'low', border: BORDER }));
  protected readonly path = computed(() =>
    this.squares()
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join(''),
  );
}
