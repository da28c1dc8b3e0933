import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LicenceListDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { State } from '../shared/ui/state.js';

/** Every package that the product contains, with its licence. */
@Component({
  selector: 'oa-licence-table',
  imports: [State, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="licences.reload()" />
      } @else if (licences.value(); as list) {
        <p class="oa-muted">{{ t('about.licencesCount', { count: list.total }) }}</p>
        <div class="oa-table-box" tabindex="0" role="region" [attr.aria-label]="t('about.licences')">
          <table class="oa-table">
            <thead>
              <tr>
                <th scope="col">{{ t('about.package') }}</th>
                <th scope="col">{{ t('about.version') }}</th>
                <th scope="col">{{ t('about.licence') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (licence of list.items; track licence.name + licence.version) {
                <tr>
                  <td>{{ licence.name }}</td>
                  <td>{{ licence.version }}</td>
                  <td>{{ licence.licence }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <oa-state kind="loading" />
      }
    </ng-container>
  `,
  styles: `
    .oa-table-box {
      max-height: 420px;
      margin-top: var(--oa-space-3);
    }
  `,
})
export class LicenceTable {
  protected readonly licences = httpResource<LicenceListDto>(() => '/api/about/licences');
  protected readonly problem = computed(() => {
    const error = this.licences.error();
    return error ? toProblem(error) : null;
  });
}
