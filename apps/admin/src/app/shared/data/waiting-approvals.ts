import { computed, DestroyRef, effect, inject, Service, signal, untracked } from '@angular/core';
import { ApprovalClient } from './approval-client.js';
import { CurrentUser } from './current-user.js';

const EVERY_MS = 15_000;
const NONE = { pending: 0, unknown: 0 };

/** How many requests wait for an approver: those to be decided, and actions whose outcome nobody knows. */
@Service()
export class WaitingApprovals {
  private readonly client = inject(ApprovalClient);
  private readonly user = inject(CurrentUser);
  private readonly known = signal(NONE);
  readonly count = computed(() => this.known().pending + this.known().unknown);
  /** Of these, the actions that somebody has to look at. */
  readonly unknown = computed(() => this.known().unknown);

  /** Keeps the count as long as the caller lives; made where things may be injected. */
  follow(): void {
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.look();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    });
    effect(() => {
      if (this.user.can('approver')) untracked(() => void this.look());
    });
  }

  /** Counts again, after a decision for example; what cannot be read now is read the next time. */
  async look(): Promise<void> {
    if (!this.user.can('approver')) return this.known.set(NONE);
    const count = async (state: 'pending' | 'unknown_outcome') => (await this.client.list({ state, limit: 1 })).total;
    const [pending, unknown] = await Promise.allSettled([count('pending'), count('unknown_outcome')]);
    if (pending.status === 'fulfilled' && unknown.status === 'fulfilled') {
      this.known.set({ pending: pending.value, unknown: unknown.value });
    }
  }
}
