import { Component, computed, ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { FeedbackDto } from '@opsagent/contracts';
import type { Problem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Language } from '../../shared/i18n/language.js';
import { Formats } from '../../shared/i18n/formats.js';
import { MarkdownView } from '../../shared/ui/markdown/markdown-view.js';
import type { AskedAnew } from '../shown-line.js';
import { isOpen, type Turn } from '../turn.js';
import { AnswerActions } from './answer-actions.js';
import { FaultCard } from './fault-card.js';
import { ModelDialog } from './model-dialog.js';
import { QuestionEditor } from './question-editor.js';
import { ReasoningFold } from './reasoning-fold.js';
import { StepCard } from './step-card.js';
import { Icon } from '../../shared/ui/icon/icon.js';

/** A question and its answer. */
@Component({
  selector: 'oa-turn',
  imports: [
    TranslocoPipe,
    Icon,
    MarkdownView,
    AnswerActions,
    FaultCard,
    ModelDialog,
    QuestionEditor,
    ReasoningFold,
    StepCard,
  ],
  templateUrl: './turn-view.html',
  styleUrl: './turn-view.css',
})
export class TurnView {
  protected readonly formats = inject(Formats);
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly turn = input.required<Turn>();
  /** Why the question was not taken. */
  readonly problem = input<Problem | null>(null);
  /** The seconds until a question can be asked again that a limit refused. */
  readonly wait = input(0);
  /** Whether a question can be asked now. */
  readonly canAsk = input(true);
  /** False when the session's configuration is gone: only another one can answer then. */
  readonly hasModel = input(true);
  /** Whether another configuration answered the turn before. */
  readonly isModelNew = input(false);
  readonly asked = output<AskedAnew>();
  /** The question, to be asked in a new session. */
  readonly movedOn = output<string>();
  readonly versionPicked = output<string>();
  readonly rated = output<FeedbackDto | null>();
  readonly painted = output<number>();

  private readonly edit = viewChild<ElementRef<HTMLElement>>('edit');
  protected readonly isEditing = signal(false);
  /** Another model is being chosen for the same question. */
  protected readonly isPicking = signal(false);
  protected readonly isOpen = computed(() => isOpen(this.turn()));
  protected readonly isThinking = computed(() => this.isOpen() && this.turn().parts.length === 0);
  /** Nothing has come yet, or a tool's result is with the model. */
  protected readonly isWaiting = computed(() => {
    const last = this.turn().parts.at(-1);
    const isIdle = last
      ? last.kind === 'steps' && last.steps.every(({ state }) => state !== 'running' && state !== 'waiting_approval')
      : true;
    return this.isOpen() && isIdle && (last !== undefined || this.turn().reasoning === '');
  });
  /** Who answers in whose place, and why. */
  protected readonly modelChange = computed(() => {
    this.language.active();
    const { model_name, modelChange } = this.turn();
    return (
      modelChange && {
        name: model_name ?? '',
        from: modelChange.from,
        because: this.texts.ofFault(modelChange.kind).title,
      }
    );
  });
  protected readonly hasSteps = computed(() => this.turn().parts.some(({ kind }) => kind === 'steps'));
  protected readonly isBlank = computed(
    () =>
      this.turn().status === 'finished' && this.turn().parts.every((part) => part.kind === 'text' && part.text === ''),
  );

  protected askAgain(configId?: string): void {
    this.isPicking.set(false);
    this.asked.emit({ query: this.turn().query, parentId: this.turn().parent_id, configId });
  }

  protected askChanged(query: string): void {
    this.isEditing.set(false);
    this.asked.emit({ query, parentId: this.turn().parent_id });
  }

  /** Unfolds the step that the answer names, and goes there. */
  protected showStep(number: number): void {
    const step = this.host.querySelector<HTMLDetailsElement>(`details[data-step='${number}']`);
    if (!step) return;
    step.open = true;
    step.querySelector('summary')?.focus();
    step.scrollIntoView({ block: 'nearest' });
  }

  protected endEditing(): void {
    this.isEditing.set(false);
    setTimeout(() => this.edit()?.nativeElement.focus());
  }
}
