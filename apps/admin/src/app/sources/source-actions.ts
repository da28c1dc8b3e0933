import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { ToolSourceDto } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Toasts } from '../shared/ui/toasts.js';
import { SourceClient } from './source-client.js';

/** What is done with a source from its row or its drawer; whoever provides it is told when to read again. */
@Service({ autoProvided: false })
export class SourceActions {
  private readonly client = inject(SourceClient);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly tests = signal<ReadonlySet<string>>(new Set());
  /** The sources that are being tested now. */
  readonly tested = this.tests.asReadonly();
  /** Set by the page that lists them. */
  reload: () => void = () => undefined;

  async test({ id, name }: ToolSourceDto): Promise<void> {
    if (this.tests().has(id)) return;
    this.tests.update((running) => new Set(running).add(id));
    await this.attempt(async () => {
      const { ok } = await this.client.test(id);
      if (ok) this.toasts.done(this.text('testOk', name));
      else this.toasts.failed(this.text('testFailed', name));
    });
    this.tests.update((running) => new Set([...running].filter((other) => other !== id)));
  }

  /** Switching on is seen in the row; switching off can be taken back. */
  async setActive({ id, name, updated_at }: ToolSourceDto, isActive: boolean): Promise<void> {
    await this.attempt(async () => {
      const after = await this.client.update(id, { is_active: isActive }, updated_at);
      if (isActive) return;
      const run = (): void => void this.setActive(after, true);
      this.toasts.done(this.text('disabled', name), { label: this.transloco.translate('common.undo'), run });
    });
  }

  /** @returns whether it is gone */
  async delete({ id, name }: ToolSourceDto): Promise<boolean> {
    return this.attempt(async () => {
      await this.client.delete(id);
      const run = (): void => void this.attempt(async () => void (await this.client.restore(id)));
      this.toasts.done(this.text('deleted', name), { label: this.transloco.translate('common.undo'), run });
    });
  }

  private async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return false;
    } finally {
      this.reload();
    }
  }

  private text(key: string, name: string): string {
    return this.transloco.translate(`sources.${key}`, { name });
  }
}
