import { Component, computed, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { JobItemState } from '@opsagent/contracts';
import type { FollowedJob } from '../../data/followed-jobs.js';
import { isRunning } from '../../data/jobs.js';
import { Formats } from '../../i18n/formats.js';
import { Language } from '../../i18n/language.js';
import { Writes } from '../writes.js';
import { JobWords } from './job-words.js';
import { Icon } from '../icon/icon.js';

const MOST_ITEMS = 100;
/** What needs a look stands first. */
const RANK: Readonly<Record<JobItemState, number>> = { failed: 0, skipped: 1, passed: 2, running: 3, waiting: 4 };

/** One job: its progress, and when it is over the result of each item and the way back. */
@Component({
  selector: 'oa-job-entry',
  imports: [TranslocoDirective, Icon, Writes],
  templateUrl: './job-entry.html',
  styleUrl: './job-entry.css',
})
export class JobEntry {
  private readonly language = inject(Language);
  protected readonly formats = inject(Formats);
  protected readonly words = inject(JobWords);
  readonly entry = input.required<FollowedJob>();
  readonly cancelled = output();
  readonly undone = output();
  readonly retried = output();
  readonly dismissed = output();

  protected readonly job = computed(() => this.entry().job);
  protected readonly isRunning = isRunning;
  /** Read again after a switch of language. */
  protected readonly title = computed(() => {
    this.language.active();
    const job = this.job();
    return job ? this.words.title(job) : '';
  });
  protected readonly result = computed(() => {
    this.language.active();
    const job = this.job();
    return job ? this.words.result(job) : '';
  });
  protected readonly items = computed(() => {
    const items = (this.job()?.items ?? []).map((item, index) => ({ ...item, index }));
    return items.sort((left, right) => RANK[left.state] - RANK[right.state]);
  });
  protected readonly shown = computed(() => this.items().slice(0, MOST_ITEMS));
  protected readonly more = computed(() => this.items().length - this.shown().length);
  protected readonly canRetry = computed(() => this.entry().request !== null && (this.job()?.failed ?? 0) > 0);
}
