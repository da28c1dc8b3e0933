import { afterNextRender, Component, DestroyRef, effect, ElementRef, inject, input, signal } from '@angular/core';
import type { LlmConfigTestDto, TestUnsavedLlmConfigDto } from '@opsagent/contracts';
import type { Subscription } from 'rxjs';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { LlmConfigClient } from './llm-config-client.js';
import { LlmConfigTestResult } from './ui/llm-config-test-result.js';

/** What is tested: a stored configuration by its id, or values that are not stored. */
export type Tested = { readonly id: string } | { readonly unsaved: TestUnsavedLlmConfigDto };

/** Runs a real call with a configuration, at once and again on request; leaving cancels it. */
@Component({
  selector: 'oa-llm-config-test',
  imports: [LlmConfigTestResult],
  template: `
    <oa-llm-config-test-result
      [result]="result()"
      [problem]="problem()"
      [startedAt]="startedAt()"
      (asked)="run(tested())"
    />
  `,
})
export class LlmConfigTest {
  private readonly client = inject(LlmConfigClient);
  readonly tested = input.required<Tested>();
  protected readonly result = signal<LlmConfigTestDto | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly startedAt = signal<number | null>(null);
  private call: Subscription | undefined;

  constructor() {
    effect(() => this.run(this.tested()));
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.scrollIntoView({ block: 'nearest' }));
    inject(DestroyRef).onDestroy(() => this.call?.unsubscribe());
  }

  protected run(tested: Tested): void {
    this.call?.unsubscribe();
    this.result.set(null);
    this.problem.set(null);
    this.startedAt.set(Date.now());
    const call = 'id' in tested ? this.client.test(tested.id) : this.client.testUnsaved(tested.unsaved);
    this.call = call.subscribe({
      next: (result) => this.finish(result, null),
      error: (error: unknown) => this.finish(null, toProblem(error)),
    });
  }

  private finish(result: LlmConfigTestDto | null, problem: Problem | null): void {
    this.startedAt.set(null);
    this.result.set(result);
    this.problem.set(problem);
  }
}
