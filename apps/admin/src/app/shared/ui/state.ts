import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, DestroyRef, effect, inject, input, output, signal, untracked } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Language } from '../i18n/language.js';
import { Online } from '../data/online.js';
import { isUnreachable, type Problem } from '../data/problem.js';
import { ProblemText } from '../data/problem-text.js';
import { ProblemDetails } from './problem-details.js';
import { SlowNote } from './slow-note.js';
import { Icon } from './icon/icon.js';

const SKELETON_AFTER_MS = 150;

/** What a data area can have to show instead of, or besides, its data. */
export type StateKind = 'loading' | 'empty' | 'filtered' | 'failed' | 'partial';

/**
 * What stands in place of a data area that has nothing to show: `loading` (a skeleton of `rows` lines; slow ones say so and can
 * be started again), `empty` (a heading, a sentence, its buttons as content), `filtered` (nothing matches; the active filters
 * as content), `failed` (what, why, what to do, retry, details; without a permission or a network in their own words), and
 * `partial`, a line above what could be loaded.
 */
@Component({
  selector: 'oa-state',
  imports: [Icon, NgTemplateOutlet, ProblemDetails, SlowNote, TranslocoPipe],
  templateUrl: './state.html',
  styleUrl: './state.css',
  host: { '[attr.aria-busy]': "kind() === 'loading' ? 'true' : null" },
})
export class State {
  private readonly texts = inject(ProblemText);
  private readonly language = inject(Language);
  readonly kind = input.required<StateKind>();
  readonly heading = input('');
  readonly text = input('');
  readonly problem = input<Problem | null>(null);
  readonly rows = input(6);
  /** Asked for again, from a failure or from a loading that takes too long. */
  readonly retried = output();
  readonly cleared = output();

  protected readonly isWaited = signal(false);
  protected readonly lines = computed(() => Array.from({ length: this.rows() }, (_, index) => index));
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    return problem && this.texts.of(problem);
  });
  protected readonly cause = computed(() => {
    const problem = this.problem();
    if (problem?.status === 403) return 'denied';
    return problem?.code === 'offline' ? 'offline' : 'other';
  });

  constructor() {
    const shown = setTimeout(() => this.isWaited.set(true), SKELETON_AFTER_MS);
    inject(DestroyRef).onDestroy(() => clearTimeout(shown));
    this.askWhenBack();
  }

  /** What failed because the server could not be reached is asked for again as soon as it can be. */
  private askWhenBack(): void {
    const isReachable = inject(Online).active;
    let was = isReachable();
    effect(() => {
      const isBack = isReachable() && !was;
      was = isReachable();
      const problem = untracked(this.problem);
      if (isBack && problem && isUnreachable(problem)) this.retried.emit();
    });
  }
}
