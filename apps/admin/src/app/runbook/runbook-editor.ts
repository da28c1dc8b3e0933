// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, computed, effect, inject, input, linkedSignal, output, signal, untracked } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { CreateRunbookDto, type RunbookDto } from '@opsagent/contracts';
import { CurrentUser } from '../shared/data/current-user.js';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { forgetDraft, keepDraft, keptDraft } from '../shared/data/kept-draft.js';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { ChipsInput } from '../shared/ui/chips-input.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { MarkdownView } from '../shared/ui/markdown/markdown-view.js';
import { type Difference, StaleDialog } from '../shared/ui/stale-dialog.js';
import { Writes } from '../shared/ui/writes.js';
import { RunbookClient } from './runbook-client.js';
import { changedInput, differencesOf, draftOf, EMPTY, inputOf, type RunbookDraft } from './runbook-draft.js';

/** The preview follows when typing pauses. */
const PAUSE_MS = 150;

/** What a reload of the page would have lost. */
interface Kept {
  readonly draft: RunbookDraft;
  /** When what it was made from was last changed. */
  readonly seen: string | null;
}

/** Writes a runbook, with what it will look like beside it; never over what somebody else saved meanwhile. */
@Component({
  selector: 'oa-runbook-editor',
  imports: [ChipsInput, Control, Field, FormField, Icon, MarkdownView, StaleDialog, TranslocoDirective, Writes],
  templateUrl: './runbook-editor.html',
  styleUrl: './runbook-editor.css',
})
export class RunbookEditor {
  private readonly client = inject(RunbookClient);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly fieldErrors = inject(FieldErrors);
  private readonly user = inject(CurrentUser);
  /** Null writes a new one. */
  readonly runbook = input.required<RunbookDto | null>();
  readonly saved = output<RunbookDto>();
  readonly left = output();

  private readonly draftKey = computed(() => `runbook.${this.runbook()?.id ?? 'new'}`);
  /** What the draft began with: what others save meanwhile is found out when it is saved. */
  private readonly base = linkedSignal<RunbookDto | null>(() => this.runbook());
  private readonly untouched = computed<RunbookDraft>(() => {
    const base = this.base();
    return base ? draftOf(base) : EMPTY;
  });
  /** Looked for once for what the draft is made from. */
  private readonly kept = computed(() => {
    this.base();
    return keptDraft<Kept>(this.draftKey());
  });
  protected readonly draft = linkedSignal<RunbookDraft>(() => ({ ...this.untouched(), ...this.kept()?.draft }));
  /** Somebody else may have saved since the draft that was kept. */
  private readonly seen = computed(() => this.kept()?.seen ?? this.base()?.updated_at ?? null);
  protected readonly fields = form(this.draft, (path) => validateDto(path, CreateRunbookDto, inputOf));
  protected readonly isChanged = computed(() => Object.keys(changedInput(this.draft(), this.untouched())).length > 0);
  protected readonly preview = signal('');
  protected readonly isBusy = signal(false);
  protected readonly failure = signal<Problem | null>(null);
  protected readonly refused = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly stale = signal<RunbookDto | null>(null);

  constructor() {
    effect((onCleanup) => {
      const { body } = this.draft();
      const timer = setTimeout(() => this.preview.set(body), PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    });
    effect(() => {
      const draft = this.draft();
      if (untracked(this.isChanged)) keepDraft(this.draftKey(), { draft, seen: untracked(this.seen) });
      else forgetDraft(this.draftKey());
    });
  }

  /** For the router. */
  async mayLeave(): Promise<boolean> {
    if (!this.isChanged() || !this.user.isSignedIn()) return true;
    const text = (key: string): string => this.transloco.translate(`common.${key}`);
    const isGivenUp = await this.confirm.ask({
      ...{ title: text('discardTitle'), text: text('discardText'), confirm: text('discard') },
      ...{ cancel: text('keepEditing'), isDangerous: true },
    });
    if (isGivenUp) {
      this.draft.set(this.untouched());
      forgetDraft(this.draftKey());
    }
    return isGivenUp;
  }

  protected put(tags: string[]): void {
    this.draft.update((draft) => ({ ...draft, tags }));
  }

  protected errorOf(name: keyof RunbookDraft): string {
    return this.refused().get(name) ?? this.fieldErrors.of(this.fields[name]());
  }

  protected lineOf(problem: Problem): string {
    return this.problemText.line(problem);
  }

  protected saveByKey(event: KeyboardEvent): void {
    const isSave = (event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter');
    if (!isSave || event.isComposing) return;
    event.preventDefault();
    void this.save();
  }

  /** @param current what somebody else saved meanwhile, and is replaced knowingly */
  protected async save(current?: RunbookDto): Promise<void> {
    if (this.isBusy() || !this.isChanged() || !this.check()) return;
    this.isBusy.set(true);
    this.failure.set(null);
    this.refused.set(new Map());
    try {
      this.keep(await this.send(current));
    } catch (error) {
      this.show(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async overwrite(current: RunbookDto): Promise<void> {
    this.stale.set(null);
    await this.save(current);
  }

  /** What somebody else saved takes the place of what is typed. */
  protected take(current: RunbookDto): void {
    this.stale.set(null);
    forgetDraft(this.draftKey());
    this.base.set(current);
    this.draft.set(draftOf(current));
  }

  protected differences(current: RunbookDto): readonly Difference[] {
    return differencesOf(this.draft(), draftOf(current), (field, draft) => this.wordsOf(field, draft));
  }

  private send(current?: RunbookDto): Promise<RunbookDto> {
    const base = this.base();
    if (base === null) return this.client.create(inputOf(this.draft()));
    const input = changedInput(this.draft(), draftOf(current ?? base));
    return this.client.update(base.id, input, current?.updated_at ?? this.seen() ?? base.updated_at);
  }

  private keep(runbook: RunbookDto): void {
    forgetDraft(this.draftKey());
    this.base.set(runbook);
    this.saved.emit(runbook);
  }

  private check(): boolean {
    const root = this.fields();
    root.markAsTouched();
    root.errorSummary()[0]?.fieldTree().focusBoundControl();
    return root.valid();
  }

  private show(problem: Problem): void {
    if (problem.code === 'runbook/changed') return this.stale.set(problem.current as RunbookDto);
    this.refused.set(new Map(problem.errors.map(({ field, message }) => [field.split('.')[0] ?? field, message])));
    this.failure.set(problem);
  }

  private wordsOf(field: keyof RunbookDraft, draft: RunbookDraft): string {
    if (field === 'is_active')
      return this.transloco.translate(draft.is_active ? 'runbooks.state.on' : 'runbooks.state.off');
    return field === 'tags' ? draft.tags.join(', ') : draft[field];
  }
}
