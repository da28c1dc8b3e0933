import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { MessageErrorDto } from '@opsagent/contracts';
import type { Problem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Language } from '../../shared/i18n/language.js';
import { LimitWords } from '../limit-words.js';
import { Writes } from '../../shared/ui/writes.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** Why there is no whole answer: what happened, why, what to do, and the original words. */
@Component({
  selector: 'oa-fault-card',
  imports: [RouterLink, TranslocoPipe, Icon, Writes],
  template: `
    <div class="oa-notice danger" role="group" [attr.aria-label]="fault().title">
      <svg oaIcon="triangle-alert"></svg>
      <div class="body">
        <strong>{{ fault().title }}</strong>
        <p>{{ fault().cause }} {{ fault().action }}</p>
        @if (problem()?.limit; as limit) {
          <p>{{ limits.reached(limit) }}</p>
        }
        <div class="oa-row">
          @if (canRetry()) {
            <button oaWrites class="oa-button small" type="button" [disabled]="wait() > 0" (click)="retried.emit()">
              @if (wait() > 0) {
                {{ 'session.limit.retryIn' | transloco: { seconds: wait() } }}
              } @else {
                {{ 'session.error.retry' | transloco }}
              }
            </button>
            <button oaWrites class="oa-button small" type="button" (click)="retriedWithOther.emit()">
              {{ 'session.error.retryOther' | transloco }}
            </button>
          }
          @if (canRetry() && isTooLong()) {
            <button oaWrites class="oa-button small" type="button" (click)="movedOn.emit()">
              {{ 'session.error.moveOn' | transloco }}
            </button>
          }
          @if (concernsModel()) {
            <a class="oa-button small" routerLink="/configs">{{ 'session.error.toConfigs' | transloco }}</a>
          }
        </div>
        @if (words(); as words) {
          <details>
            <summary>{{ 'session.error.words' | transloco }}</summary>
            <p class="oa-mono">{{ words }}</p>
          </details>
        }
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }

    .body {
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: var(--oa-space-3);
      min-width: 0;
    }

    strong {
      font-weight: 600;
    }

    summary {
      width: fit-content;
      min-height: 24px;
      color: var(--oa-text-muted);
      cursor: pointer;
    }

    .oa-mono {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class FaultCard {
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly limits = inject(LimitWords);
  readonly error = input<MessageErrorDto | null>(null);
  readonly problem = input<Problem | null>(null);
  readonly canRetry = input(true);
  /** The seconds until it can be asked again. */
  readonly wait = input(0);
  readonly retried = output();
  readonly retriedWithOther = output();
  /** The question is to be asked in a new session, without what was said before. */
  readonly movedOn = output();

  protected readonly fault = computed(() => {
    this.language.active();
    const error = this.error();
    return error ? this.texts.ofFault(error.kind) : this.texts.of(this.problem()!);
  });
  protected readonly words = computed(() => this.error()?.detail ?? this.problem()?.detail ?? '');
  protected readonly isTooLong = computed(
    () => this.error()?.kind === 'context_too_long' || this.problem()?.code === 'model/context-too-long',
  );
  protected readonly concernsModel = computed(() => {
    const code = this.problem()?.code ?? '';
    return MODEL_FAULTS.has(this.error()?.kind ?? '') || code.startsWith('llm-config/');
  });
}

/** Faults that a change of the configuration can mend. */
const MODEL_FAULTS: ReadonlySet<string> = new Set([
  'invalid_key',
  'permission',
  'model_not_found',
  'bad_request',
  'unreachable',
  'refused_by_policy',
  'not_usable',
]);
