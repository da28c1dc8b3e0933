import { computed, inject, Service, signal } from '@angular/core';
import type { LlmConfigTestDto, TestEvent, TestStage, TestStepDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../../data/problem.js';
import { TestClient, type Tested } from '../../data/test-client.js';

/** One rung as it is drawn: not begun while `step` is null. */
export interface Rung {
  readonly stage: TestStage;
  readonly step: TestStepDto | null;
}

/** One test at a time: what it has found so far and how it ended. */
@Service({ autoProvided: false })
export class TestRun {
  private readonly client = inject(TestClient);
  private readonly stages = signal<readonly TestStage[]>([]);
  private readonly steps = signal<ReadonlyMap<TestStage, TestStepDto>>(new Map());
  private readonly ended = signal<LlmConfigTestDto | null>(null);
  private readonly fault = signal<Problem | null>(null);
  private readonly began = signal<number | null>(null);
  private readonly gaveUp = signal(false);
  private running: AbortController | undefined;

  readonly rungs = computed<readonly Rung[]>(() =>
    this.stages().map((stage) => ({ stage, step: this.steps().get(stage) ?? null })),
  );
  readonly result = this.ended.asReadonly();
  /** The call to our own server failed. */
  readonly problem = this.fault.asReadonly();
  /** Set while it runs. */
  readonly startedAt = this.began.asReadonly();
  readonly isCancelled = this.gaveUp.asReadonly();

  /** Begins anew; a test that still runs is cancelled. @returns the result, null when there is none */
  async start(tested: Tested, withToolCall = false): Promise<LlmConfigTestDto | null> {
    this.running?.abort();
    const { signal: isOver } = (this.running = new AbortController());
    this.clear();
    try {
      for await (const event of this.client.run(tested, withToolCall ? { with_tool_call: true } : {}, isOver)) {
        if (isOver.aborted) return null;
        this.take(event);
      }
    } catch (error) {
      if (isOver.aborted) return null;
      this.fault.set(toProblem(error));
    }
    this.began.set(null);
    return this.ended();
  }

  /** What was found until now stays to be seen. */
  cancel(): void {
    if (this.began() === null) return;
    this.running?.abort();
    this.began.set(null);
    this.gaveUp.set(true);
  }

  private clear(): void {
    this.stages.set([]);
    this.steps.set(new Map());
    this.ended.set(null);
    this.fault.set(null);
    this.gaveUp.set(false);
    this.began.set(Date.now());
  }

  private take(event: TestEvent): void {
    if (event.type === 'test_started') this.stages.set(event.stages);
    if (event.type === 'test_step') this.steps.update((steps) => new Map(steps).set(event.step.stage, event.step));
    if (event.type === 'test_finished') this.ended.set(event.result);
  }
}
