import { Component, computed, input, model } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../shared/ui/icon/icon.js';
import { PAGE } from './annotation-client.js';

/** Which page of a list is shown, and the way to its neighbours. */
@Component({
  selector: 'oa-page-bar',
  imports: [Icon, TranslocoDirective],
  template: `
    <nav class="oa-row" *transloco="let t" [attr.aria-label]="t('apps.pages.label')">
      <span class="oa-caption oa-muted oa-figures" role="status">
        {{ t('apps.pages.count', { count: total(), page: page() + 1, pages: pages() }) }}
      </span>
      @if (pages() > 1) {
        <button
          class="oa-button small icon"
          type="button"
          [attr.aria-label]="t('apps.pages.before')"
          [disabled]="page() === 0"
          (click)="page.set(page() - 1)"
        >
          <svg oaIcon="chevron-left"></svg>
        </button>
        <button
          class="oa-button small icon"
          type="button"
          [attr.aria-label]="t('apps.pages.next')"
          [disabled]="page() + 1 >= pages()"
          (click)="page.set(page() + 1)"
        >
          <svg oaIcon="chevron-right"></svg>
        </button>
      }
    </nav>
  `,
})
export class PageBar {
  readonly total = input.required<number>();
  readonly page = model.required<number>();
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.total() / PAGE)));
}
