import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Menu } from '../menu.js';
import type { TableColumn } from './table-column.js';
import { Icon } from '../icon/icon.js';

/** Which columns of a table are shown. */
@Component({
  selector: 'oa-column-menu',
  imports: [TranslocoDirective, Icon, Menu],
  template: `
    <ng-container *transloco="let t">
      <oa-menu look="icon" [label]="t('table.columns')">
        <svg trigger oaIcon="columns-3"></svg>
        @for (column of offered(); track column.id) {
          <button
            role="menuitemcheckbox"
            class="oa-menu-item"
            type="button"
            [attr.aria-checked]="!hidden().includes(column.id)"
            (click)="toggle(column.id)"
          >
            {{ t(column.label) }}
            @if (!hidden().includes(column.id)) {
              <svg oaIcon="check"></svg>
            }
          </button>
        }
      </oa-menu>
    </ng-container>
  `,
  styles: `
    @media (width < 768px) {
      :host {
        display: none;
      }
    }
  `,
})
export class ColumnMenu {
  readonly columns = input.required<readonly TableColumn[]>();
  readonly hidden = input.required<readonly string[]>();
  readonly hiddenChange = output<readonly string[]>();
  protected readonly offered = computed(() => this.columns().filter(({ isFixed }) => !isFixed));

  protected toggle(id: string): void {
    const hidden = this.hidden();
    this.hiddenChange.emit(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id]);
  }
}
