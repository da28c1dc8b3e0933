import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { JobDto } from '@opsagent/contracts';
import type { FollowedJob } from '../../data/followed-jobs.js';
import { isRunning, Jobs } from '../../data/jobs.js';
import { toProblem } from '../../data/problem.js';
import { ProblemText } from '../../data/problem-text.js';
import { Formats } from '../../i18n/formats.js';
import { Language } from '../../i18n/language.js';
import { TEST_LADDER_TEXTS } from '../test-ladder/test-ladder-texts.js';
import { Toasts } from '../toasts.js';
import { JobEntry } from './job-entry.js';
import { JOB_TRAY_TEXTS } from './job-tray-texts.js';
import { JobWords } from './job-words.js';
import { Icon } from '../icon/icon.js';

/** Work in the background at the bottom end of every page; how one ended is told in a toast as well, with its undo. */
@Component({
  selector: 'oa-job-tray',
  imports: [TranslocoDirective, Icon, JobEntry],
  template: `
    @if (hasTexts()) {
      <section *transloco="let t" [attr.aria-label]="t('jobs.label')">
        <button
          class="head"
          type="button"
          [attr.aria-expanded]="isOpen()"
          [title]="t(isOpen() ? 'jobs.close' : 'jobs.open')"
          (click)="isOpen.set(!isOpen())"
        >
          <svg oaIcon="list-checks"></svg>
          <span role="status">{{
            running() > 0
              ? t('jobs.running', { count: formats.number(running()) })
              : t('jobs.over', { count: formats.number(jobs.entries().length) })
          }}</span>
          @if (isOpen()) {
            <svg oaIcon="chevron-down"></svg>
          } @else {
            <svg oaIcon="chevron-up"></svg>
          }
        </button>
        @if (isOpen()) {
          <div class="entries">
            @for (entry of newestFirst(); track entry.id) {
              <oa-job-entry
                [entry]="entry"
                (cancelled)="attempt(entry, jobs.cancel(entry.id))"
                (undone)="attempt(entry, jobs.undo(entry.id))"
                (retried)="attempt(entry, jobs.again(entry))"
                (dismissed)="jobs.dismiss(entry.id)"
              />
            }
          </div>
        }
      </section>
    }
  `,
  styleUrl: './job-tray.css',
})
export class JobTray {
  private readonly words = inject(JobWords);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly jobs = inject(Jobs);
  protected readonly formats = inject(Formats);
  protected readonly isOpen = signal(true);
  protected readonly hasTexts = signal(false);
  protected readonly newestFirst = computed(() => [...this.jobs.entries()].reverse());
  protected readonly running = computed(() => this.jobs.entries().filter(({ job }) => !job || isRunning(job)).length);

  constructor() {
    const language = inject(Language);
    void Promise.all([language.addScope(JOB_TRAY_TEXTS), language.addScope(TEST_LADDER_TEXTS)]).then(() =>
      this.hasTexts.set(true),
    );
    effect(() => {
      const news = this.hasTexts() ? this.jobs.entries().filter(({ isNews }) => isNews) : [];
      untracked(() => news.forEach((entry) => this.tell(entry)));
    });
  }

  /** The server may refuse; what it says is not lost. */
  protected async attempt({ job }: Pick<FollowedJob, 'job'>, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const reason = this.problemText.line(toProblem(error));
      this.toasts.failed(this.transloco.translate('jobs.refused', { title: job ? this.words.title(job) : '', reason }));
    }
  }

  private tell({ id, job }: FollowedJob): void {
    this.jobs.told(id);
    if (!job) return;
    if (job.state === 'failed' || job.state === 'interrupted') return this.toasts.failed(this.words.news(job));
    this.toasts.done(this.words.news(job), job.can_undo ? this.wayBack(job) : undefined);
  }

  private wayBack(job: JobDto): { label: string; run: () => void } {
    const run = (): void => void this.attempt({ job }, this.jobs.undo(job.id));
    return { label: this.transloco.translate('common.undo'), run };
  }
}
