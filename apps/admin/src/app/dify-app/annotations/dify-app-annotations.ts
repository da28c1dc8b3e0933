import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { AnnotationDto, AppDto } from '@opsagent/contracts';
import { toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Icon } from '../../shared/ui/icon/icon.js';
import { State } from '../../shared/ui/state.js';
import { Toasts } from '../../shared/ui/toasts.js';
import { Writes } from '../../shared/ui/writes.js';
import { AnnotationClient } from './annotation-client.js';
import { AnnotationDialog } from './annotation-dialog.js';
import { PageBar } from './page-bar.js';
import { ReplySwitch } from './reply-switch.js';

/** The answers of an app that were written beforehand. */
@Component({
  selector: 'oa-dify-app-annotations',
  imports: [AnnotationDialog, Icon, PageBar, ReplySwitch, State, TranslocoDirective, Writes],
  templateUrl: './dify-app-annotations.html',
  styleUrl: './dify-app-annotations.css',
})
export class DifyAppAnnotations {
  private readonly client = inject(AnnotationClient);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly toasts = inject(Toasts);
  protected readonly formats = inject(Formats);
  readonly app = input.required<AppDto>();
  readonly mayChange = input(false);
  /** What the app is has changed. */
  readonly switched = output();

  protected readonly search = signal('');
  protected readonly page = signal(0);
  protected readonly list = this.client.list(() => this.app().id, this.search, this.page);
  protected readonly isAdding = signal(false);
  protected readonly edited = signal<AnnotationDto | null>(null);
  protected readonly problem = computed(() => {
    const error = this.list.error();
    return error ? toProblem(error) : null;
  });

  protected find(text: string): void {
    this.page.set(0);
    this.search.set(text.trim());
  }

  protected closed(): void {
    this.isAdding.set(false);
    this.edited.set(null);
  }

  protected kept(): void {
    this.closed();
    this.list.reload();
  }

  protected async delete({ id, question, answer }: AnnotationDto): Promise<void> {
    const appId = this.app().id;
    const isDone = await this.attempt(() => this.client.delete(appId, id));
    if (!isDone) return;
    this.toasts.done(this.transloco.translate('apps.annotations.deleted'), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.attempt(() => this.client.create(appId, { question, answer })),
    });
  }

  private async attempt(change: () => Promise<unknown>): Promise<boolean> {
    try {
      await change();
      return true;
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return false;
    } finally {
      this.list.reload();
    }
  }
}
