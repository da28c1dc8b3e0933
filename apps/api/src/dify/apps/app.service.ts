import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AppDto, AppListDto, AppQueryDto, AuditAction, CreateAppDto, UpdateAppDto } from '@opsagent/contracts';
import { differences } from '../../platform/audit/differences.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { ChatService } from '../../session/chat-service.js';
import { AppRules } from './app-rules.js';
import type { App } from './app.entity.js';
import { AppChanged, AppNotFound, FirstAppStays } from './app.errors.js';
import { toAppChange, toAppDto } from './app.mapper.js';
import { AppRepository } from './app.repository.js';
import { FirstApp } from './first-app.js';
import { KnownApps } from './known-apps.js';
import { newApp } from './new-app.js';

/** The apps of the Dify wire. */
@Injectable()
export class AppService {
  constructor(
    private readonly apps: AppRepository,
    private readonly rules: AppRules,
    private readonly firstApp: FirstApp,
    private readonly knownApps: KnownApps,
    private readonly chat: ChatService,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(part: AppQueryDto): Promise<AppListDto> {
    const [apps, total] = await this.apps.oldestFirst(part);
    return { items: apps.map((app) => this.dtoOf(app)), total };
  }

  /** @throws AppNotFound */
  async get(id: string): Promise<AppDto> {
    return this.dtoOf(await this.apps.getById(id));
  }

  /** @throws InvalidInput */
  async create(input: CreateAppDto): Promise<AppDto> {
    await this.rules.check(input);
    const app = { ...newApp(randomUUID(), input.name, 'agent-chat', this.clock.now()), ...toAppChange(input) };
    return this.database.transaction(async () => {
      await this.apps.add(app);
      const dto = this.dtoOf(app);
      await this.auditLog.record({ action: 'app.create', ...targetOf(app), after: { ...dto } });
      return dto;
    });
  }

  /** @param seen what the caller believes `updated_at` to be @throws AppNotFound, AppChanged, InvalidInput */
  async update(id: string, input: UpdateAppDto, seen: Date | null): Promise<AppDto> {
    await this.rules.check(input);
    return this.change(id, 'app.update', (before) => {
      if (seen && seen.getTime() !== before.updatedAt.getTime()) throw new AppChanged(this.dtoOf(before));
      return toAppChange(input);
    });
  }

  /** Its keys stop working at once, and so does whatever answers for it. @throws AppNotFound, FirstAppStays */
  async delete(id: string): Promise<void> {
    if (this.firstApp.is(id)) throw new FirstAppStays();
    await this.change(id, 'app.delete', () => ({ deletedAt: this.clock.now() }));
    await this.chat.stopAllOf(id);
  }

  /** Takes a deletion back, keys and all. @throws AppNotFound */
  restore(id: string): Promise<AppDto> {
    return this.change(id, 'app.restore', () => ({ deletedAt: null }), true);
  }

  private async change(
    id: string,
    action: AuditAction,
    decide: (before: App) => Partial<App>,
    isDeleted = false,
  ): Promise<AppDto> {
    const changed = await this.database.transaction(async () => {
      const before = await this.apps.locked(id);
      if (before === null || (before.deletedAt !== null) !== isDeleted) throw new AppNotFound(id);
      const columns = { ...decide(before), updatedAt: this.clock.now() };
      await this.apps.change(id, columns);
      const after = this.dtoOf({ ...before, ...columns });
      await this.auditLog.record({ action, ...targetOf(before), ...differences(this.dtoOf(before), after) });
      return after;
    });
    await this.knownApps.forgetEverywhere();
    return changed;
  }

  private dtoOf(app: App): AppDto {
    return toAppDto(app, this.firstApp.is(app.id));
  }
}

function targetOf({ id, name }: App) {
  return { targetType: 'app', targetId: id, targetName: name };
}
