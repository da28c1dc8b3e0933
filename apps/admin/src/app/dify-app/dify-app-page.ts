import { Component, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { AppDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { namesPlace } from '../shared/data/place.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { DifyAppAnnotations } from './annotations/dify-app-annotations.js';
import { DifyAppFeedbacks } from './annotations/dify-app-feedbacks.js';
import { DifyAppClient } from './dify-app-client.js';
import { DifyAppConnect } from './dify-app-connect.js';
import { DifyAppKeys } from './dify-app-keys.js';
import { DifyAppSettings } from './dify-app-settings.js';
import { DifyAppTry } from './try/dify-app-try.js';
import { DifyAppMark } from './ui/dify-app-mark.js';

const TABS = ['settings', 'keys', 'try', 'annotations', 'feedbacks', 'connect'] as const;

/** One app: its settings, its keys, and how programs use it. */
@Component({
  selector: 'oa-dify-app-page',
  imports: [
    DifyAppAnnotations,
    DifyAppConnect,
    DifyAppFeedbacks,
    DifyAppKeys,
    DifyAppMark,
    DifyAppSettings,
    DifyAppTry,
    Icon,
    RouterLink,
    State,
    TranslocoDirective,
    Writes,
  ],
  templateUrl: './dify-app-page.html',
  styleUrl: './dify-app-page.css',
})
export class DifyAppPage {
  private readonly client = inject(DifyAppClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly settings = viewChild(DifyAppSettings);
  /** The path's id. */
  readonly id = input.required<string>();
  /** The query parameter that says what is shown of it. */
  readonly tab = input<string>();

  protected readonly tabs = TABS;
  protected readonly shown = computed(() => TABS.find((tab) => tab === this.tab()) ?? 'settings');
  protected readonly stored = this.client.one(this.id);
  protected readonly models = this.client.models();
  protected readonly app = linkedSignal<AppDto | null>(() => (this.stored.hasValue() ? this.stored.value() : null));
  protected readonly mayChange = computed(() => this.user.can('admin'));
  protected readonly problem = computed(() => {
    const error = this.stored.error();
    return error ? toProblem(error) : null;
  });
  private isGone = false;

  constructor() {
    namesPlace(() => this.app()?.name ?? '');
  }

  /** For the router: unsaved settings are not thrown away unasked. */
  mayLeave(): boolean | Promise<boolean> {
    return this.isGone || (this.settings()?.mayLeave() ?? true);
  }

  protected async delete({ id, name }: AppDto): Promise<void> {
    try {
      await this.client.delete(id);
    } catch (error) {
      return this.toasts.failed(this.problemText.line(toProblem(error)));
    }
    this.isGone = true;
    this.toasts.done(this.transloco.translate('apps.deleted', { name }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.restore(id),
    });
    await this.router.navigate(['/apps']);
  }

  private async restore(id: string): Promise<void> {
    try {
      await this.client.restore(id);
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }
}
