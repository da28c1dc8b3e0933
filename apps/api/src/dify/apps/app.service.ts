import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AppDto,
  AppKeyListDto,
  AppListDto,
  AppQueryDto,
  CreateAppKeyDto,
  CreatedAppKeyDto,
} from '@opsagent/contracts';
import { type AuditEntry, AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { appKeyHash, newAppKey } from './app-key-text.js';
import type { AppKey } from './app-key.entity.js';
import { AppKeyNotFound } from './app.errors.js';
import { toAppDto, toAppKeyDto } from './app.mapper.js';
import { AppRepository, type ExpiringKey } from './app.repository.js';
import { KnownApps } from './known-apps.js';

/** The apps of the Dify wire and the keys to them. */
@Injectable()
export class AppService {
  constructor(
    private readonly apps: AppRepository,
    private readonly knownApps: KnownApps,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(part: AppQueryDto): Promise<AppListDto> {
    const [apps, total] = await this.apps.oldestFirst(part);
    return { items: apps.map(toAppDto), total };
  }

  /** @throws AppNotFound */
  async get(id: string): Promise<AppDto> {
    return toAppDto(await this.apps.getById(id));
  }

  /** @throws AppNotFound */
  async keys(appId: string, part: AppQueryDto): Promise<AppKeyListDto> {
    await this.apps.getById(appId);
    const [keys, total] = await this.apps.keysNewestFirst(appId, part);
    return { items: keys.map(toAppKeyDto), total };
  }

  /** The apps with a key that ends between now and then, and when the first of each does; the soonest first. */
  keysThatExpire(until: Date): Promise<ExpiringKey[]> {
    return this.apps.keysExpiring(this.clock.now(), until);
  }

  /** Makes a key; its value leaves here and is kept nowhere. @throws AppNotFound */
  createKey(appId: string, { name, expires_at: expiresAt }: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    const value = newAppKey();
    const key: AppKey = {
      id: randomUUID(),
      appId,
      name,
      keyHash: Buffer.from(appKeyHash(value), 'hex'),
      lastFour: value.slice(-4),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
      revokedAt: null,
    };
    return this.database.transaction(async () => {
      await this.apps.getById(appId);
      await this.apps.addKey(key);
      await this.auditLog.record({ action: 'app_key.create', ...auditTarget(key), after: auditFacts(key) });
      return { ...toAppKeyDto(key), key: value };
    });
  }

  /** @throws AppKeyNotFound */
  async revokeKey(appId: string, keyId: string): Promise<void> {
    await this.database.transaction(async () => {
      const key = await this.apps.revokeKey(appId, keyId, this.clock.now());
      if (key === null) throw new AppKeyNotFound(keyId);
      await this.auditLog.record({ action: 'app_key.revoke', ...auditTarget(key), before: auditFacts(key) });
    });
    await this.knownApps.forgetEverywhere();
  }
}

function auditTarget({ id, name }: AppKey): Pick<AuditEntry, 'targetType' | 'targetId' | 'targetName'> {
  return { targetType: 'app_key', targetId: id, targetName: name };
}

function auditFacts({ appId, lastFour, expiresAt }: AppKey): Record<string, unknown> {
  return { app_id: appId, last_four: lastFour, expires_at: expiresAt?.toISOString() ?? null };
}
