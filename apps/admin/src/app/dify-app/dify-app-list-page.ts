import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { toProblem } from '../shared/data/problem.js';
import { CopyButton } from '../shared/ui/copy-button.js';
import { State } from '../shared/ui/state.js';
import { DifyAppClient } from './dify-app-client.js';
import { DifyAppKeys } from './dify-app-keys.js';

/** What a Dify client needs to connect: the address and a key. */
@Component({
  selector: 'oa-dify-app-list-page',
  imports: [CopyButton, DifyAppKeys, State, TranslocoDirective],
  template: `
    <section class="oa-page" *transloco="let t">
      <header class="oa-page-head">
        <div>
          <h1>{{ t('nav.apps') }}</h1>
          <p>{{ t('apps.intro') }}</p>
        </div>
      </header>
      @if (problem(); as problem) {
        <oa-state kind="failed" [problem]="problem" (retried)="apps.reload()" />
      } @else if (apps.value(); as list) {
        @for (app of list.items; track app.id) {
          <article class="oa-card">
            <header class="oa-row">
              <h2>{{ app.name }}</h2>
              <span class="oa-chip">{{ t('apps.mode.' + app.mode) }}</span>
            </header>
            @if (app.description) {
              <p class="oa-muted">{{ app.description }}</p>
            }
            <div>
              <h3>{{ t('apps.address') }}</h3>
              <div class="oa-row">
                <code>{{ address }}</code>
                <oa-copy-button [text]="address" />
              </div>
              <p class="oa-muted oa-caption">{{ t('apps.addressHint') }}</p>
            </div>
            <h3>{{ t('apps.keys') }}</h3>
            <oa-dify-app-keys [app]="app" />
          </article>
        }
      } @else {
        <oa-state kind="loading" />
      }
    </section>
  `,
  styles: `
    article {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
      max-width: 960px;
      padding: var(--oa-space-5);
    }
  `,
})
export class DifyAppListPage {
  protected readonly apps = inject(DifyAppClient).list();
  protected readonly address = `${location.origin}/v1`;
  protected readonly problem = computed(() => {
    const error = this.apps.error();
    return error ? toProblem(error) : null;
  });
}
