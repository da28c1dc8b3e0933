import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { toProblem } from '../../shared/data/problem.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { State } from '../../shared/ui/state.js';
import { compatibilityOf, type Operations } from '../dify-operations.js';

/** Which of Dify's operations this server offers, read from what it says of itself. */
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
              </tr>
            </thead>
            <tbody>
              @for (row of rows(); track row.operation) {
                <tr>
                  <td class="oa-mono">{{ row.operation }}</td>
                  <td [class.oa-muted]="!row.isOffered">
                    <svg [oaIcon]="row.isOffered ? 'circle-check' : 'circle-minus'" size="14"></svg>
                    {{ t(row.isOffered ? 'apps.compatibility.yes' : 'apps.compatibility.no') }}
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
      overflow-wrap: anywhere;
    }

    td:last-child {
      white-space: nowrap;
    }
  `,
})
export class Compatibility {
  protected readonly description = httpResource<Operations>(() => '/openapi.json');
  protected readonly rows = computed(() =>
    this.description.hasValue() ? compatibilityOf(this.description.value()) : [],
  );
  protected readonly problem = computed(() => {
    const error = this.description.error();
    return error ? toProblem(error) : null;
  });
}
