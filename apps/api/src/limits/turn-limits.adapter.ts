import { Injectable } from '@nestjs/common';
import type { LimitWarningDto } from '@opsagent/contracts';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { TooManyRuns } from '../platform/limits/limit.errors.js';
import {
  type AnswerUse,
  type CallClaim,
  type LimitSubject,
  type TurnAdmission,
  type TurnClaim,
  TurnLimits,
} from '../platform/limits/limits.js';
import { Budgets, type Limited } from './budgets.js';
import { CountedRequests } from './request-limits.adapter.js';
import { LimitStore } from './limit-store.js';
import type { WantedSlot } from './run-slot.repository.js';
import { RunSlots } from './run-slots.js';
import { UsageLedger } from './usage-ledger.js';

const FREE: TurnAdmission = { warning: null, release: () => undefined };

/** Holds turns to the limits of who asks and of what answers. */
@Injectable()
export class LimitedTurns extends TurnLimits {
  constructor(
    private readonly store: LimitStore,
    private readonly budgets: Budgets,
    private readonly requests: CountedRequests,
    private readonly slots: RunSlots,
    private readonly ledger: UsageLedger,
    private readonly actor: CurrentActor,
  ) {
    super();
  }

  override admit(claim: TurnClaim): Promise<TurnAdmission> | TurnAdmission {
    const limited = this.limitsOf(claim);
    if (limited.length === 0) return FREE;
    const warning = this.budgets.check(limited);
    const wanted = limited.flatMap(({ kind, id, limit }): WantedSlot[] =>
      limit.concurrentRuns === null ? [] : [{ kind, subject: id, most: limit.concurrentRuns }],
    );
    const counting = this.requests.take([{ kind: 'llm_config', id: claim.llmConfigId }], '');
    if (!counting && wanted.length === 0) return { ...FREE, warning };
    return this.claimed(claim.runId, wanted, limited, warning, counting);
  }

  override requireBudget(claim: CallClaim): void {
    this.budgets.check(this.limitsOf(claim));
  }

  override isSpent(id: string): boolean {
    const limit = this.store.of({ kind: 'llm_config', id });
    if (limit === null) return false;
    return this.budgets.figuresOf({ kind: 'llm_config', id, limit }).some(({ level }) => level === 'reached');
  }

  override used(use: AnswerUse): void {
    this.ledger.add(use);
  }

  private async claimed(
    runId: string,
    wanted: readonly WantedSlot[],
    limited: readonly Limited[],
    warning: LimitWarningDto | null,
    counting: Promise<void> | void,
  ): Promise<TurnAdmission> {
    await counting;
    if (wanted.length === 0) return { ...FREE, warning };
    const full = await this.slots.take(wanted, runId);
    if (full) throw tooManyRuns(full);
    await this.requireStill(limited, runId);
    return { warning, release: () => this.slots.release(runId) };
  }

  /** Whoever waited for a place may have been overtaken by answers that spent the rest. @throws BudgetSpent */
  private async requireStill(limited: readonly Limited[], runId: string): Promise<void> {
    try {
      this.budgets.check(limited);
    } catch (error) {
      await this.slots.release(runId);
      throw error;
    }
  }

  private limitsOf({ owner, llmConfigId }: CallClaim): Limited[] {
    const subjects = [this.ownerOf(owner)];
    if (llmConfigId !== null) subjects.push({ kind: 'llm_config', id: llmConfigId });
    return subjects.flatMap((subject) => {
      const limit = this.store.of(subject);
      return limit === null ? [] : [{ kind: subject.kind, id: subject.id, limit }];
    });
  }

  private ownerOf(owner: TurnClaim['owner']): LimitSubject {
    if ('appId' in owner) return { kind: 'app', id: owner.appId };
    const actor = this.actor.get();
    return { kind: 'user', id: owner.userId, role: actor.kind === 'user' ? actor.role : undefined };
  }
}

function tooManyRuns({ kind, most }: WantedSlot): TooManyRuns {
  const limit = { name: 'concurrent_runs', most, used: most, currency: null, resets_at: null } as const;
  return new TooManyRuns({ ...limit, kind });
}
