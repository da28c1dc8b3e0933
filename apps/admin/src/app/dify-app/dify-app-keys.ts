import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { AppDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { SecretList } from '../shared/ui/secret-list.js';
import { State } from '../shared/ui/state.js';
import { DifyAppClient } from './dify-app-client.js';

/** The keys of one app. */
@Component({
  selector: 'oa-dify-app-keys',
  imports: [SecretList, State, TranslocoPipe],
  template: `
    @if (problem(); as problem) {
      <oa-state kind="failed" [problem]="problem" (retried)="keys.reload()" />
    } @else if (keys.value(); as list) {
      <oa-secret-list
        [rows]="list.items"
        [empty]="'apps.noKeys' | transloco"
        [mayChange]="mayChange()"
        [example]="'apps.example' | transloco"
        [create]="create"
        [revoke]="revoke"
      />
      @if (!mayChange()) {
        <p class="oa-muted oa-caption">{{ 'apps.readOnly' | transloco }}</p>
      }
    } @else {
      <oa-state kind="loading" [rows]="3" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
    }
  `,
})
export class DifyAppKeys {
  private readonly client = inject(DifyAppClient);
  private readonly user = inject(CurrentUser);
  readonly app = input.required<AppDto>();
  protected readonly keys = this.client.keys(() => this.app().id);
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.keys.error();
    return error ? toProblem(error) : null;
  });

  protected readonly create = async (name: string): Promise<string> => {
    const { key } = await this.client.createKey(this.app().id, { name });
    this.keys.reload();
    return key;
  };

  protected readonly revoke = async (id: string): Promise<void> => {
    await this.client.revokeKey(this.app().id, id);
    this.keys.reload();
  };
}
