import { inject, Service, signal } from '@angular/core';
import type { ApprovalDto } from '@opsagent/contracts';
import { ApprovalClient, type ApprovalQuery } from '../shared/data/approval-client.js';
import { type Problem, toProblem } from '../shared/data/problem.js';

/**
 * The requests of a list that is read again and again. One that was decided meanwhile stays where it stood and says by whom,
 * so that nothing is pulled away from under a pointer.
 */
@Service({ autoProvided: false })
export class ShownApprovals {
  private readonly client = inject(ApprovalClient);
  private readonly known = signal<readonly ApprovalDto[] | null>(null);
  private readonly count = signal(0);
  private readonly fault = signal<Problem | null>(null);
  private wanted = '';

  /** Null until the first answer. */
  readonly items = this.known.asReadonly();
  readonly total = this.count.asReadonly();
  readonly problem = this.fault.asReadonly();

  async read(query: ApprovalQuery): Promise<void> {
    const wanted = JSON.stringify({ ...query, limit: 0 });
    if (wanted !== this.wanted) this.known.set(null);
    this.wanted = wanted;
    try {
      const { items, total } = await this.client.list(query);
      const before = this.known() ?? [];
      const gone = before.filter(({ id }) => items.every((item) => item.id !== id));
      const told = await Promise.all(gone.map((approval) => this.again(approval)));
      if (this.wanted !== wanted) return;
      this.known.set(merged(before, told, items));
      this.count.set(total);
      this.fault.set(null);
    } catch (error) {
      if (this.wanted === wanted) this.fault.set(toProblem(error));
    }
  }

  put(approval: ApprovalDto): void {
    this.known.update((items) => items?.map((item) => (item.id === approval.id ? approval : item)) ?? null);
  }

  /** What has ended stays as it is; one that is gone for good goes. */
  private async again(approval: ApprovalDto): Promise<ApprovalDto | null> {
    if (approval.state !== 'pending' && approval.outcome !== 'unknown') return approval;
    try {
      return await this.client.get(approval.id);
    } catch (error) {
      if (toProblem(error).status === 404) return null;
      throw error;
    }
  }
}

/** New ones stand at the top; every other keeps its place. */
export function merged(
  before: readonly ApprovalDto[],
  told: readonly (ApprovalDto | null)[],
  fresh: readonly ApprovalDto[],
): ApprovalDto[] {
  const now = new Map([...fresh, ...told.filter((one) => one !== null)].map((one) => [one.id, one]));
  const known = new Set(before.map(({ id }) => id));
  const oldest = before.at(-1)?.created_at ?? '';
  const news = fresh.filter(({ id, created_at: at }) => !known.has(id) && at >= oldest);
  const older = fresh.filter(({ id, created_at: at }) => !known.has(id) && at < oldest);
  return [...news, ...before.flatMap(({ id }) => now.get(id) ?? []), ...older];
}
