import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AuditAction,
  CreateRunbookDto,
  RunbookDto,
  RunbookListDto,
  RunbookQueryDto,
  UpdateRunbookDto,
} from '@opsagent/contracts';
import { CurrentActor } from '../../platform/actor/current-actor.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { Runbook } from './runbook.entity.js';
import { RunbookChanged, RunbookNotFound } from './runbook.errors.js';
import { toRunbookChange, toRunbookDto, toRunbookSummaryDto } from './runbook.mapper.js';
import { RunbookRepository } from './runbook.repository.js';
import { RunbookSectionRepository } from './search/runbook-section.repository.js';

/** Writes runbooks down, and keeps what finds them in step. */
@Injectable()
export class RunbookService {
  constructor(
    private readonly repository: RunbookRepository,
    private readonly sections: RunbookSectionRepository,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly actor: CurrentActor,
    private readonly clock: Clock,
  ) {}

  async list({ is_active: isActive, ...wanted }: RunbookQueryDto): Promise<RunbookListDto> {
    const [runbooks, total] = await this.repository.page({ ...wanted, isActive });
    return { items: runbooks.map(toRunbookSummaryDto), total };
  }

  /** @throws RunbookNotFound */
  async get(id: string): Promise<RunbookDto> {
    return toRunbookDto(await this.repository.getById(id));
  }

  create(input: CreateRunbookDto): Promise<RunbookDto> {
    return this.database.transaction(async () => {
      const runbook = this.newRunbook(input, null);
      await this.repository.add([runbook]);
      await this.sections.replace([runbook]);
      await this.auditLog.record({ action: 'runbook.create', ...targetOf(runbook), after: toldOf(runbook) });
      return toRunbookDto(runbook);
    });
  }

  /** @param seen what the caller believes `updated_at` to be @throws RunbookNotFound, RunbookChanged */
  update(id: string, input: UpdateRunbookDto, seen: Date | null): Promise<RunbookDto> {
    return this.change(id, 'runbook.update', (before) => {
      if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new RunbookChanged(toRunbookDto(before));
      return toRunbookChange(input);
    });
  }

  /** The agent finds it no longer; it can be restored. @throws RunbookNotFound */
  async delete(id: string): Promise<void> {
    await this.change(id, 'runbook.delete', () => ({ deletedAt: this.clock.now() }));
  }

  /** Takes a deletion back. @throws RunbookNotFound, RunbookImportedAgain */
  restore(id: string): Promise<RunbookDto> {
    return this.change(id, 'runbook.restore', () => ({ deletedAt: null }), true);
  }

  /** A runbook that is not stored yet. */
  newRunbook(input: CreateRunbookDto, sourceName: string | null): Runbook {
    const now = this.clock.now();
    const by = this.userId();
    return {
      ...{ id: randomUUID(), title: '', tags: [], body: '', isActive: true, sourceName },
      ...toRunbookChange(input),
      ...{ createdBy: by, updatedBy: by, createdAt: now, updatedAt: now, deletedAt: null },
    };
  }

  /** The runbook with other values, not stored yet; a later change is later, even within the same millisecond. */
  changed(before: Runbook, columns: Partial<Runbook>): Runbook {
    const updatedAt = new Date(Math.max(this.clock.now().getTime(), before.updatedAt.getTime() + 1));
    return { ...before, ...columns, updatedAt, updatedBy: this.userId() };
  }

  private change(
    id: string,
    action: AuditAction,
    decide: (before: Runbook) => Partial<Runbook>,
    isDeleted = false,
  ): Promise<RunbookDto> {
    return this.database.transaction(async () => {
      const before = await this.repository.locked(id);
      if (before === null || (before.deletedAt !== null) !== isDeleted) throw new RunbookNotFound(id);
      const after = this.changed(before, decide(before));
      await this.repository.change(before, after);
      await this.sections.replace([after]);
      await this.auditLog.record({ action, ...targetOf(before), ...differences(before, after) });
      return toRunbookDto(after);
    });
  }

  private userId(): string | null {
    const actor = this.actor.get();
    return actor.kind === 'user' ? actor.userId : null;
  }
}

function targetOf({ id, title }: Runbook) {
  return { targetType: 'runbook', targetId: id, targetName: title };
}

/** What the audit log keeps of a runbook: the text itself is too long for it, and its digest tells whether it was this one. */
function toldOf({ title, tags, body, isActive }: Runbook): Record<string, unknown> {
  return { title, tags, is_active: isActive, body_sha256: createHash('sha256').update(body).digest('hex') };
}

function differences(before: Runbook, after: Runbook) {
  const [old, now] = [toldOf(before), toldOf(after)];
  const names = Object.keys(now).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
  const of = (told: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, told[name]]));
  return { before: of(old), after: of(now) };
}
