import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { FeedbackDto, FeedbackRating } from '@opsagent/contracts';
import { Formats } from '../../shared/i18n/formats.js';
import { writeToClipboard } from '../../shared/ui/copy-button.js';
import { Menu } from '../../shared/ui/menu.js';
import { Writes } from '../../shared/ui/writes.js';
import { answerText, plainText, type Turn } from '../turn.js';
import { AnswerDetails } from './answer-details.js';
import { FeedbackReason } from './feedback-reason.js';
import { Icon } from '../../shared/ui/icon/icon.js';

const SAID_MS = 2000;

/** What can be done with an ended answer: its versions, copying, asking again, an opinion, its details. */
@Component({
  selector: 'oa-answer-actions',
  imports: [TranslocoPipe, Icon, Menu, AnswerDetails, FeedbackReason, Writes],
  templateUrl: './answer-actions.html',
  styleUrl: './answer-actions.css',
})
export class AnswerActions {
  protected readonly formats = inject(Formats);
  readonly turn = input.required<Turn>();
  /** Whether a question can be asked now. */
  readonly canAsk = input(true);
  /** False when the session's configuration is gone: only another one can answer then. */
  readonly hasModel = input(true);
  readonly again = output();
  readonly againWithOther = output();
  readonly versionPicked = output<string>();
  readonly rated = output<FeedbackDto | null>();

  protected readonly areDetailsShown = signal(false);
  protected readonly isReasonAsked = signal(false);
  protected readonly isCopied = signal(false);
  protected readonly answer = computed(() => answerText(this.turn()));
  protected readonly rating = computed(() => this.turn().feedback?.rating ?? null);
  protected readonly place = computed(() => this.turn().versions.indexOf(this.turn().message_id ?? ''));

  protected step(by: -1 | 1): void {
    const version = this.turn().versions[this.place() + by];
    if (version !== undefined) this.versionPicked.emit(version);
  }

  /** Pressed again, an opinion is taken back; a bad one may be explained. */
  protected rate(rating: FeedbackRating): void {
    const isBack = this.rating() === rating;
    this.isReasonAsked.set(!isBack && rating === 'dislike');
    this.rated.emit(isBack ? null : { rating, content: null });
  }

  protected explain(content: string | null): void {
    this.isReasonAsked.set(false);
    if (content !== null) this.rated.emit({ rating: 'dislike', content });
  }

  /** The answer as the model wrote it. */
  protected copyMarkdown(): Promise<void> {
    return this.copy(this.answer());
  }

  protected copyPlain(): Promise<void> {
    return this.copy(plainText(this.turn()));
  }

  protected copyReasoning(): Promise<void> {
    return this.copy(this.turn().reasoning);
  }

  protected copyLink(): Promise<void> {
    const { origin, pathname } = location;
    return this.copy(`${origin}${pathname}?message=${this.turn().message_id}`);
  }

  private async copy(text: string): Promise<void> {
    await writeToClipboard(text);
    this.isCopied.set(true);
    setTimeout(() => this.isCopied.set(false), SAID_MS);
  }
}
