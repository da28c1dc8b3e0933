import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Exchange } from '../exchange.js';

/** The calls made so far, to look at one again. */
@Component({
  selector: 'oa-exchange-list',
  imports: [TranslocoDirective],
  template: `
    <div role="group" *transloco="let t" [attr.aria-label]="t('apps.try.calls')">
      @for (exchange of exchanges(); track exchange.number) {
        <button
          class="oa-button small"
          type="button"
          [attr.aria-pressed]="exchange === shown()"
          (click)="chosen.emit(exchange)"
        >
          <span class="oa-muted">{{ exchange.number }}</span>
          <span class="oa-mono">{{ exchange.operation.key }}</span>
          @if (exchange.head(); as head) {
            <span class="oa-figures" [class.refused]="head.status >= 400">{{ head.status }}</span>
          } @else {
            <span>{{ t('apps.try.state.' + exchange.state()) }}</span>
          }
        </button>
      }
    </div>
  `,
  styles: `
    div {
      display: flex;
      gap: var(--oa-space-3);
      padding: 3px;
      overflow-x: auto;
    }

    button {
      flex: none;
    }

    [aria-pressed='true'] {
      border-color: var(--oa-primary);
      background: var(--oa-hover);
    }

    .refused {
      color: var(--oa-danger);
    }
  `,
})
export class ExchangeList {
  readonly exchanges = input.required<readonly Exchange[]>();
  readonly shown = input.required<Exchange>();
  readonly chosen = output<Exchange>();
}
