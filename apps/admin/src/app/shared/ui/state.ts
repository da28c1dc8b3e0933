import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { LucideInbox, LucideTriangleAlert } from '@lucide/angular';
import { Language } from '../i18n/language.js';
import type { Problem } from '../data/problem.js';
import { ProblemText } from '../data/problem-text.js';

const SKELETON_AFTER_MS = 150;
const SLOW_AFTER_MS = 3000;

/**
 * What stands in place of a data area that has nothing to show: `loading` (a skeleton of `rows` lines), `empty` (a heading, a
 * sentence, its buttons as content) or `failed` (what, why, what to do, retry, details).
 */
@Component({
  selector: 'oa-state',
  imports: [LucideInbox, LucideTriangleAlert, TranslocoPipe],
  templateUrl: './state.html',
  styleUrl: './state.css',
  host: { '[attr.aria-busy]': "kind() === 'loading' ? 'true' : null" },
})
export class State {
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  readonly kind = input.required<'loading' | 'empty' | 'failed'>();
  readonly heading = input('');
  readonly text = input('');
  readonly problem = input<Problem | null>(null);
  readonly rows = input(6);
  readonly retried = output();

  protected readonly isWaited = signal(false);
  protected readonly isSlow = signal(false);
  protected readonly lines = computed(() => Array.from({ length: this.rows() }, (_, index) => index));
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    return problem && this.texts.of(problem);
  });

  constructor() {
    const shown = setTimeout(() => this.isWaited.set(true), SKELETON_AFTER_MS);
    const slow = setTimeout(() => this.isSlow.set(true), SLOW_AFTER_MS);
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(shown);
      clearTimeout(slow);
    });
  }
}
