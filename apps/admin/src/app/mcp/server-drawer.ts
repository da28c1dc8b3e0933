import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { McpServerDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { LastTest } from '../shared/ui/last-test.js';
import { StaleDialog } from '../shared/ui/stale-dialog.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { McpClient } from './mcp-client.js';
import { createInput, draftOf, type McpDraft, missingIn, updateInput } from './mcp-draft.js';
import { McpWords } from './mcp-words.js';
import { ServerFields } from './ui/server-fields.js';

/** Registers an MCP server or changes where it is; it is tested as it is stored. */
@Component({
  selector: 'oa-server-drawer',
  imports: [Drawer, Icon, LastTest, ServerFields, StaleDialog, TranslocoDirective, Writes],
  templateUrl: './server-drawer.html',
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: var(--oa-space-5);
    }
  `,
})
export class ServerDrawer {
  private readonly client = inject(McpClient);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly words = inject(McpWords);
  /** Null for a new one. */
  readonly server = input.required<McpServerDto | null>();
  readonly isStdioAllowed = input.required<boolean>();
  readonly changed = output();
  /** Goes away; with the server when one was stored. */
  readonly dismissed = output<McpServerDto | null>();

  /** As the server has it, after each saving too. */
  protected readonly stored = linkedSignal(() => this.server());
  private readonly untouched = computed(() => draftOf(this.stored()));
  protected readonly draft = linkedSignal<McpDraft>(() => this.untouched());
  private readonly isChanged = computed(() => JSON.stringify(this.draft()) !== JSON.stringify(this.untouched()));
  /** What is wrong, by the field's name as the server says it. */
  protected readonly errors = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly busy = signal<'save' | 'test' | null>(null);
  protected readonly failure = signal('');
  protected readonly stale = signal<McpServerDto | null>(null);

  protected write(draft: McpDraft): void {
    this.draft.set(draft);
    this.errors.set(new Map());
  }

  /** @param overwrites what somebody else saved meanwhile is replaced knowingly */
  protected async save(then: 'save' | 'test', overwrites = false): Promise<void> {
    if (this.busy() !== null || !this.isComplete()) return;
    this.busy.set(then);
    this.failure.set('');
    this.stale.set(null);
    try {
      if (this.isChanged() || this.stored() === null) await this.send(overwrites);
      if (then === 'test' && !(await this.test())) return;
      this.toasts.done(this.transloco.translate('mcp.saved', { name: this.draft().name }));
      this.dismissed.emit(this.stored());
    } catch (error) {
      this.explain(toProblem(error));
    } finally {
      this.busy.set(null);
    }
  }

  protected take(current: McpServerDto): void {
    this.stale.set(null);
    this.stored.set(current);
  }

  protected async leave(): Promise<void> {
    if (!this.isChanged() || (await this.isGivenUp())) this.dismissed.emit(this.stored());
  }

  private isComplete(): boolean {
    const missing = missingIn(this.draft());
    this.errors.set(new Map(missing.map((name) => [name, this.transloco.translate('validation.required')])));
    return missing.length === 0;
  }

  private async send(overwrites: boolean): Promise<void> {
    const stored = this.stored();
    const saved =
      stored === null
        ? await this.client.create(createInput(this.draft()))
        : await this.client.update(stored.id, updateInput(this.draft()), overwrites ? null : stored.updated_at);
    this.stored.set(saved);
    this.changed.emit();
  }

  /** @returns whether it passed; what went wrong stays in view */
  private async test(): Promise<boolean> {
    const tested = await this.client.test(this.stored()!.id);
    this.stored.set(tested);
    this.changed.emit();
    return tested.last_test?.ok ?? false;
  }

  private explain(problem: Problem): void {
    if (problem.code === 'mcp-server/changed') return this.stale.set(problem.current as McpServerDto);
    this.errors.set(new Map(problem.errors.map(({ field, message }) => [field, message])));
    this.failure.set(this.problemText.line(problem));
  }

  private isGivenUp(): Promise<boolean> {
    const text = (key: string): string => this.transloco.translate(`common.${key}`);
    return this.confirm.ask({
      ...{ title: text('discardTitle'), text: text('discardText'), confirm: text('discard') },
      ...{ cancel: text('keepEditing'), isDangerous: true },
    });
  }
}
