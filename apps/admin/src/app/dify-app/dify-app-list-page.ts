import { Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AppDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { Writes } from '../shared/ui/writes.js';
import { DifyAppClient } from './dify-app-client.js';
import { CreateAppDialog } from './ui/create-app-dialog.js';
import { DifyAppTable } from './ui/dify-app-table.js';

/** The apps that Dify clients talk to. */
@Component({
  selector: 'oa-dify-app-list-page',
  imports: [CreateAppDialog, DifyAppTable, Icon, State, TranslocoDirective, Writes],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <div>
          <h1>{{ t('nav.apps') }}</h1>
          <p>{{ t('apps.intro') }}</p>
        </div>
        @if (mayChange()) {
          <button oaWrites class="oa-button primary" type="button" (click)="isCreating.set(true)">
            <svg oaIcon="plus"></svg>{{ t('apps.create.open') }}
          </button>
        }
      </header>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="apps.reload()" />
      } @else if (apps.value(); as list) {
        <oa-dify-app-table [apps]="list.items" [models]="models.hasValue() ? models.value() : []" />
      } @else {
        <oa-state kind="loading" [rows]="4" />
      }
    </section>
    @defer (when isCreating(); prefetch on idle) {
      @if (isCreating()) {
        <oa-create-app-dialog
          [models]="models.hasValue() ? models.value() : []"
          (created)="open($event)"
          (dismissed)="isCreating.set(false)"
        />
      }
    }
  `,
})
export class DifyAppListPage {
  private readonly client = inject(DifyAppClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  protected readonly apps = this.client.list();
  protected readonly models = this.client.models();
  protected readonly isCreating = signal(false);
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.apps.error();
    return error ? toProblem(error) : null;
  });

  /** A new app needs a key before anything else. */
  protected open({ id }: AppDto): void {
    void this.router.navigate(['/apps', id], { queryParams: { tab: 'keys' } });
  }
}
