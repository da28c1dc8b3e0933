import {
  afterNextRender,
  Component,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { LlmConfigTestListDto, TestRemedyDto } from '@opsagent/contracts';
import { TestClient, type Tested } from '../shared/data/test-client.js';
import { TestHistory } from '../shared/ui/test-ladder/test-history.js';
import { TestLadder } from '../shared/ui/test-ladder/test-ladder.js';
import { TestRun } from '../shared/ui/test-ladder/test-run.js';

/** Runs a real call with a configuration, at once and again on request, beside its earlier tests; leaving cancels it. */
@Component({
  selector: 'oa-llm-config-test',
  imports: [RouterLink, TestHistory, TestLadder, TranslocoPipe],
  providers: [TestRun],
  template: `
    <oa-test-ladder [canMend]="canMend()" (asked)="start()" (mended)="mended.emit($event)">
      @if (!canMend() && storedId(); as id) {
        <a offer class="oa-button small" [routerLink]="['/configs', id]" queryParamsHandling="merge">
          {{ 'test.remedy.edit' | transloco }}
        </a>
      }
      @if (!isEmbedding()) {
        <label class="oa-check">
          <input type="checkbox" [checked]="withToolCall()" (change)="withToolCall.set($any($event.target).checked)" />
          {{ 'test.withToolCall' | transloco }}
        </label>
      }
    </oa-test-ladder>
    @if (history(); as tests) {
      <oa-test-history class="history" [tests]="tests" />
    }
  `,
  styles: `
    .history {
      display: block;
      margin-top: var(--oa-space-4);
    }
  `,
})
export class LlmConfigTest {
  private readonly client = inject(TestClient);
  private readonly run = inject(TestRun);
  readonly tested = input.required<Tested>();
  readonly isEmbedding = input(false);
  /** The tested values stand in a form beside it. */
  readonly canMend = input(false);
  readonly mended = output<TestRemedyDto>();

  protected readonly withToolCall = signal(false);
  protected readonly history = signal<LlmConfigTestListDto | null>(null);

  constructor() {
    effect(() => {
      this.tested();
      untracked(() => void this.start());
    });
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const injector = inject(Injector);
    // What has come is seen at once: the rungs when they are there, and at the end what can be done, under its cause.
    effect(() => {
      const [isShown, isOver] = [this.run.rungs().length > 0, this.run.startedAt() === null];
      if (!isShown && !isOver) return;
      const seen = (): Element => host.querySelector('.offers') ?? host;
      afterNextRender(() => seen().scrollIntoView({ block: 'nearest' }), { injector });
    });
    inject(DestroyRef).onDestroy(() => this.run.cancel());
  }

  protected async start(): Promise<void> {
    await this.run.start(this.tested(), this.withToolCall());
    await this.readHistory();
  }

  protected storedId(): string | null {
    const tested = this.tested();
    return 'id' in tested ? tested.id : (tested.unsaved.llm_config_id ?? null);
  }

  /** An addition to the result: without it the test stands all the same. */
  private async readHistory(): Promise<void> {
    const id = this.storedId();
    if (id !== null) this.history.set(await this.client.history(id).catch(() => null));
  }
}
