import { inject, signal } from '@angular/core';
import { toProblem } from './problem.js';
import { ProblemText } from './problem-text.js';

/** A form on its way to the server: once at a time, and in plain words why it did not get through. */
export class Sending {
  private readonly problemText = inject(ProblemText);
  readonly isBusy = signal(false);
  readonly failure = signal('');

  async run(work: () => Promise<void>): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.failure.set('');
    try {
      await work();
    } catch (error) {
      this.failure.set(this.problemText.line(toProblem(error)));
    } finally {
      this.isBusy.set(false);
    }
  }
}
