import { inject, Service, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { McpServerDto, McpToolDto, ToolRisk } from '@opsagent/contracts';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Toasts } from '../shared/ui/toasts.js';
import { McpClient } from './mcp-client.js';

/** What is done with an MCP server and its tools; the page that shows them is told when to read again, also after an undo. */
@Service()
export class McpActions {
  private readonly client = inject(McpClient);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly tests = signal<ReadonlySet<string>>(new Set());
  /** The servers that are being tested now. */
  readonly tested = this.tests.asReadonly();
  /** Set by each page as it opens. */
  reload: () => void = () => undefined;

  async test({ id, name }: McpServerDto): Promise<void> {
    if (this.tests().has(id)) return;
    this.tests.update((running) => new Set(running).add(id));
    await this.attempt(async () => {
      const { last_test } = await this.client.test(id);
      if (last_test?.ok) this.toasts.done(this.text('testOk', { name }));
      else this.toasts.failed(this.text('testFailed', { name }));
    });
    this.tests.update((running) => new Set([...running].filter((other) => other !== id)));
  }

  /** Switching on is seen in the row; switching off can be taken back. */
  async setActive({ id, name, updated_at }: McpServerDto, isActive: boolean): Promise<void> {
    await this.attempt(async () => {
      const after = await this.client.update(id, { is_active: isActive }, updated_at);
      if (isActive) return;
      const run = (): void => void this.setActive(after, true);
      this.toasts.done(this.text('disabled', { name }), { label: this.transloco.translate('common.undo'), run });
    });
  }

  /** Nothing of it is left to be read. @returns whether it is gone */
  async delete({ id, name }: McpServerDto): Promise<boolean> {
    try {
      await this.client.delete(id);
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
      return false;
    }
    const run = (): void => void this.attempt(async () => void (await this.client.restore(id)));
    this.toasts.done(this.text('deleted', { name }), { label: this.transloco.translate('common.undo'), run });
    return true;
  }

  async setAllowed({ id }: McpServerDto, { name, hash }: McpToolDto, isAllowed: boolean): Promise<void> {
    await this.attempt(async () => void (await this.client.allow(id, { name, hash, is_allowed: isAllowed })));
  }

  /** What runs unasked from now on is asked about once more. */
  async setRisk({ id }: McpServerDto, { name, hash, risk: before }: McpToolDto, risk: ToolRisk): Promise<void> {
    const isLower = before === 'dangerous' && risk !== 'dangerous';
    if (isLower && !(await this.isMeant(name))) return this.reload();
    await this.attempt(async () => void (await this.client.allow(id, { name, hash, risk })));
  }

  private isMeant(name: string): Promise<boolean> {
    return this.confirm.ask({
      ...{ title: this.text('lower.title', { name }), text: this.text('lower.text') },
      ...{ confirm: this.text('lower.confirm'), isDangerous: true },
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    } finally {
      this.reload();
    }
  }

  private text(key: string, facts: Record<string, string> = {}): string {
    return this.transloco.translate(`mcp.${key}`, facts);
  }
}
