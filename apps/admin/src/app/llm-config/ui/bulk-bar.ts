import { Component, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { BulkAction } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { Menu } from '../../shared/ui/menu.js';
import { Writes } from '../../shared/ui/writes.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** What stands as a button of its own; the rest is in the menu beside them. */
const FIRST = ['test', 'enable', 'disable'] as const satisfies readonly BulkAction[];
const MORE = ['tag', 'untag', 'set_timeout'] as const satisfies readonly BulkAction[];

/** What can be done with the selected configurations. */
@Component({
  selector: 'oa-bulk-bar',
  imports: [TranslocoDirective, Icon, Menu, Writes],
  template: `
    <div class="bar" role="group" [attr.aria-label]="t('configs.bulk.label')" *transloco="let t">
      <span role="status" class="oa-figures">{{ t('configs.bulk.selected', { count: formats.number(count()) }) }}</span>
      @if (count() < total()) {
        <button class="oa-button ghost small" type="button" (click)="everySelected.emit()">
          {{ t('configs.bulk.selectAll', { count: formats.number(total()) }) }}
        </button>
      }
      <span class="actions">
        @for (action of first; track action) {
          <button oaWrites class="oa-button small" type="button" (click)="chosen.emit(action)">
            {{ t('configs.bulk.' + action + '.action') }}
          </button>
        }
        <button class="oa-button small" type="button" (click)="exported.emit()">
          {{ t('configs.export.action') }}
        </button>
        <button oaWrites class="oa-button small" type="button" (click)="chosen.emit('delete')">
          {{ t('configs.bulk.delete.action') }}
        </button>
        <oa-menu look="ghost small icon" [label]="t('configs.bulk.more')">
          <svg trigger oaIcon="ellipsis"></svg>
          @for (action of more; track action) {
            <button oaWrites role="menuitem" class="oa-menu-item" type="button" (click)="chosen.emit(action)">
              {{ t('configs.bulk.' + action + '.action') }}
            </button>
          }
        </oa-menu>
        <button class="oa-button ghost small" type="button" (click)="cleared.emit()">
          {{ t('configs.bulk.clear') }}
        </button>
      </span>
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
  `,
})
export class BulkBar {
  protected readonly formats = inject(Formats);
  protected readonly first = FIRST;
  protected readonly more = MORE;
  readonly count = input.required<number>();
  /** How many the filters let through. */
  readonly total = input.required<number>();
  readonly everySelected = output();
  readonly cleared = output();
  readonly exported = output();
  readonly chosen = output<BulkAction>();
}
