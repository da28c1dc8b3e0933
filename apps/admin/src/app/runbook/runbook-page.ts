import { Component, computed, inject, input, linkedSignal, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { RunbookDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { namesPlace } from '../shared/data/place.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { MarkdownView } from '../shared/ui/markdown/markdown-view.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { RunbookClient } from './runbook-client.js';
import { RunbookEditor } from './runbook-editor.js';
import { RunbookFiles } from './runbook-files.js';

const NEW = 'new';

/** One runbook as it is read, or in its editor. */
@Component({
  selector: 'oa-runbook-page',
  imports: [Icon, MarkdownView, RouterLink, RunbookEditor, State, TranslocoDirective, Writes],
  templateUrl: './runbook-page.html',
  styleUrl: './runbook-page.css',
})
export class RunbookPage {
  private readonly client = inject(RunbookClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly editor = viewChild(RunbookEditor);
  protected readonly files = inject(RunbookFiles);
  protected readonly formats = inject(Formats);
  /** The path's id; `new` before there is one. */
  readonly id = input.required<string>();
  /** The query parameter that opens the editor. */
  readonly edit = input<string>();

  protected readonly isNew = computed(() => this.id() === NEW);
  protected readonly stored = this.client.one(() => (this.isNew() ? null : this.id()));
  protected readonly runbook = linkedSignal<RunbookDto | null>(() =>
    this.stored.hasValue() ? (this.stored.value() ?? null) : null,
  );
  protected readonly mayChange = computed(() => this.user.can('operator'));
  protected readonly isEditing = computed(() => this.mayChange() && (this.isNew() || this.edit() !== undefined));
  protected readonly isBusy = signal(false);
  protected readonly problem = computed(() => {
    const error = this.stored.error();
    return error ? toProblem(error) : null;
  });
  private isGone = false;

  constructor() {
    namesPlace(() => this.runbook()?.title ?? '');
  }

  /** For the router: what is typed is not thrown away unasked. */
  mayLeave(): boolean | Promise<boolean> {
    return this.isGone || (this.editor()?.mayLeave() ?? true);
  }

  protected async read(): Promise<void> {
    if (!(await this.mayLeave())) return;
    if (this.isNew()) {
      this.isGone = true;
      await this.router.navigate(['/runbooks']);
    } else await this.router.navigate([], { queryParams: { edit: null }, queryParamsHandling: 'merge' });
  }

  protected async saved(runbook: RunbookDto): Promise<void> {
    this.toasts.done(this.transloco.translate('runbooks.saved', { title: runbook.title }));
    this.runbook.set(runbook);
    this.isGone = true;
    await this.router.navigate(['/runbooks', runbook.id], { replaceUrl: this.isNew() });
    this.isGone = false;
  }

  protected async delete({ id, title }: RunbookDto): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    try {
      await this.client.delete(id);
    } catch (error) {
      return this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
    this.isGone = true;
    this.toasts.done(this.transloco.translate('runbooks.deleted', { title }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.restore(id),
    });
    await this.router.navigate(['/runbooks']);
  }

  /** This page is closed by then: the runbook is shown again, so that it is seen to be back. */
  private async restore(id: string): Promise<void> {
    try {
      await this.client.restore(id);
      await this.router.navigate(['/runbooks', id]);
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }
}
