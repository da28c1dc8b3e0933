import { Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { DeletedLlmConfigDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Drawer } from '../shared/ui/drawer.js';
import { ProviderMark } from '../shared/ui/provider-mark.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { LlmConfigClient } from './llm-config-client.js';

/** The deleted configurations that can still be brought back. */
@Component({
  selector: 'oa-deleted-drawer',
  imports: [TranslocoDirective, Drawer, ProviderMark, State, Writes],
  templateUrl: './deleted-drawer.html',
  styles: `
    li {
      display: flex;
      align-items: center;
      gap: var(--oa-space-4);
      padding: var(--oa-space-4) 0;
      border-bottom: 1px solid var(--oa-border);
    }

    li > div {
      flex: 1;
      min-width: 0;
    }

    .model {
      margin-inline-start: var(--oa-space-3);
    }
  `,
})
export class DeletedDrawer {
  private readonly client = inject(LlmConfigClient);
  private readonly router = inject(Router);
  private readonly user = inject(CurrentUser);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly read = this.client.deleted();
  protected readonly items = computed(() => (this.read.hasValue() ? this.read.value().items : null));
  protected readonly problem = computed(() => {
    const error = this.read.error();
    return error ? toProblem(error) : null;
  });
  protected readonly mayWrite = computed(() => this.user.can('operator'));
  protected readonly busyWith = signal<string | null>(null);

  protected close(): void {
    void this.router.navigate(['/configs'], { queryParamsHandling: 'preserve' });
  }

  protected async restore({ id, name }: DeletedLlmConfigDto): Promise<void> {
    this.busyWith.set(id);
    try {
      await this.client.restore(id);
      this.toasts.done(this.transloco.translate('configs.done.restored', { name }));
      this.read.reload();
    } catch (error) {
      const reason = this.problemText.line(toProblem(error));
      this.toasts.failed(this.transloco.translate('configs.failed.restore', { name, reason }));
    } finally {
      this.busyWith.set(null);
    }
  }
}
