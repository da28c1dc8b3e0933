import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { FieldChangeDto, LlmConfigDto, LlmConfigRevisionDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Confirm } from '../shared/ui/confirm.js';
import { State } from '../shared/ui/state.js';
import { Toasts } from '../shared/ui/toasts.js';
import { Writes } from '../shared/ui/writes.js';
import { rollBackChanges, settingsApart } from './history/roll-back.js';
import { LlmConfigClient } from './llm-config-client.js';
import { LlmConfigImpact } from './llm-config-impact.js';
import { LlmConfigWords } from './llm-config-words.js';
import { Icon } from '../shared/ui/icon/icon.js';

/** What a configuration was, newest first: who changed what and when, and the way back. */
@Component({
  selector: 'oa-llm-config-history',
  imports: [Icon, State, TranslocoDirective, Writes],
  templateUrl: './llm-config-history.html',
  styleUrl: './llm-config-history.css',
})
export class LlmConfigHistory {
  private readonly client = inject(LlmConfigClient);
  private readonly impact = inject(LlmConfigImpact);
  private readonly transloco = inject(TranslocoService);
  private readonly problemText = inject(ProblemText);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(LlmConfigWords);
  protected readonly formats = inject(Formats);
  readonly config = input.required<LlmConfigDto>();
  /** Why nothing can be rolled back now, if so. */
  readonly blocked = input('');
  readonly rolledBack = output<LlmConfigDto>();

  protected readonly revisions = signal<readonly LlmConfigRevisionDto[] | null>(null);
  protected readonly total = signal(0);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isLoading = signal(false);
  protected readonly busyWith = signal<string | null>(null);
  private readonly state = computed(() => `${this.config().id} ${this.config().updated_at}`);
  private run = 0;

  constructor() {
    effect(() => {
      this.state();
      untracked(() => void this.read(0));
    });
  }

  protected more(): void {
    void this.read(this.revisions()?.length ?? 0);
  }

  /** What a new configuration has not is not told. */
  protected changesOf(revision: LlmConfigRevisionDto): FieldChangeDto[] {
    const isNothing = ({ before, after }: FieldChangeDto): boolean => before === null && after === false;
    return revision.changes.filter((change) => !isNothing(change)).flatMap(settingsApart);
  }

  /** Null where going back would change nothing. */
  protected wayBack(revision: LlmConfigRevisionDto): FieldChangeDto[] | null {
    const changes = rollBackChanges(this.revisions() ?? [], revision);
    return changes.length > 0 ? changes : null;
  }

  protected async rollBack(revision: LlmConfigRevisionDto, changes: readonly FieldChangeDto[]): Promise<void> {
    const { id, updated_at } = this.config();
    this.busyWith.set(revision.id);
    try {
      if (!(await this.isMeant(revision, changes))) return;
      const saved = await this.client.rollBack(id, revision.id, updated_at);
      this.toasts.done(this.text('done', { number: revision.number }));
      this.rolledBack.emit(saved);
    } catch (error) {
      this.toasts.failed(this.text('failed', { reason: this.problemText.line(toProblem(error)) }));
    } finally {
      this.busyWith.set(null);
    }
  }

  /** Says what changes, and for whom. */
  private async isMeant({ number }: LlmConfigRevisionDto, changes: readonly FieldChangeDto[]): Promise<boolean> {
    const impact = await this.client.impact(this.config().id);
    const lines = changes.map(({ field, before, after }) => {
      const values = { before: this.words.value(field, before), after: this.words.value(field, after) };
      return this.text('change', { field: this.words.label(field), ...values });
    });
    const isUsed = impact.used_by.length > 0 || impact.requests_24h > 0;
    return this.confirm.ask({
      title: this.text('title', { number }),
      text: [...lines, ...(isUsed ? ['', ...this.impact.linesOf('change', impact)] : [])].join('\n'),
      confirm: this.text('confirm'),
    });
  }

  /** A later reading makes an earlier one void. */
  private async read(skip: number): Promise<void> {
    const run = ++this.run;
    this.isLoading.set(true);
    this.problem.set(null);
    try {
      const { items, total } = await this.client.revisions(this.config().id, skip);
      if (run !== this.run) return;
      this.revisions.update((known) => (skip === 0 ? items : [...(known ?? []), ...items]));
      this.total.set(total);
    } catch (error) {
      if (run === this.run) this.problem.set(toProblem(error));
    } finally {
      if (run === this.run) this.isLoading.set(false);
    }
  }

  private text(key: string, values: Record<string, unknown> = {}): string {
    return this.transloco.translate(`configs.drawer.history.${key}`, values);
  }
}
