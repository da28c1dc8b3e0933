import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { ImportedRunbookDto } from '@opsagent/contracts';
import { Dialog } from '../../shared/ui/dialog.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** What became of the files of an import; those that failed first. */
@Component({
  selector: 'oa-import-dialog',
  imports: [Dialog, Icon, RouterLink, TranslocoDirective],
  template: `
    <oa-dialog *transloco="let t" [heading]="t('runbooks.import.result')" (dismissed)="dismissed.emit()">
      <ul>
        @for (item of sorted(); track $index) {
          <li [class.failed]="item.outcome === 'failed'">
            <svg [oaIcon]="item.outcome === 'failed' ? 'circle-x' : 'check'" size="14"></svg>
            <div>
              @if (item.id) {
                <a [routerLink]="['/runbooks', item.id]" (click)="dismissed.emit()">{{ item.title }}</a>
              } @else {
                <strong>{{ item.name }}</strong>
              }
              <p class="oa-caption oa-muted">
                {{ t('runbooks.outcome.' + item.outcome) }}{{ item.id ? ' · ' + item.name : '' }}
              </p>
              @if (item.fault) {
                <p class="oa-caption">{{ t('runbooks.fault.' + item.fault) }}</p>
                @if (item.fault === 'front_matter' || item.fault === 'rule') {
                  <p class="oa-caption oa-muted" lang="en">{{ item.message }}</p>
                }
              } @else if (item.message) {
                <p class="oa-caption">{{ item.message }}</p>
              }
            </div>
          </li>
        }
      </ul>
      <button actions class="oa-button primary" type="button" (click)="dismissed.emit()">
        {{ t('common.close') }}
      </button>
    </oa-dialog>
  `,
  styles: `
    ul {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      gap: var(--oa-space-3);
      overflow-wrap: anywhere;
    }

    li > svg {
      flex: none;
      margin-top: 4px;
      color: var(--oa-success);
    }

    a,
    strong {
      font: var(--oa-control);
      font-weight: 500;
    }

    .failed > svg {
      color: var(--oa-danger);
    }
  `,
})
export class ImportDialog {
  readonly items = input.required<readonly ImportedRunbookDto[]>();
  readonly dismissed = output();
  protected readonly sorted = computed(() => [
    ...this.items().filter(({ outcome }) => outcome === 'failed'),
    ...this.items().filter(({ outcome }) => outcome !== 'failed'),
  ]);
}
