import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { LlmProvider, ModelQueryDto } from '@opsagent/contracts';
import type { Subscription } from 'rxjs';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { SetupClient } from './setup-client.js';

/** The models of the chosen provider, as it lists them itself. */
@Injectable()
export class ModelNames {
  private readonly client = inject(SetupClient);
  private call: Subscription | undefined;
  private asked = '';
  private readonly list = signal<readonly string[]>([]);
  private readonly fault = signal<Problem | null>(null);
  private readonly isAsking = signal(false);
  readonly names = this.list.asReadonly();
  readonly problem = this.fault.asReadonly();
  readonly isLoading = this.isAsking.asReadonly();
  readonly isKnown = computed(() => this.list().length > 0);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.call?.unsubscribe());
  }

  /** Asks unless just this was asked before; `found` learns the names. */
  ask(provider: LlmProvider, query: ModelQueryDto, found: (names: readonly string[]) => void): void {
    const key = JSON.stringify([provider, query]);
    if (key === this.asked) return;
    this.forget();
    this.asked = key;
    this.isAsking.set(true);
    this.call = this.client.models(provider, query).subscribe({
      next: ({ models }) => {
        this.list.set(models);
        this.isAsking.set(false);
        found(models);
      },
      error: (error: unknown) => {
        this.fault.set(toProblem(error));
        this.isAsking.set(false);
        this.asked = '';
      },
    });
  }

  forget(): void {
    this.call?.unsubscribe();
    this.asked = '';
    this.list.set([]);
    this.fault.set(null);
    this.isAsking.set(false);
  }
}
