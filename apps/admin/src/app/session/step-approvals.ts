import { inject, Service, signal } from '@angular/core';
import type { ApprovalDto } from '@opsagent/contracts';
import { ApprovalClient } from '../shared/data/approval-client.js';
import { CurrentUser } from '../shared/data/current-user.js';
import { type Problem, toProblem } from '../shared/data/problem.js';

const MOST = 1000;

/** The requests for approval behind the steps of the open conversation, read when a step shows itself. */
@Service()
export class StepApprovals {
  private readonly client = inject(ApprovalClient);
  private readonly user = inject(CurrentUser);
  private readonly known = signal<ReadonlyMap<string, ApprovalDto>>(new Map());
  private readonly faults = signal<ReadonlyMap<string, Problem>>(new Map());
  private session = '';
  private whole: Promise<void> | null = null;

  /** Another conversation was opened. */
  enter(sessionId: string): void {
    if (sessionId === this.session) return;
    this.session = sessionId;
    this.whole = null;
    this.known.set(new Map());
    this.faults.set(new Map());
  }

  of(stepId: string): ApprovalDto | null {
    return this.known().get(stepId) ?? null;
  }

  problemOf(approvalId: string): Problem | null {
    return this.faults().get(approvalId) ?? null;
  }

  put(approval: ApprovalDto): void {
    this.known.update((known) => new Map(known).set(approval.step_id, approval));
  }

  /** Reads one that an event has named. */
  async read(id: string): Promise<void> {
    try {
      const approval = await this.client.get(id);
      this.put(approval);
      this.faults.update((faults) => new Map([...faults].filter(([known]) => known !== id)));
    } catch (error) {
      this.faults.update((faults) => new Map(faults).set(id, toProblem(error)));
    }
  }

  /** Reads those of the whole conversation, once: stored steps do not name theirs. */
  readAll(): Promise<void> {
    if (!this.user.can('operator') || this.session === '') return Promise.resolve();
    const session = this.session;
    this.whole ??= this.client.list({ session_id: session, limit: MOST }).then(
      ({ items }) => {
        if (session === this.session) items.forEach((approval) => this.put(approval));
      },
      // The step stands there without them; the next one that is opened asks again.
      () => {
        if (session === this.session) this.whole = null;
      },
    );
    return this.whole;
  }
}
