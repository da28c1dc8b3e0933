import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AppDto, LlmConfigDto } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { DifyAppMark } from './dify-app-mark.js';

/** Every app in a row. */
@Component({
  selector: 'oa-dify-app-table',
  imports: [DifyAppMark, RouterLink, TranslocoDirective],
  template: `
    <div class="oa-table-box" *transloco="let t">
      <table class="oa-table">
        <thead>
          <tr>
            <th scope="col">{{ t('apps.field.name') }}</th>
            <th scope="col">{{ t('apps.field.mode') }}</th>
            <th scope="col">{{ t('apps.field.model') }}</th>
            <th scope="col">{{ t('apps.state.label') }}</th>
            <th scope="col">{{ t('common.createdAt') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (app of apps(); track app.id) {
            <tr [class.off]="!app.is_enabled">
              <td class="name">
                <a [routerLink]="['/apps', app.id]">
                  <oa-dify-app-mark [icon]="app.icon" [colour]="app.icon_background" />
                  <span>{{ app.name }}</span>
                </a>
              </td>
              <td>{{ t('apps.mode.' + app.mode) }}</td>
              <td class="model">{{ nameOf(app.llm_config_id) ?? t('apps.defaultModel') }}</td>
              <td>
                <span class="state" [class.on]="app.is_enabled">{{
                  t(app.is_enabled ? 'apps.state.on' : 'apps.state.off')
                }}</span>
              </td>
              <td class="oa-muted made">
                <time [attr.datetime]="app.created_at" [title]="formats.moment(app.created_at)">{{
                  formats.ago(app.created_at)
                }}</time>
              </td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styleUrl: './dify-app-table.css',
})
export class DifyAppTable {
  protected readonly formats = inject(Formats);
  readonly apps = input.required<readonly AppDto[]>();
  readonly models = input.required<readonly LlmConfigDto[]>();
  private readonly names = computed(() => new Map(this.models().map(({ id, name }) => [id, name])));

  protected nameOf(id: string | null): string | null {
    return id === null ? null : (this.names().get(id) ?? id.slice(0, 8));
  }
}
