import { Injectable } from '@nestjs/common';
import { type LimitDto, type LimitKind, type LimitListDto, ROLE, type SetLimitDto } from '@opsagent/contracts';
import { AuditLog } from '../platform/audit/audit-log.js';
import { Clock } from '../platform/clock/clock.js';
import { Database } from '../platform/database/database.js';
import { InvalidInput } from '../platform/errors/domain-error.js';
import { LimitSubjects } from '../platform/limits/limit-subjects.js';
import type { Limit } from './limit.entity.js';
import { LimitNotFound, LimitSubjectNotFound } from './limit.errors.js';
import { toLimit, toLimitDto, toLimits } from './limit.mapper.js';
import { LimitRepository } from './limit.repository.js';
import { EVERYONE, LimitStore } from './limit-store.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sets limits and takes them away. */
@Injectable()
export class LimitService {
  constructor(
    private readonly repository: LimitRepository,
    private readonly store: LimitStore,
    private readonly subjects: LimitSubjects,
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<LimitListDto> {
    const limits = (await this.repository.all()).sort((a, b) => Number(isEveryone(b)) - Number(isEveryone(a)));
    const byKind = Map.groupBy(limits, ({ kind }) => kind);
    const items: LimitDto[] = [];
    for (const [kind, ofKind] of byKind) {
      const names = await this.namesOf(kind, ofKind);
      items.push(...ofKind.map((limit) => toLimitDto(limit, names.get(limit.subject) ?? null)));
    }
    return { items, total: items.length };
  }

  /** @throws LimitSubjectNotFound, InvalidInput */
  async set(kind: LimitKind, subject: string, input: SetLimitDto): Promise<LimitDto> {
    requireMeaning(kind, input);
    const name = await this.nameOf(kind, subject);
    const limit = toLimit(kind, subject, input, this.clock.now());
    await this.database.transaction(async () => {
      const before = await this.repository.find(kind, subject);
      await this.repository.set(limit);
      await this.record('limit.set', limit, name, before, limit);
    });
    await this.store.readAgain();
    return toLimitDto(limit, name);
  }

  /** @throws LimitNotFound */
  async remove(kind: LimitKind, subject: string): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.repository.find(kind, subject);
      if (before === null || !(await this.repository.remove(kind, subject))) throw new LimitNotFound(kind, subject);
      const names = await this.namesOf(kind, [before]);
      await this.record('limit.remove', before, names.get(subject) ?? null, before, null);
    });
    await this.store.readAgain();
  }

  private namesOf(kind: LimitKind, limits: readonly Limit[]): Promise<ReadonlyMap<string, string>> {
    const ids = limits.filter((limit) => !isEveryone(limit)).map(({ subject }) => subject);
    return kind === 'role' ? Promise.resolve(new Map(ids.map((id) => [id, id]))) : this.subjects.namesOf(kind, ids);
  }

  /** @throws LimitSubjectNotFound */
  private async nameOf(kind: LimitKind, subject: string): Promise<string | null> {
    if (subject === EVERYONE && kind !== 'role') return null;
    if (kind === 'role' && (ROLE.values as readonly string[]).includes(subject)) return subject;
    const name = UUID.test(subject) ? (await this.subjects.namesOf(kind, [subject])).get(subject) : undefined;
    if (name === undefined) throw new LimitSubjectNotFound(kind, subject);
    return name;
  }

  private record(
    action: 'limit.set' | 'limit.remove',
    limit: Limit,
    targetName: string | null,
    before: Limit | null,
    after: Limit | null,
  ) {
    return this.audit.record({
      ...{ action, targetType: `limit.${limit.kind}`, targetId: limit.subject, targetName },
      ...(before ? { before: toLimits(before) } : {}),
      ...(after ? { after: toLimits(after) } : {}),
    });
  }
}

function isEveryone({ subject }: Limit): boolean {
  return subject === EVERYONE;
}

/** @throws InvalidInput for what would limit nothing */
function requireMeaning(kind: LimitKind, input: SetLimitDto): void {
  if ((input.cost_per_day ?? input.cost_per_month ?? null) !== null && !input.currency)
    throw new InvalidInput([{ field: 'currency', message: 'currency is needed to limit money' }]);
  if (kind !== 'app_key') return;
  const { requests_per_minute: _, soft_percent: _of, ...others } = input;
  const fields = Object.entries(others).filter(([, value]) => (value ?? null) !== null);
  if (fields.length > 0)
    throw new InvalidInput(
      fields.map(([field]) => ({ field, message: `${field} is limited for the app, not for one of its keys` })),
    );
}
