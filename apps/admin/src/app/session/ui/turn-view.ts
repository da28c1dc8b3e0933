import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LucideCheck, LucideCircleStop, LucideCopy, LucideInfo, LucideLoader } from '@lucide/angular';
import type { Problem } from '../../shared/data/problem.js';
import { Formats } from '../../shared/i18n/formats.js';
import { writeToClipboard } from '../../shared/ui/copy-button.js';
import { MarkdownView } from '../markdown/markdown-view.js';
import { answerText, isOpen, type Turn } from '../turn.js';
import { AnswerDetails } from './answer-details.js';
import { FaultCard } from './fault-card.js';
import { ReasoningFold } from './reasoning-fold.js';
import { StepCard } from './step-card.js';

const SAID_MS = 2000;

/** A question and its answer. */
@Component({
  selector: 'oa-turn',
  imports: [
    TranslocoPipe,
    LucideCheck,
    LucideCircleStop,
    LucideCopy,
    LucideInfo,
    LucideLoader,
    MarkdownView,
    AnswerDetails,
    FaultCard,
    ReasoningFold,
    StepCard,
  ],
  templateUrl: './turn-view.html',
  styleUrl: './turn-view.css',
})
export class TurnView {
  protected readonly formats = inject(Formats);
  readonly turn = input.required<Turn>();
  /** Why the question was not taken. */
  readonly problem = input<Problem | null>(null);
  readonly canRetry = input(true);
  readonly retried = output();
  readonly painted = output<number>();

  protected readonly areDetailsShown = signal(false);
  protected readonly isCopied = signal(false);
  protected readonly isOpen = computed(() => isOpen(this.turn()));
  protected readonly answer = computed(() => answerText(this.turn()));
  protected readonly isThinking = computed(() => this.isOpen() && this.turn().parts.length === 0);
  /** Nothing has come yet, or a tool's result is with the model. */
  protected readonly isWaiting = computed(() => {
    const last = this.turn().parts.at(-1);
    const isIdle = last ? last.kind === 'steps' && last.steps.every(({ state }) => state !== 'running') : true;
    return this.isOpen() && isIdle && (last !== undefined || this.turn().reasoning === '');
  });
  protected readonly isBlank = computed(
    () =>
      this.turn().status === 'finished' && this.turn().parts.every((part) => part.kind === 'text' && part.text === ''),
  );

  /** Copies the answer as the model wrote it, in Markdown. */
  protected async copy(): Promise<void> {
    await writeToClipboard(this.answer());
    this.isCopied.set(true);
    setTimeout(() => this.isCopied.set(false), SAID_MS);
  }
}
