import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { LucideCircleCheck, LucideCircleX, LucideLoaderCircle } from '@lucide/angular';
import type { LlmConfigTestDto } from '@opsagent/contracts';
import type { Subscription } from 'rxjs';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import { Formats } from '../shared/i18n/formats.js';
import { Language } from '../shared/i18n/language.js';
import { SetupClient } from './setup-client.js';
import { freeName, inputOf, SetupDraft } from './setup-draft.js';

/** A real call with what was entered or found; what works is stored and made the default. */
@Component({
  selector: 'oa-test-step',
  imports: [LucideCircleCheck, LucideCircleX, LucideLoaderCircle, RouterLink, TranslocoDirective],
  templateUrl: './test-step.html',
  styleUrl: './test-step.css',
})
export class TestStep {
  private readonly router = inject(Router);
  private readonly client = inject(SetupClient);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly kept = inject(SetupDraft);
  protected readonly formats = inject(Formats);
  /** The query parameter: a configuration that is stored already. */
  readonly config = input<string>();

  protected readonly isBusy = signal(true);
  protected readonly result = signal<LlmConfigTestDto | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  /** The name of the default that works. */
  protected readonly ready = signal('');
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    if (problem) return this.problemText.of(problem);
    const result = this.result();
    return result && !result.success ? this.problemText.ofFault(result.kind ?? 'internal') : null;
  });
  protected readonly provider = computed(() => this.kept.model()?.provider ?? null);
  private call: Subscription | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.call?.unsubscribe());
    // The query parameters are there with the first microtask.
    queueMicrotask(() => this.run());
  }

  protected run(): void {
    const id = this.config();
    const draft = this.kept.model();
    if (!id && !draft) {
      void this.router.navigateByUrl('/setup/model', { replaceUrl: true });
      return;
    }
    this.call?.unsubscribe();
    this.isBusy.set(true);
    this.result.set(null);
    this.problem.set(null);
    const test = draft ? this.client.testUnsaved(inputOf(draft, draft.provider)) : this.client.test(id!);
    this.call = test.subscribe({
      next: (result) => void this.finish(result),
      error: (error: unknown) => this.fail(error),
    });
  }

  private async finish(result: LlmConfigTestDto): Promise<void> {
    try {
      if (result.success) this.ready.set(await this.store());
      this.result.set(result);
      this.isBusy.set(false);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.problem.set(toProblem(error));
    this.isBusy.set(false);
  }

  /** @returns the name of what is the default now */
  private async store(): Promise<string> {
    const draft = this.kept.model();
    if (!draft) {
      const stored = await this.client.one(this.config()!);
      if (!stored.is_default) await this.client.makeDefault(stored.id);
      return stored.name;
    }
    const name = freeName(draft.provider, await this.client.names());
    const created = await this.client.create({ ...inputOf(draft, name), is_default: true });
    this.kept.forget();
    const queryParams = { config: created.id };
    // A reload tests what is stored now.
    void this.router.navigate(['/setup/test'], { queryParams, replaceUrl: true });
    return created.name;
  }
}
