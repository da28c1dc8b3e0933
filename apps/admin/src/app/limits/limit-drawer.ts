// The contract's classes need it; it has to be the first import.
import '../shared/data/no-metadata.js';
import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { form, FormField, required, validate } from '@angular/forms/signals';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { type LimitDto, type LimitName, SetLimitDto } from '@opsagent/contracts';
import { FieldErrors } from '../shared/data/field-errors.js';
import { validateDto } from '../shared/data/form-rules.js';
import { toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Confirm } from '../shared/ui/confirm.js';
import { Drawer } from '../shared/ui/drawer.js';
import { Control, Field } from '../shared/ui/field.js';
import { Icon } from '../shared/ui/icon/icon.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { LimitClient } from './limit-client.js';
import { draftOf, inputOfDraft, type LimitDraft, namesOf } from './limit-draft.js';
import { inputOf, keyOf, type LimitRow, type SubjectKey } from './limit-rows.js';
import { LimitWords } from './limit-words.js';
import { SubjectChoice } from './ui/subject-choice.js';

const GROUPS: readonly { readonly key: string; readonly names: readonly LimitName[] }[] = [
  { key: 'pace', names: ['requests_per_minute', 'concurrent_runs'] },
  { key: 'tokens', names: ['tokens_per_day', 'tokens_per_month'] },
  { key: 'money', names: ['cost_per_day', 'cost_per_month'] },
];

/** The limits of one subject, or of one that is chosen here; what is left empty is not limited. */
@Component({
  selector: 'oa-limit-drawer',
  imports: [Control, Drawer, Field, FormField, Icon, SubjectChoice, TranslocoDirective, Writes],
  templateUrl: './limit-drawer.html',
  styleUrl: './limit-drawer.css',
})
export class LimitDrawer {
  private readonly client = inject(LimitClient);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly errors = inject(FieldErrors);
  protected readonly words = inject(LimitWords);
  /** Null lets the subject be chosen. */
  readonly row = input.required<LimitRow | null>();
  /** All that are set, so that a choice of one that has limits already shows them. */
  readonly limits = input.required<readonly LimitDto[]>();
  readonly changed = output();
  readonly dismissed = output();

  protected readonly subject = linkedSignal<SubjectKey>(() => this.row() ?? { kind: 'app', id: null });
  private readonly key = computed(() => keyOf(this.subject()));
  protected readonly limit = computed(
    () => this.limits().find(({ kind, subject_id }) => keyOf({ kind, id: subject_id }) === this.key()) ?? null,
  );
  private readonly untouched = linkedSignal<string, LimitDraft>({
    source: this.key,
    computation: () =>
      draftOf(this.limit(), Object.fromEntries((this.row()?.lines ?? []).map((l) => [l.name, l.most]))),
  });
  protected readonly draft = linkedSignal<LimitDraft>(() => ({ ...this.untouched() }));
  protected readonly fields = form(this.draft, (path) => {
    validateDto(path, SetLimitDto, (draft) => inputOfDraft(draft, this.subject().kind));
    required(path.soft_percent);
    validate(path.currency, ({ value, valueOf }) => {
      const hasMoney = (valueOf(path.cost_per_day) ?? valueOf(path.cost_per_month)) !== null;
      return hasMoney && value().trim() === '' ? { kind: 'required' } : undefined;
    });
  });
  protected readonly groups = computed(() => {
    const names = namesOf(this.subject().kind);
    return GROUPS.filter((group) => names.includes(group.names[0]));
  });
  protected readonly hasBudget = computed(() => this.groups().length > 1);
  protected readonly isEmpty = computed(() =>
    namesOf(this.subject().kind).every((name) => this.draft()[name] === null),
  );
  protected readonly isBusy = signal(false);
  protected readonly failure = signal('');

  protected errorOf(name: keyof LimitDraft): string {
    return this.errors.of(this.fields[name]());
  }

  protected async save(): Promise<void> {
    const root = this.fields();
    root.markAsTouched();
    if (this.isBusy()) return;
    if (!root.valid()) return root.errorSummary()[0]?.fieldTree().focusBoundControl();
    const name = this.words.subject({ ...this.subject(), name: this.nameOfSubject() });
    await this.act(async () => {
      const { subject_name } = await this.client.set(this.subject(), inputOfDraft(this.draft(), this.subject().kind));
      this.toasts.done(this.text('saved', { name: subject_name ?? name }));
    });
  }

  protected async remove(): Promise<void> {
    const limit = this.limit();
    if (limit === null || this.isBusy()) return;
    const [subject, input] = [this.subject(), inputOf(limit)];
    await this.act(async () => {
      await this.client.remove(subject);
      this.toasts.done(this.text('removed', { name: this.words.subject({ ...subject, name: limit.subject_name }) }), {
        label: this.transloco.translate('common.undo'),
        run: () => void this.putBack(subject, input),
      });
    });
  }

  protected async leave(): Promise<void> {
    const isChanged = JSON.stringify(this.draft()) !== JSON.stringify(this.untouched());
    if (!isChanged || (await this.isGivenUp())) this.dismissed.emit();
  }

  private nameOfSubject(): string | null {
    return this.row()?.name ?? this.limit()?.subject_name ?? null;
  }

  private async act(action: () => Promise<void>): Promise<void> {
    this.isBusy.set(true);
    this.failure.set('');
    try {
      await action();
      this.changed.emit();
      this.dismissed.emit();
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }

  /** The drawer is closed by then. */
  private async putBack(subject: SubjectKey, input: SetLimitDto): Promise<void> {
    try {
      await this.client.set(subject, input);
      this.changed.emit();
    } catch (error) {
      this.toasts.failed(this.problemText.line(toProblem(error)));
    }
  }

  private isGivenUp(): Promise<boolean> {
    const text = (key: string): string => this.transloco.translate(`common.${key}`);
    return this.confirm.ask({
      ...{ title: text('discardTitle'), text: text('discardText'), confirm: text('discard') },
      ...{ cancel: text('keepEditing'), isDangerous: true },
    });
  }

  private text(key: string, facts: object): string {
    return this.transloco.translate(`limits.${key}`, facts);
  }
}
