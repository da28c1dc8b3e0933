import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Formats } from '../../shared/i18n/formats.js';
import { Writes } from '../../shared/ui/writes.js';
import type { BulkAction, BulkProgress } from '../llm-config-bulk.js';

/** What can be done with the selected configurations; while it is done, how far it is. */
@Component({
  selector: 'oa-bulk-bar',
  imports: [TranslocoDirective, Writes],
  template: `
    <div class="bar" role="group" [attr.aria-label]="t('configs.bulk.label')" *transloco="let t">
      @if (progress(); as progress) {
        <progress [max]="progress.total" [value]="progress.done" [attr.aria-label]="t('configs.bulk.label')"></progress>
        <span role="status" class="oa-figures">{{
          t('configs.bulk.running', {
            done: formats.number(progress.done),
            total: formats.number(progress.total),
          })
        }}</span>
        <button class="oa-button small" type="button" (click)="cancelled.emit()">{{ t('common.cancel') }}</button>
      } @else {
        <span role="status" class="oa-figures">{{
          t('configs.bulk.selected', { count: formats.number(count()) })
        }}</span>
        @if (count() < total()) {
          <button class="oa-button ghost small" type="button" (click)="everySelected.emit()">
            {{ t('configs.bulk.selectAll', { count: formats.number(total()) }) }}
          </button>
        }
        <span class="actions">
          <button oaWrites class="oa-button small" type="button" (click)="chosen.emit('enable')">
            {{ t('configs.bulk.enable.action') }}
          </button>
          <button oaWrites class="oa-button small" type="button" (click)="chosen.emit('disable')">
            {{ t('configs.bulk.disable.action') }}
          </button>
          <button oaWrites class="oa-button small" type="button" (click)="chosen.emit('delete')">
            {{ t('configs.bulk.delete.action') }}
          </button>
          <button class="oa-button ghost small" type="button" (click)="cleared.emit()">
            {{ t('configs.bulk.clear') }}
          </button>
        </span>
      }
    </div>
  `,
  styles: `
    .bar,
    .actions {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--oa-space-3);
    }

    .bar {
      padding: var(--oa-space-2) var(--oa-space-4);
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
      background: var(--oa-primary-soft);
      font: var(--oa-control);
    }

    .actions {
      margin-inline-start: auto;
    }

    progress {
      width: 160px;
      accent-color: var(--oa-primary);
    }
  `,
})
export class BulkBar {
  protected readonly formats = inject(Formats);
  readonly count = input.required<number>();
  /** How many the filters let through. */
  readonly total = input.required<number>();
  readonly progress = input<BulkProgress | null>(null);
  readonly everySelected = output();
  readonly cleared = output();
  readonly cancelled = output();
  readonly chosen = output<BulkAction>();
}
