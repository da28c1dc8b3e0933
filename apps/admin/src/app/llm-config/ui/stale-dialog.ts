import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Dialog } from '../../shared/ui/dialog.js';
import { createInput, draftOf, type LlmConfigDraft } from '../llm-config-draft.js';

/** The text key of each field that can differ. */
const LABELS: Readonly<Record<string, string>> = {
  name: 'configs.form.name',
  provider: 'configs.form.provider',
  model_name: 'configs.form.model',
  base_url: 'configs.form.baseUrl',
  description: 'configs.form.description',
  is_active: 'configs.form.isActive',
  is_default: 'configs.isDefault',
  is_embedding: 'configs.kind.embedding',
  max_tokens: 'configs.form.maxTokens',
  temperature: 'configs.form.temperature',
  top_p: 'configs.form.topP',
  frequency_penalty: 'configs.form.frequencyPenalty',
  presence_penalty: 'configs.form.presencePenalty',
  extra_config: 'configs.form.extra',
};

/** Somebody else saved meanwhile: field by field, yours against theirs, and a choice. Nothing is overwritten in silence. */
@Component({
  selector: 'oa-stale-dialog',
  imports: [Dialog, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <oa-dialog
        [heading]="t('configs.stale.title', { name: current().name })"
        [closesOutside]="false"
        (dismissed)="cancelled.emit()"
      >
        <p class="oa-muted">{{ t('configs.stale.text') }}</p>
        <div class="oa-table-box">
          <table class="oa-table">
            <thead>
              <tr>
                <th scope="col">{{ t('configs.stale.field') }}</th>
                <th scope="col">{{ t('configs.stale.mine') }}</th>
                <th scope="col">{{ t('configs.stale.current') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (entry of differences(); track entry.label) {
                <tr>
                  <th scope="row">{{ t(entry.label) }}</th>
                  <td>{{ entry.mine }}</td>
                  <td>{{ entry.current }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
        <ng-container actions>
          <button class="oa-button" type="button" data-first (click)="cancelled.emit()">
            {{ t('common.cancel') }}
          </button>
          <button class="oa-button" type="button" (click)="reloaded.emit()">{{ t('configs.stale.reload') }}</button>
          <button class="oa-button danger" type="button" (click)="overwritten.emit()">
            {{ t('configs.stale.overwrite') }}
          </button>
        </ng-container>
      </oa-dialog>
    </ng-container>
  `,
})
export class StaleDialog {
  readonly mine = input.required<LlmConfigDraft>();
  readonly current = input.required<LlmConfigDto>();
  readonly overwritten = output();
  readonly reloaded = output();
  readonly cancelled = output();

  protected readonly differences = computed(() => {
    const mine: Record<string, unknown> = { ...createInput(this.mine()) };
    const current: Record<string, unknown> = { ...createInput(draftOf(this.current())) };
    return Object.entries(LABELS)
      .map(([field, label]) => ({ label, mine: shown(mine[field]), current: shown(current[field]) }))
      .filter((entry) => entry.mine !== entry.current);
  });
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
