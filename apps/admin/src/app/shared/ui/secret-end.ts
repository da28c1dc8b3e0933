import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../i18n/formats.js';
import { Icon } from './icon/icon.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 7;

/** Until when a key or a token holds; what ends soon, or has ended, is marked. */
@Component({
  selector: 'oa-secret-end',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (at(); as end) {
        <time [class]="nearness()" [attr.datetime]="end" [title]="formats.moment(end)">
          @if (nearness() !== 'later') {
            <svg oaIcon="triangle-alert" size="14"></svg>
          }
          @if (nearness() === 'past') {
            {{ t('secrets.ended', { when: formats.ago(end) }) }}
          } @else if (daysLeft() > 1) {
            {{ t('secrets.endsInDays', { count: daysLeft() }) }}
          } @else {
            {{ t('secrets.endsIn', { when: formats.ago(end) }) }}
          }
        </time>
      } @else {
        {{ t('secrets.noEnd') }}
      }
    </ng-container>
  `,
  styles: `
    time {
      display: inline-flex;
      align-items: center;
      gap: var(--oa-space-2);
      vertical-align: middle;
    }

    .soon {
      color: var(--oa-warning);
    }

    .past {
      color: var(--oa-danger);
    }
  `,
})
export class SecretEnd {
  protected readonly formats = inject(Formats);
  /** Null for ever. */
  readonly at = input.required<string | null>();

  private readonly left = computed(() => Date.parse(this.at() ?? '') - Date.now());
  /** Begun days count. */
  protected readonly daysLeft = computed(() => Math.ceil(this.left() / DAY_MS));
  protected readonly nearness = computed(() => {
    if (this.left() <= 0) return 'past';
    return this.left() <= SOON_DAYS * DAY_MS ? 'soon' : 'later';
  });
}
