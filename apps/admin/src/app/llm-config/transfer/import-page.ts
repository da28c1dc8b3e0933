import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type {
  ImportAction,
  ImportChoice,
  ImportItemDto,
  ImportLlmConfigsDto,
  ImportPlanDto,
  ImportSource,
} from '@opsagent/contracts';
import { Jobs } from '../../shared/data/jobs.js';
import { type Problem, toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { Control, Field } from '../../shared/ui/field.js';
import { PasswordInput } from '../../shared/ui/password-input.js';
import { ProblemDetails } from '../../shared/ui/problem-details.js';
import { Writes } from '../../shared/ui/writes.js';
import { LlmConfigWords } from '../llm-config-words.js';
import { type Choices, choicesFor, chooseForAll, decisionsOf, type ItemChoice, writtenBy } from './import-choices.js';
import { PlanTable } from './plan-table.js';
import { TransferClient } from './transfer-client.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const ACTIONS: readonly ImportAction[] = ['new', 'change', 'conflict', 'same', 'invalid'];
const SOURCES: readonly ImportSource[] = ['opsagent', 'litellm', 'one-api'];
const CONFLICT_CHOICES: readonly ImportChoice[] = ['skip', 'rename', 'overwrite'];
/** As the server takes it. */
const MOST_CHARACTERS = 20_000_000;

/** Brings configurations in from a file: first a plan of what would change, then all of it at once. */
@Component({
  selector: 'oa-import-page',
  imports: [
    RouterLink,
    TranslocoDirective,
    Icon,
    Control,
    Dialog,
    Field,
    PasswordInput,
    PlanTable,
    ProblemDetails,
    Writes,
  ],
  templateUrl: './import-page.html',
  styleUrl: './import-page.css',
})
export class ImportPage {
  private readonly client = inject(TransferClient);
  private readonly jobs = inject(Jobs);
  private readonly router = inject(Router);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  protected readonly formats = inject(Formats);
  protected readonly words = inject(LlmConfigWords);
  protected readonly sources = SOURCES;
  protected readonly conflictChoices = CONFLICT_CHOICES;

  protected readonly file = signal<{ readonly name: string; readonly text: string } | null>(null);
  protected readonly pasted = signal('');
  protected readonly source = signal<ImportSource | ''>('');
  protected readonly passphrase = signal('');
  protected readonly isOver = signal(false);
  protected readonly isTooLarge = signal(false);
  private readonly content = computed(() => this.file()?.text ?? this.pasted());
  protected readonly isEmpty = computed(() => this.content().trim() === '');

  /** What the plan was made of; another file makes it void. */
  private readonly asked = computed<ImportLlmConfigsDto>(() => ({
    content: this.content(),
    source: this.source() || null,
    passphrase: this.passphrase() || null,
  }));
  protected readonly plan = linkedSignal<unknown, ImportPlanDto | null>({
    source: this.asked,
    computation: () => null,
  });
  protected readonly choices = linkedSignal<unknown, Choices>({ source: this.plan, computation: () => new Map() });
  protected readonly shownAction = linkedSignal<unknown, ImportAction | null>({
    source: this.plan,
    computation: () => null,
  });
  protected readonly shown = computed(() => {
    const action = this.shownAction();
    return (this.plan()?.items ?? []).filter((item) => action === null || item.action === action);
  });
  protected readonly counts = computed(() => {
    const counts = this.plan()?.counts;
    return ACTIONS.map((action) => ({ action, count: counts?.[action] ?? 0 })).filter(({ count }) => count > 0);
  });
  protected readonly missingKeys = computed(
    () => (this.plan()?.items ?? []).filter((item) => item.missing_key && choicesFor(item).length > 0).length,
  );
  protected readonly hasConflicts = computed(() => (this.plan()?.counts.conflict ?? 0) > 0);
  protected readonly written = computed(() => writtenBy(this.plan()?.items ?? [], this.choices()));
  protected readonly looked = signal<ImportItemDto | null>(null);

  protected readonly busy = signal<'plan' | 'import' | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  /** What is wrong, and where in the file. */
  protected readonly failure = computed(() => {
    this.language.active();
    const problem = this.problem();
    return problem && [this.problemText.line(problem), problem.detail, ...problem.errors.map(({ message }) => message)];
  });

  protected async take(files: FileList | null): Promise<void> {
    const file = files?.[0];
    this.isOver.set(false);
    if (!file) return;
    this.isTooLarge.set(file.size > MOST_CHARACTERS);
    if (file.size > MOST_CHARACTERS) return;
    this.file.set({ name: file.name, text: await file.text() });
    await this.makePlan();
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    void this.take(event.dataTransfer?.files ?? null);
  }

  protected dragOver(event: DragEvent): void {
    event.preventDefault();
    this.isOver.set(true);
  }

  protected makePlan(): Promise<void> {
    return this.work('plan', async () => this.plan.set(await this.client.plan(this.asked())));
  }

  protected choose({ index, choice }: { index: number; choice: ItemChoice }): void {
    this.choices.update((choices) => new Map(choices).set(index, choice));
  }

  protected chooseForConflicts(choice: ImportChoice): void {
    this.choices.update((choices) => chooseForAll(this.plan()?.items ?? [], choices, choice));
  }

  protected showOnly(action: ImportAction): void {
    this.shownAction.update((now) => (now === action ? null : action));
  }

  /** The whole file at once, exactly as the plan said; it can be taken back as a whole. */
  protected apply({ items, fingerprint }: ImportPlanDto): Promise<void> {
    return this.work('import', async () => {
      const decisions = decisionsOf(items, this.choices());
      this.jobs.follow(await this.client.import({ ...this.asked(), decisions, fingerprint }));
      await this.router.navigate(['/configs']);
    });
  }

  private async work(kind: 'plan' | 'import', call: () => Promise<void>): Promise<void> {
    this.busy.set(kind);
    this.problem.set(null);
    try {
      await call();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(null);
    }
  }
}
