import { Injectable } from '@nestjs/common';
import type { ApprovalFilter, ApprovalOutcome, ApprovalState } from '@opsagent/contracts';
import { type FindOptionsWhere, In, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Approval } from './approval.entity.js';

/** What a decision changes. */
export type Decision = Pick<Approval, 'state' | 'decidedById' | 'decidedBy' | 'decidedAt' | 'decisionReason'> &
  Partial<
    Pick<
      Approval,
      | 'arguments'
      | 'originalArguments'
      | 'argumentsHash'
      | 'target'
      | 'summary'
      | 'preview'
      | 'rollback'
      | 'risk'
      | 'environment'
    >
  >;

/** Which requests to list. */
export interface ApprovalsWanted {
  readonly state?: ApprovalFilter | undefined;
  readonly requestedById?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly skip: number;
  readonly limit: number;
}

/** Requests for approval in their table. */
@Injectable()
export class ApprovalRepository {
  constructor(private readonly database: Database) {}

  async insert(approvals: readonly Approval[]): Promise<void> {
    await this.table().insert([...approvals]);
  }

  find(id: string): Promise<Approval | null> {
    return this.table().findOneBy({ id });
  }

  byIds(ids: readonly string[]): Promise<Approval[]> {
    return this.table().findBy({ id: In([...ids]) });
  }

  ofRun(runId: string): Promise<Approval[]> {
    return this.table().find({ where: { runId }, order: { createdAt: 'ASC' } });
  }

  async page({ state, requestedById, sessionId, skip, limit }: ApprovalsWanted): Promise<[Approval[], number]> {
    const where: FindOptionsWhere<Approval> = {
      ...(requestedById === undefined ? {} : { requestedById }),
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(state === 'unknown_outcome' ? { outcome: 'unknown' } : state === undefined ? {} : { state }),
    };
    return this.table().findAndCount({ where, order: { createdAt: 'DESC', id: 'DESC' }, skip, take: limit });
  }

  async open(now: Date): Promise<{ waiting: number; nextExpiry: Date | null; unknown: number }> {
    const [[next], waiting] = await this.table().findAndCount({
      where: { state: 'pending', expiresAt: MoreThan(now) },
      order: { expiresAt: 'ASC' },
      take: 1,
    });
    return {
      waiting,
      nextExpiry: next?.expiresAt ?? null,
      unknown: await this.table().countBy({ outcome: 'unknown' }),
    };
  }

  /** Exactly one of those who try at the same time. @returns whether this one did */
  async decide(id: string, hash: string, now: Date, decision: Decision): Promise<boolean> {
    const open = { id, state: 'pending', argumentsHash: hash, expiresAt: MoreThan(now) } as const;
    return (await this.table().update(open, decision)).affected === 1;
  }

  /** Those whose time is over, each told once. */
  async expire(ids: readonly string[], now: Date): Promise<Approval[]> {
    const over = await this.table().find({
      where: { id: In([...ids]), state: 'pending', expiresAt: LessThanOrEqual(now) },
      lock: { mode: 'pessimistic_write' },
    });
    if (over.length > 0) await this.setState(over, 'expired');
    return over;
  }

  /** Those that still waited. */
  async cancel(runId: string): Promise<Approval[]> {
    const open = await this.table().find({ where: { runId, state: 'pending' }, lock: { mode: 'pessimistic_write' } });
    if (open.length > 0) await this.setState(open, 'cancelled');
    return open;
  }

  /** @returns whether the outcome was `from` */
  async setOutcome(id: string, from: ApprovalOutcome, to: ApprovalOutcome): Promise<boolean> {
    return (await this.table().update({ id, outcome: from }, { outcome: to })).affected === 1;
  }

  /** @returns whether nobody had done so */
  async acknowledge(
    id: string,
    by: Pick<Approval, 'acknowledgedById' | 'acknowledgedBy' | 'acknowledgedAt' | 'acknowledgeNote'>,
  ): Promise<boolean> {
    return (await this.table().update({ id, outcome: 'unknown' }, { outcome: 'acknowledged', ...by })).affected === 1;
  }

  private async setState(approvals: readonly Approval[], state: ApprovalState): Promise<void> {
    await this.table().update({ id: In(approvals.map(({ id }) => id)) }, { state, decidedAt: new Date() });
  }

  private table() {
    return this.database.repositoryOf(Approval);
  }
}
