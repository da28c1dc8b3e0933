import { Component, computed, DestroyRef, effect, inject, input, output, signal, untracked } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { LlmConfigDto } from '@opsagent/contracts';
import { Subscription } from 'rxjs';
import { ProviderMark } from '../shared/ui/provider-mark.js';
import { SetupClient } from './setup-client.js';

/** What needs no key any more: configurations that exist already, and an Ollama on the server's machine if one answers. */
@Component({
  selector: 'oa-found-models',
  imports: [ProviderMark, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (configs().length + local() > 0) {
        <section [attr.aria-label]="t('setup.found.title')">
          <h2>{{ t('setup.found.title') }}</h2>
          <ul>
            @for (config of configs(); track config.id) {
              <li>
                <oa-provider-mark [provider]="config.provider" />
                <div class="words">
                  <strong>{{ config.name }}</strong>
                  <p class="oa-caption oa-muted">{{ originOf(t, config) }}</p>
                </div>
                <button
                  class="oa-button small"
                  type="button"
                  [attr.aria-label]="t('setup.found.useName', { name: config.name })"
                  (click)="taken.emit(config)"
                >
                  {{ t('setup.found.use') }}
                </button>
              </li>
            }
            @if (local()) {
              <li>
                <oa-provider-mark provider="ollama" />
                <div class="words">
                  <strong>{{ t('setup.found.local') }}</strong>
                  <p class="oa-caption oa-muted">{{ t('setup.found.localModels', { count: local() }) }}</p>
                </div>
                <button class="oa-button small" type="button" (click)="localTaken.emit()">
                  {{ t('setup.found.choose') }}
                </button>
              </li>
            }
          </ul>
        </section>
      }
    </ng-container>
  `,
  styles: `
    :host:not(:has(section)) {
      display: none;
    }

    h2 {
      margin-bottom: var(--oa-space-2);
      font: var(--oa-control);
      font-weight: 500;
    }

    ul {
      max-height: 232px;
      border: 1px solid var(--oa-border);
      border-radius: var(--oa-radius-card);
      overflow-y: auto;
    }

    li {
      display: flex;
      align-items: center;
      gap: var(--oa-space-4);
      padding: var(--oa-space-3) var(--oa-space-4);
    }

    li + li {
      border-top: 1px solid var(--oa-border);
    }

    strong {
      font: var(--oa-control);
      font-weight: 500;
    }

    .words {
      flex: 1;
      min-width: 0;
    }
  `,
})
export class FoundModels {
  private readonly client = inject(SetupClient);
  readonly configs = input.required<readonly LlmConfigDto[]>();
  readonly taken = output<LlmConfigDto>();
  readonly localTaken = output();
  /** How many models a local Ollama has that is not configured yet. */
  protected readonly local = signal(0);
  private readonly isOllamaKnown = computed(() => this.configs().some(({ provider }) => provider === 'ollama'));

  constructor() {
    let call = new Subscription();
    effect(() => {
      if (!this.isOllamaKnown()) call = untracked(() => this.probe());
    });
    inject(DestroyRef).onDestroy(() => call.unsubscribe());
  }

  /** Made by the server itself at its first start: of a key in its environment, or of an Ollama it found. */
  protected originOf(t: (key: string, values?: object) => string, config: LlmConfigDto): string {
    const model = config.model_name;
    if (config.created_by !== null) return t('setup.found.stored', { model });
    return t(config.provider === 'ollama' ? 'setup.found.fromOllama' : 'setup.found.fromEnvironment', { model });
  }

  /** Silence and refusals mean that there is none. */
  private probe(): Subscription {
    return this.client.models('ollama', {}).subscribe({
      next: ({ models }) => this.local.set(models.length),
      error: () => this.local.set(0),
    });
  }
}
