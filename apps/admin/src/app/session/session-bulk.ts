import { inject, Service, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import type { SessionDto } from '@opsagent/contracts';
import { type Problem, toProblem } from '../shared/data/problem.js';
import { Toasts } from '../shared/ui/toasts.js';
import { SessionClient } from './session-client.js';
import { SessionList } from './session-list.js';

export type BulkAction = 'pin' | 'unpin' | 'archive' | 'unarchive' | 'delete' | 'restore';

/** What takes an action back. */
const BACK: Readonly<Record<BulkAction, BulkAction>> = {
  ...{ pin: 'unpin', unpin: 'pin', archive: 'unarchive' },
  ...{ unarchive: 'archive', delete: 'restore', restore: 'delete' },
};

/** What takes a session out of the list that is shown. */
const REMOVING: ReadonlySet<BulkAction> = new Set(['archive', 'unarchive', 'delete']);

const AT_ONCE = 4;

/** An action with many sessions, on its way. */
export interface BulkWork {
  readonly action: BulkAction;
  readonly done: number;
  readonly total: number;
}

/** A session that an action failed for. */
export interface BulkFailure {
  readonly session: SessionDto;
  readonly action: BulkAction;
  readonly problem: Problem;
}

/** Does one thing with many sessions: with progress, the reason for each that failed, and one way back for all the others. */
@Service()
export class SessionBulk {
  private readonly client = inject(SessionClient);
  private readonly list = inject(SessionList);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly transloco = inject(TranslocoService);
  private readonly running = signal<BulkWork | null>(null);
  private readonly failed = signal<readonly BulkFailure[]>([]);
  private isStopped = false;
  private queue = Promise.resolve();

  readonly work = this.running.asReadonly();
  readonly failures = this.failed.asReadonly();

  /** Begins no more of them; what is done stays done, and can be taken back. */
  stop(): void {
    this.isStopped = true;
  }

  forgetFailures(): void {
    this.failed.set([]);
  }

  /** Resolves when all are through; one thing after the other. */
  run(action: BulkAction, sessions: readonly SessionDto[]): Promise<void> {
    return (this.queue = this.queue.then(() => this.perform(action, sessions)));
  }

  private async perform(action: BulkAction, sessions: readonly SessionDto[]): Promise<void> {
    const { url } = this.router;
    const done = await this.each(action, sessions);
    await this.list.changed(REMOVING.has(action) ? done : null);
    if (done.length === 0) return;
    const isOpenGone = action === 'delete' && done.some(({ session_id }) => url.startsWith(`/sessions/${session_id}`));
    if (isOpenGone) await this.router.navigateByUrl('/sessions');
    this.toasts.done(this.transloco.translate(`session.bulk.done.${action}`, { count: done.length }), {
      label: this.transloco.translate('common.undo'),
      run: () => void this.run(BACK[action], done).then(() => isOpenGone && this.router.navigateByUrl(url)),
    });
  }

  /** @returns those it succeeded for */
  private async each(action: BulkAction, sessions: readonly SessionDto[]): Promise<SessionDto[]> {
    const waiting = [...sessions];
    const done: SessionDto[] = [];
    this.isStopped = false;
    this.failed.set([]);
    this.running.set({ action, done: 0, total: sessions.length });
    const takeOn = async (): Promise<void> => {
      for (let session = waiting.shift(); session && !this.isStopped; session = waiting.shift()) {
        if (await this.one(action, session)) done.push(session);
        this.running.update((work) => work && { ...work, done: work.done + 1 });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, takeOn));
    this.running.set(null);
    return done;
  }

  private async one(action: BulkAction, session: SessionDto): Promise<boolean> {
    try {
      await this.ask(action, session.session_id);
      return true;
    } catch (error) {
      this.failed.update((failed) => [...failed, { session, action, problem: toProblem(error) }]);
      return false;
    }
  }

  private ask(action: BulkAction, id: string): Promise<unknown> {
    if (action === 'delete') return this.client.delete(id);
    if (action === 'restore') return this.client.restore(id);
    if (action === 'pin' || action === 'unpin') return this.client.update(id, { pinned: action === 'pin' });
    return this.client.update(id, { archived: action === 'archive' });
  }
}
