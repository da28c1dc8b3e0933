import { computed, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { type Problem, toProblem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';

/** One attempt at a time, and why the last was refused: at the field that is wrong, or above all of them. Made with its component. */
export class Attempt {
  private readonly problemText = inject(ProblemText);
  private readonly transloco = inject(TranslocoService);
  private readonly problem = signal<Problem | null>(null);
  private readonly missing = signal<readonly string[]>([]);
  readonly isBusy = signal(false);
  /** What is wrong with no field. */
  readonly line = computed(() => {
    const problem = this.problem();
    return problem && problem.errors.length === 0 ? this.problemText.line(problem) : '';
  });

  /** What is wrong with a field; empty where it is not that one. */
  of(field: string): string {
    if (this.missing().includes(field)) return this.transloco.translate('validation.required');
    const problem = this.problem();
    if (!problem?.errors.some((error) => error.field === field)) return '';
    return this.problemText.of(problem).cause;
  }

  /** Does the work once every field is filled in, one at a time. */
  async run(fields: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
    if (this.isBusy()) return;
    this.problem.set(null);
    this.missing.set(Object.keys(fields).filter((name) => fields[name]?.trim() === ''));
    if (this.missing().length > 0) return;
    this.isBusy.set(true);
    try {
      await work();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
