import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { toProblem } from '../../shared/data/problem.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import type { IconName } from '../../shared/ui/icon/icons.js';
import { State } from '../../shared/ui/state.js';
import { DifyAppClient } from '../dify-app-client.js';
import { compatibilityOf, type Support } from '../dify-operations.js';

const SIGNS: Readonly<Record<Support, IconName>> = {
  full: 'circle-check',
  part: 'circle-alert',
  refused: 'ban',
  none: 'circle-minus',
};
/** Operations of which there is something to know. */
const NOTED = [
  'chat_messages_send',
  'chat_messages_stop',
  'conversation_variables_list',
  'files_upload',
  'files_preview',
  'annotation_reply_switch',
  'messages_suggest',
];

/** Which of Dify's operations and fields this server offers, read from what it says of itself. */
@Component({
  selector: 'oa-compatibility',
  imports: [Icon, State, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="description.reload()" />
      } @else if (description.hasValue()) {
        <div class="oa-table-box">
          <table class="oa-table">
            <thead>
              <tr>
                <th scope="col">{{ t('apps.compatibility.operation') }}</th>
                <th scope="col">{{ t('apps.compatibility.state') }}</th>
                <th scope="col">{{ t('apps.compatibility.fields') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (row of rows(); track row.operation) {
                <tr>
                  <td>
                    <code>{{ row.operation }}</code>
                    @if (row.note) {
                      <p class="oa-caption oa-muted">{{ t(row.note) }}</p>
                    }
                  </td>
                  <td [class]="row.support">
                    <span><svg [oaIcon]="row.sign" size="14"></svg>{{ t('apps.compatibility.' + row.support) }}</span>
                  </td>
                  <td class="oa-mono fields">
                    {{ row.fields.join(', ') }}
                    @if (row.missing.length > 0) {
                      <p class="part">{{ t('apps.compatibility.missing', { fields: row.missing.join(', ') }) }}</p>
                    }
                    @if (row.added.length > 0) {
                      <p class="oa-muted">{{ t('apps.compatibility.added', { fields: row.added.join(', ') }) }}</p>
                    }
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <oa-state kind="loading" [rows]="8" />
      }
    </ng-container>
  `,
  styles: `
    td {
      height: auto;
      padding-block: var(--oa-space-3);
      vertical-align: top;
      overflow-wrap: anywhere;
    }

    td > span {
      display: inline-flex;
      align-items: center;
      gap: var(--oa-space-2);
      white-space: nowrap;
    }

    .full {
      color: var(--oa-success);
    }

    .part {
      color: var(--oa-warning);
    }

    .none,
    .refused {
      color: var(--oa-text-muted);
    }

    .fields {
      font-size: 0.75rem;
    }

    @media (width < 640px) {
      thead {
        display: none;
      }

      td {
        display: block;
        padding-block: var(--oa-space-1);
        border: 0;
      }

      tr {
        display: block;
        padding: var(--oa-space-3) 0;
      }

      tr + tr {
        border-top: 1px solid var(--oa-border);
      }
    }
  `,
})
export class Compatibility {
  protected readonly description = inject(DifyAppClient).describe();
  protected readonly rows = computed(() =>
    this.description.hasValue()
      ? compatibilityOf(this.description.value()).map((row) => ({
          ...row,
          sign: SIGNS[row.support],
          note: NOTED.includes(row.id) ? `apps.compatibility.notes.${row.id}` : '',
        }))
      : [],
  );
  protected readonly problem = computed(() => {
    const error = this.description.error();
    return error ? toProblem(error) : null;
  });
}
