import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { ToolSourceDto, ToolSourceKind, ToolSourceKindDto, ToolSourceTestDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { LastTest } from '../shared/ui/last-test.js';
import { StaleDialog } from '../shared/ui/stale-dialog.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { SourceActions } from './source-actions.js';
import { SourceClient } from './source-client.js';
import { createInput, draftOf, missingIn, type SourceDraft, updateInput } from './source-draft.js';
import { SourceWords } from './source-words.js';
import { SourceFields } from './ui/source-fields.js';

/** Registers a source or changes one; it is tested as it is stored. */
@Component({
  selector: 'oa-source-drawer',
  imports: [Drawer, Icon, LastTest, SourceFields, StaleDialog, TranslocoDirective, Writes],
  templateUrl: './source-drawer.html',
  styleUrl: './source-drawer.css',
})
export class SourceDrawer {
  private readonly client = inject(SourceClient);
  private readonly actions = inject(SourceActions);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  protected readonly words = inject(SourceWords);
  /** Null for a new one. */
  readonly source = input.required<ToolSourceDto | null>();
  readonly kinds = input.required<readonly ToolSourceKindDto[]>();
  readonly mayChange = input.required<boolean>();
  readonly changed = output();
  readonly dismissed = output();

  /** As the server has it, after each saving too. */
  protected readonly stored = linkedSignal(() => this.source());
  private readonly untouched = computed(() => draftOf(this.stored(), this.kinds()[0].kind));
  protected readonly draft = linkedSignal<SourceDraft>(() => this.untouched());
  protected readonly facts = computed(() => this.factsOf(this.draft().kind));
  private readonly isChanged = computed(() => JSON.stringify(this.draft()) !== JSON.stringify(this.untouched()));
  /** What is wrong, by the field's name as the server says it. */
  protected readonly errors = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly busy = signal<'save' | 'test' | 'delete' | null>(null);
  protected readonly failure = signal('');
  protected readonly result = signal<ToolSourceTestDto | null>(null);
  protected readonly stale = signal<ToolSourceDto | null>(null);

  protected write(draft: SourceDraft): void {
    this.draft.set(draft);
    this.errors.set(new Map());
  }

  /** @param overwrites what somebody else saved meanwhile is replaced knowingly */
  protected async save(then: 'save' | 'test', overwrites = false): Promise<void> {
    if (this.busy() !== null || !this.mayChange() || !this.isComplete()) return;
    this.busy.set(then);
    this.failure.set('');
    this.stale.set(null);
    try {
      if (this.isChanged() || this.stored() === null) await this.send(overwrites);
      if (then === 'test') return await this.test();
      this.toasts.done(this.transloco.translate('sources.saved', { name: this.draft().name }));
      this.dismissed.emit();
    } catch (error) {
      this.explain(toProblem(error));
    } finally {
      this.busy.set(null);
    }
  }

  protected take(current: ToolSourceDto): void {
    this.stale.set(null);
    this.stored.set(current);
  }

  protected async remove(): Promise<void> {
    const source = this.stored();
    if (source === null || this.busy() !== null) return;
    this.busy.set('delete');
    if (await this.actions.delete(source)) this.dismissed.emit();
    this.busy.set(null);
  }

  protected async leave(): Promise<void> {
    if (!this.isChanged() || (await this.isGivenUp())) this.dismissed.emit();
  }

  private isComplete(): boolean {
    const missing = missingIn(this.draft(), this.facts());
    this.errors.set(new Map(missing.map((name) => [name, this.transloco.translate('validation.required')])));
    return missing.length === 0;
  }

  private async send(overwrites: boolean): Promise<void> {
    const stored = this.stored();
    const saved =
      stored === null
        ? await this.client.create(createInput(this.draft(), this.facts()))
        : await this.client.update(
            stored.id,
            updateInput(this.draft(), this.facts()),
            overwrites ? null : stored.updated_at,
          );
    this.stored.set(saved);
    this.changed.emit();
  }

  private async test(): Promise<void> {
    this.result.set(null);
    this.result.set(await this.client.test(this.stored()!.id));
    this.changed.emit();
  }

  private explain(problem: Problem): void {
    if (problem.code === 'tool-source/changed') return this.stale.set(problem.current as ToolSourceDto);
    this.errors.set(new Map(problem.errors.map(({ field, message }) => [field, message])));
    this.failure.set(this.problemText.line(problem));
  }

  private factsOf(kind: ToolSourceKind): ToolSourceKindDto {
    return this.kinds().find((facts) => facts.kind === kind) ?? { kind, required: [], optional: [], secrets: [] };
  }

  private isGivenUp(): Promise<boolean> {
    const text = (key: string): string => this.transloco.translate(`common.${key}`);
    return this.confirm.ask({
      ...{ title: text('discardTitle'), text: text('discardText'), confirm: text('discard') },
      ...{ cancel: text('keepEditing'), isDangerous: true },
    });
  }
}
