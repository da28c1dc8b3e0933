import { Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Countdown } from '../data/countdown.js';
import { isUnreachable, type Problem, toProblem } from '../data/problem.js';
import { ProblemText } from '../data/problem-text.js';
import { Language } from '../i18n/language.js';
import { Icon } from './icon/icon.js';

const RETRY_SECONDS = 5;

/** Says why the server does not answer and asks again every five seconds until it does. */
@Component({
  selector: 'oa-unreachable',
  imports: [Icon, TranslocoPipe],
  template: `
    <div class="oa-notice warning">
      <svg oaIcon="unplug"></svg>
      <div class="words">
        <div role="status">
          <strong>{{ fault().title }}</strong>
          <p>{{ fault().cause }}</p>
          <p>{{ fault().action }}</p>
        </div>
        <p class="oa-row">
          <span class="oa-muted oa-figures">
            @if (countdown.left()) {
              {{ 'common.retryIn' | transloco: { seconds: countdown.left() } }}
            } @else {
              {{ 'common.retrying' | transloco }}
            }
          </span>
          <button class="oa-button small" type="button" [attr.aria-busy]="isAsking()" (click)="again()">
            {{ 'common.retryNow' | transloco }}
          </button>
        </p>
      </div>
    </div>
  `,
  styles: `
    .words {
      display: flex;
      flex: 1;
      flex-direction: column;
      gap: var(--oa-space-2);
    }

    .oa-row {
      justify-content: space-between;
    }
  `,
})
export class Unreachable {
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  readonly problem = input.required<Problem>();
  /** Asks the server something harmless; fails while it is gone. */
  readonly ask = input.required<() => Promise<unknown>>();
  readonly answered = output();

  protected readonly isAsking = signal(false);
  protected readonly countdown = new Countdown(() => void this.again());
  protected readonly fault = computed(() => {
    this.language.active();
    return this.texts.of(this.problem());
  });

  constructor() {
    this.countdown.start(RETRY_SECONDS);
  }

  protected async again(): Promise<void> {
    if (this.isAsking()) return;
    this.countdown.stop();
    this.isAsking.set(true);
    try {
      await this.ask()();
      this.answered.emit();
    } catch (error) {
      // Another refusal is an answer too: whoever asked first will meet it again and say so.
      if (isUnreachable(toProblem(error))) this.countdown.start(RETRY_SECONDS);
      else this.answered.emit();
    } finally {
      this.isAsking.set(false);
    }
  }
}
