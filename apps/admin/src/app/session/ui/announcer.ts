import { Component, computed, inject, input } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Language } from '../../shared/i18n/language.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { answerText, type Turn } from '../turn.js';

const LONGEST = 200;

/**
 * Tells a screen reader that an answer began, and at its end how it begins and that it is complete; never each piece. What has to
 * be approved interrupts.
 */
@Component({
  selector: 'oa-announcer',
  template: `
    <p class="oa-hidden" role="status" aria-live="polite">{{ text() }}</p>
    <p class="oa-hidden" role="alert" aria-live="assertive">{{ waiting() }}</p>
  `,
})
export class Announcer {
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly problemText = inject(ProblemText);
  readonly isAnswering = input.required<boolean>();
  readonly ended = input.required<Turn | null>();
  /** The answer in the making. */
  readonly turn = input<Turn | null>(null);

  protected readonly text = computed(() => {
    this.language.active();
    if (this.isAnswering()) return this.transloco.translate<string>('session.chat.answering');
    const turn = this.ended();
    return turn ? this.ending(turn) : '';
  });

  protected readonly waiting = computed(() => {
    this.language.active();
    const steps = this.turn()?.parts.flatMap((part) => (part.kind === 'steps' ? part.steps : [])) ?? [];
    const open = steps.filter(({ approval }) => approval?.decision === null).map(({ approval }) => approval!.summary);
    return open.length === 0 ? '' : this.transloco.translate('session.step.announced', { summary: open.join('; ') });
  });

  private ending(turn: Turn): string {
    if (turn.status === 'stopped') return this.transloco.translate('session.chat.stopped');
    if (turn.error) return this.problemText.ofFault(turn.error.kind).title;
    return this.transloco.translate('session.chat.announced', { sentence: firstSentence(answerText(turn)) });
  }
}

function firstSentence(text: string): string {
  const line = text.trim().split('\n', 1)[0];
  return (/^.*?[。！？.!?](?=\s|$|[^\d\w])/.exec(line)?.[0] ?? line).slice(0, LONGEST);
}
