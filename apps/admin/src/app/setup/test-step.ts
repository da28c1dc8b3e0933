import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import type { TestRemedy, TestRemedyDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { ProblemText } from '../shared/data/problem-text.js';
import type { Tested } from '../shared/data/test-client.js';
import { Language } from '../shared/i18n/language.js';
import { TestLadder } from '../shared/ui/test-ladder/test-ladder.js';
import { TestRun } from '../shared/ui/test-ladder/test-run.js';
import { SetupClient } from './setup-client.js';
import { freeName, inputOf, type ModelDraft, SetupDraft } from './setup-draft.js';
import { Icon } from '../shared/ui/icon/icon.js';

const FIELD_OF: Partial<Record<TestRemedy, keyof ModelDraft>> = { use_base_url: 'base_url', use_model: 'model_name' };

/** A real call with what was entered or found; what works is stored and made the default. */
@Component({
  selector: 'oa-test-step',
  imports: [Icon, RouterLink, TestLadder, TranslocoDirective],
  providers: [TestRun],
  templateUrl: './test-step.html',
  styleUrl: './test-step.css',
})
export class TestStep {
  private readonly router = inject(Router);
  private readonly client = inject(SetupClient);
  private readonly problemText = inject(ProblemText);
  private readonly language = inject(Language);
  protected readonly test = inject(TestRun);
  protected readonly kept = inject(SetupDraft);
  /** The query parameter: a configuration that is stored already. */
  readonly config = input<string>();

  /** What works could not be stored. */
  private readonly problem = signal<Problem | null>(null);
  /** The name of the default that works. */
  protected readonly ready = signal('');
  protected readonly fault = computed(() => {
    this.language.active();
    const problem = this.problem();
    return problem && this.problemText.of(problem);
  });
  protected readonly provider = computed(() => this.kept.model()?.provider ?? null);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.test.cancel());
    // The query parameters are there with the first microtask.
    queueMicrotask(() => void this.run());
  }

  protected async run(): Promise<void> {
    const tested = this.tested();
    if (!tested) return void this.router.navigateByUrl('/setup/model', { replaceUrl: true });
    this.problem.set(null);
    const result = await this.test.start(tested);
    if (!result?.success) return;
    try {
      this.ready.set(await this.store());
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  /** An address or a model is taken over and tried at once; everything else is mended where it was entered. */
  protected mend({ action, value }: TestRemedyDto): void {
    const draft = this.kept.model();
    const field = FIELD_OF[action];
    if (draft && field && value !== null) {
      this.kept.model.set({ ...draft, [field]: value });
      void this.run();
    } else void this.router.navigate(['/setup/model'], { queryParams: { provider: this.provider() } });
  }

  private tested(): Tested | null {
    const draft = this.kept.model();
    if (draft) return { unsaved: inputOf(draft, draft.provider) };
    const id = this.config();
    return id ? { id } : null;
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
