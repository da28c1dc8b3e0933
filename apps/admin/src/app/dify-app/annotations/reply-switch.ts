import { Component, computed, effect, inject, input, linkedSignal, output, signal, untracked } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AnnotationReplyDto, AppDto } from '@opsagent/contracts';
import { isRunning, Jobs } from '../../shared/data/jobs.js';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Control, Field } from '../../shared/ui/field.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { Writes } from '../../shared/ui/writes.js';
import { AnnotationClient } from './annotation-client.js';

/** Whether annotations answer, how questions are compared with theirs, and how far the switching is. */
@Component({
  selector: 'oa-reply-switch',
  imports: [Control, Field, TranslocoDirective, Writes],
  template: `
    <form novalidate *transloco="let t" (submit)="save($event)">
      <fieldset [disabled]="!mayChange() || isRunning()">
        <label class="oa-check">
          <input type="checkbox" [checked]="draft().enabled" (change)="put({ enabled: $any($event.target).checked })" />
          {{ t('apps.annotations.enabled') }}
        </label>
        @if (draft().enabled) {
          <div class="parts">
            <oa-field [label]="t('apps.annotations.by')" [hint]="t('apps.annotations.byHint')">
              <select oaControl (change)="put({ llm_config_id: $any($event.target).value || null })">
                <option value="" [selected]="draft().llm_config_id === null">
                  {{ t('apps.annotations.byWords') }}
                </option>
                @for (config of configs(); track config.id) {
                  <option [value]="config.id" [selected]="config.id === draft().llm_config_id">
                    {{ config.name }}
                  </option>
                }
              </select>
            </oa-field>
            @if (draft().llm_config_id !== null) {
              <oa-field
                [label]="t('apps.annotations.threshold')"
                [hint]="t('apps.annotations.thresholdHint')"
                [error]="isValid() ? '' : t('apps.annotations.bounds')"
              >
                <input
                  oaControl
                  type="number"
                  min="0"
                  max="1"
                  step="0.01"
                  [value]="draft().score_threshold"
                  (input)="put({ score_threshold: $any($event.target).valueAsNumber })"
                />
              </oa-field>
            }
          </div>
        }
      </fieldset>
      <div class="oa-row" aria-live="polite">
        @if (mayChange()) {
          <button
            oaWrites
            class="oa-button"
            type="submit"
            [attr.aria-busy]="isRunning()"
            [disabled]="!isChanged() || !isValid() || isRunning()"
          >
            {{ t('apps.annotations.apply') }}
          </button>
        }
        @if (job(); as job) {
          @if (isRunning()) {
            <progress [max]="job.total" [value]="job.done" [attr.aria-label]="t('apps.annotations.working')"></progress>
            <span class="oa-caption oa-muted">{{ t('apps.annotations.working') }}</span>
          } @else if (job.failed > 0 || job.state !== 'finished') {
            <span class="oa-caption failed">{{ t('apps.annotations.failed') }}</span>
          }
        }
      </div>
    </form>
  `,
  styles: `
    form,
    fieldset {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-4);
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    .parts {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: var(--oa-space-4);
    }

    .failed {
      color: var(--oa-danger);
    }
  `,
})
export class ReplySwitch {
  private readonly client = inject(AnnotationClient);
  private readonly jobs = inject(Jobs);
  private readonly toasts = inject(Toasts);
  private readonly problemText = inject(ProblemText);
  readonly app = input.required<AppDto>();
  readonly mayChange = input(false);
  /** The app is another one now. */
  readonly switched = output();

  private readonly embeddings = this.client.embeddings();
  protected readonly configs = computed(() => (this.embeddings.hasValue() ? this.embeddings.value() : []));
  protected readonly draft = linkedSignal<AnnotationReplyDto>(() => ({ ...this.app().annotation_reply }));
  protected readonly isChanged = computed(
    () => JSON.stringify(this.draft()) !== JSON.stringify(this.app().annotation_reply),
  );
  protected readonly isValid = computed(() => {
    const threshold = this.draft().score_threshold;
    return threshold >= 0 && threshold <= 1;
  });
  private readonly jobId = signal('');
  protected readonly job = computed(() => this.jobs.entries().find(({ id }) => id === this.jobId())?.job ?? null);
  protected readonly isRunning = computed(() => {
    const job = this.job();
    return job !== null && isRunning(job);
  });

  constructor() {
    let was = false;
    effect(() => {
      const isOver = was && !this.isRunning();
      was = this.isRunning();
      if (isOver) untracked(() => this.switched.emit());
    });
  }

  protected put(change: Partial<AnnotationReplyDto>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isChanged() || !this.isValid() || this.isRunning()) return;
    try {
      const job = await this.client.switchReply(this.app().id, this.draft());
      this.jobId.set(job.id);
      this.jobs.follow(job);
      if (!isRunning(job)) this.switched.emit();
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }
}
