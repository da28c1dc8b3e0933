import { Component, computed, inject, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Language } from '../../shared/i18n/language.js';
import { Writes } from '../../shared/ui/writes.js';
import { type BulkAction, SessionBulk } from '../session-bulk.js';
import { SessionList } from '../session-list.js';
import { SessionSelection } from '../session-selection.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** What can be done with the selected sessions, how far it is, and what failed. */
@Component({
  selector: 'oa-session-bulk-bar',
  imports: [TranslocoDirective, Icon, Writes],
  templateUrl: './session-bulk-bar.html',
  styleUrl: './session-bulk-bar.css',
})
export class SessionBulkBar {
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly list = inject(SessionList);
  protected readonly selection = inject(SessionSelection);
  protected readonly bulk = inject(SessionBulk);
  /** The selecting is over. */
  readonly over = output();

  protected readonly count = computed(() => this.selection.sessions().length);
  protected readonly arePinned = computed(() => this.selection.sessions().every(({ pinned_at }) => pinned_at !== null));
  protected readonly failures = computed(() => {
    this.language.active();
    return this.bulk.failures().map(({ session, problem }) => ({ session, why: this.texts.line(problem) }));
  });

  protected async run(action: BulkAction): Promise<void> {
    await this.bulk.run(action, this.selection.sessions());
    if (this.bulk.failures().length === 0) this.end();
  }

  /** What failed is tried once more, whatever is selected by now. */
  protected async retry(): Promise<void> {
    const failures = this.bulk.failures();
    await this.bulk.run(
      failures[0].action,
      failures.map(({ session }) => session),
    );
    if (this.bulk.failures().length === 0) this.end();
  }

  protected end(): void {
    this.selection.end();
    this.bulk.forgetFailures();
    this.over.emit();
  }
}
