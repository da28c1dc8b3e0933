import { Component, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { ProviderMark } from '../../shared/ui/provider-mark.js';

/** A configuration among the choices: what it is called, its model, and why it cannot be had if so. */
@Component({
  selector: 'oa-model-row',
  imports: [TranslocoPipe, ProviderMark],
  template: `
    <oa-provider-mark [provider]="config().provider" />
    <div class="words">
      <div class="name">{{ config().name }}</div>
      <div class="facts">
        @if (config().name !== config().model_name) {
          <span class="oa-mono">{{ config().model_name }}</span>
        }
        @if (!config().is_active) {
          <span>{{ 'session.model.inactive' | transloco }}</span>
        }
      </div>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--oa-space-3);
    }

    .words {
      min-width: 0;
    }

    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--oa-space-3);
      color: var(--oa-text-muted);
      font: var(--oa-caption);
    }
  `,
})
export class ModelRow {
  readonly config = input.required<LlmConfigDto>();
}
