import { Component, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ToolSourceTestDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** How a test ended: what the source said about itself, or why it did not, in the server's own words. */
@Component({
  selector: 'oa-last-test',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (test(); as test) {
        <span class="result" [class.ok]="test.ok">
          <svg [oaIcon]="test.ok ? 'circle-check' : 'circle-x'" size="14"></svg>
          <span>{{ test.ok ? t('sources.ok') : t('sources.fault.' + (test.fault ?? 'failed')) }}</span>
          <span class="oa-muted">
            {{ formats.duration(test.ms) }} ·
            <time [attr.datetime]="test.tested_at" [title]="formats.moment(test.tested_at)">{{
              formats.ago(test.tested_at)
            }}</time>
          </span>
        </span>
        <span class="oa-caption oa-muted" lang="en">{{ test.detail }}</span>
      } @else {
        <span class="oa-muted">{{ t('sources.untested') }}</span>
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
    }

    .result {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--oa-space-2);
      color: var(--oa-danger);
    }

    .result.ok {
      color: var(--oa-success);
    }
  `,
})
export class LastTest {
  protected readonly formats = inject(Formats);
  readonly test = input.required<ToolSourceTestDto | null>();
}
