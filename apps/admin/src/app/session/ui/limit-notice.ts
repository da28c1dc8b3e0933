import { Component, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../../shared/ui/icon/icon.js';
import { LimitWarnings } from '../limit-warnings.js';
import { LimitWords } from '../limit-words.js';

/** That a budget is nearly spent, until it is closed. */
@Component({
  selector: 'oa-limit-notice',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (warnings.shown(); as warning) {
      <p class="oa-notice" role="status">
        <svg oaIcon="gauge"></svg>
        <span>{{ words.warning(warning) }}</span>
        <button
          class="oa-button ghost small icon"
          type="button"
          [attr.aria-label]="'common.close' | transloco"
          (click)="warnings.dismiss()"
        >
          <svg oaIcon="x"></svg>
        </button>
      </p>
    }
  `,
  styles: `
    p {
      align-items: center;
      margin-bottom: var(--oa-space-3);
    }

    span {
      flex: 1;
      min-width: 0;
    }
  `,
})
export class LimitNotice {
  protected readonly warnings = inject(LimitWarnings);
  protected readonly words = inject(LimitWords);
}
