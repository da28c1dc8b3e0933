import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { LucideCircleCheck, LucideCircleX, LucideLoaderCircle, LucideRotateCw } from '@lucide/angular';
import type { LlmConfigTestDto } from '@opsagent/contracts';
import type { Problem } from '../../shared/data/problem.js';
import { ProblemText } from '../../shared/data/problem-text.js';
import { Formats } from '../../shared/i18n/formats.js';
import { Language } from '../../shared/i18n/language.js';

const TICK_MS = 100;

/** What came of a test: running, works, or failed with cause, action and the provider's own words. */
@Component({
  selector: 'oa-llm-config-test-result',
  imports: [TranslocoDirective, LucideCircleCheck, LucideCircleX, LucideLoaderCircle, LucideRotateCw],
  templateUrl: './llm-config-test-result.html',
  styleUrl: './llm-config-test-result.css',
})
export class LlmConfigTestResult {
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly formats = inject(Formats);
  readonly result = input<LlmConfigTestDto | null>(null);
  /** The call to our own server failed. */
  readonly problem = input<Problem | null>(null);
  /** Set while it runs. */
  readonly startedAt = input<number | null>(null);
  readonly asked = output();

  private readonly now = signal(Date.now());
  protected readonly elapsed = computed(() => Math.max(0, this.now() - (this.startedAt() ?? this.now())));
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    if (problem) return this.problemText.of(problem);
    const kind = this.result()?.kind;
    return kind ? this.problemText.ofFault(kind) : null;
  });
  /** The facts of the call that a person checks first. */
  protected readonly called = computed(() => {
    const info = this.result()?.config_info ?? {};
    const text = (name: string): string => (typeof info[name] === 'string' ? info[name] : '');
    return { url: text('base_url'), model: text('model_name') };
  });

  constructor() {
    const timer = setInterval(() => this.startedAt() !== null && this.now.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
