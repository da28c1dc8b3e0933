import { Injectable } from '@nestjs/common';
import type { LimitFigureDto, LimitStateDto, LimitStateListDto } from '@opsagent/contracts';
import { AccessRules } from '../platform/actor/access.js';
import { CurrentActor } from '../platform/actor/current-actor.js';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import type { LimitSubject } from '../platform/limits/limits.js';
import { Budgets, levelOf, type Limited } from './budgets.js';
import { EVERYONE, LimitStore } from './limit-store.js';
import { CountedRequests } from './request-limits.adapter.js';
import { RunSlotRepository } from './run-slot.repository.js';
import { UsageLedger } from './usage-ledger.js';

/** Of those whom only everyone's limits hold, no more than this are told of. */
const MOST_SUBJECTS = 1_000;

/** How much of their limits subjects have used. */
@Injectable()
export class LimitStates {
  constructor(
    private readonly store: LimitStore,
    private readonly budgets: Budgets,
    private readonly requests: CountedRequests,
    private readonly slots: RunSlotRepository,
    private readonly ledger: UsageLedger,
    private readonly subjects: LimitSubjects,
    private readonly actor: CurrentActor,
    private readonly rules: AccessRules,
  ) {}

  /** Everybody's for who may read the limits, one's own for all others. */
  async list(): Promise<LimitStateListDto> {
    const user = this.actor.user();
    const own = this.limited([{ kind: 'user', id: user.userId, role: user.role }]);
    const limited = this.rules.permits(user, 'limits.read') ? await this.everybody() : own;
    const running = await this.slots.counts();
    const items: LimitStateDto[] = [];
    for (const [kind, ofKind] of Map.groupBy(limited, (one) => one.kind)) {
      const names = await this.subjects.namesOf(
        kind,
        ofKind.map(({ id }) => id),
      );
      for (const one of ofKind)
        items.push({
          ...{ kind, subject_id: one.id, subject_name: names.get(one.id) ?? null },
          figures: await this.figuresOf(one, running),
        });
    }
    return { items, total: items.length };
  }

  /** Who has limits of their own, and who used something this month and is held by those of a role or of everyone. */
  async everybody(): Promise<Limited[]> {
    const own = this.store.all().flatMap(({ kind, subject: id }): LimitSubject[] => {
      return kind === 'role' || id === EVERYONE ? [] : [{ kind, id }];
    });
    const users = this.ledger.users().slice(0, MOST_SUBJECTS);
    const roles = await this.subjects.rolesOf(users.filter(({ kind }) => kind === 'user').map(({ id }) => id));
    const known = new Set(own.map(({ kind, id }) => `${kind} ${id}`));
    const others = users.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
    return this.limited([...own, ...others.map(({ kind, id }) => ({ kind, id, role: roles.get(id) }))]);
  }

  private limited(subjects: readonly LimitSubject[]): Limited[] {
    return subjects.flatMap((subject) => {
      const limit = this.store.of(subject);
      return limit === null ? [] : [{ kind: subject.kind, id: subject.id, limit }];
    });
  }

  private async figuresOf(one: Limited, running: ReadonlyMap<string, number>): Promise<LimitFigureDto[]> {
    const { requestsPerMinute, concurrentRuns, softPercent } = one.limit;
    const figures: LimitFigureDto[] = [];
    const add = (name: LimitFigureDto['name'], most: number, used: number, resetsAt: Date | null): void => {
      const resets_at = resetsAt?.toISOString() ?? null;
      const level = levelOf(used, most, softPercent);
      figures.push({ name, most, used, level, currency: null, resets_at, unpriced_answers: null });
    };
    if (requestsPerMinute !== null) {
      const { used, resetsAt } = await this.requests.used(one.kind, one.id, requestsPerMinute);
      add('requests_per_minute', requestsPerMinute, Math.min(used, requestsPerMinute), resetsAt);
    }
    if (concurrentRuns !== null)
      add('concurrent_runs', concurrentRuns, running.get(`${one.kind} ${one.id}`) ?? 0, null);
    return [...figures, ...this.budgets.figuresOf(one)];
  }
}
