import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AppKeyListDto,
  AppQueryDto,
  CreateAppKeyDto,
  CreatedAppKeyDto,
  RotateAppKeyDto,
} from '@opsagent/contracts';
import { type AuditEntry, AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { appKeyHash, newAppKey } from './app-key-text.js';
import type { AppKey } from './app-key.entity.js';
import { AppKeyNotFound } from './app.errors.js';
import { toAppKeyDto } from './app.mapper.js';
import { AppRepository, type ExpiringKey } from './app.repository.js';
import { KnownApps } from './known-apps.js';

const HOUR_MS = 60 * 60 * 1000;
const OVERLAP_HOURS = 24;

/** The keys by which Dify clients name an app. Their values leave once and are kept nowhere. */
@Injectable()
export class AppKeyService {
  constructor(
    private readonly apps: AppRepository,
    private readonly knownApps: KnownApps,
    private readonly database: Database,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppNotFound */
  async list(appId: string, part: AppQueryDto): Promise<AppKeyListDto> {
    await this.apps.getById(appId);
    const [keys, total] = await this.apps.keysNewestFirst(appId, part);
    return { items: keys.map(toAppKeyDto), total };
  }

  /** The apps with a key that ends between now and then, and when the first of each does; the soonest first. */
  expiring(until: Date): Promise<ExpiringKey[]> {
    return this.apps.keysExpiring(this.clock.now(), until);
  }

  /** @throws AppNotFound */
  create(appId: string, { name, expires_at: expiresAt }: CreateAppKeyDto): Promise<CreatedAppKeyDto> {
    return this.database.transaction(async () => {
      await this.apps.getById(appId);
      return this.add(appId, name, expiresAt ? new Date(expiresAt) : null);
    });
  }

  /**
   * A new key of the same name; the old one is accepted for a while longer, so that clients can be changed one by one.
   * @throws AppKeyNotFound
   */
  async rotate(
    appId: string,
    keyId: string,
    { overlap_hours = OVERLAP_HOURS }: RotateAppKeyDto,
  ): Promise<CreatedAppKeyDto> {
    const made = await this.database.transaction(async () => {
      const old = await this.apps.findKey(appId, keyId);
      if (old === null) throw new AppKeyNotFound(keyId);
      const end = new Date(this.clock.now().getTime() + overlap_hours * HOUR_MS);
      const expiresAt = old.expiresAt !== null && old.expiresAt < end ? old.expiresAt : end;
      await this.apps.endKey(keyId, expiresAt);
      const entry = { before: auditFacts(old), after: auditFacts({ ...old, expiresAt }) };
      await this.auditLog.record({ action: 'app_key.rotate', ...auditTarget(old), ...entry });
      return this.add(appId, old.name, null);
    });
    await this.knownApps.forgetEverywhere();
    return made;
  }

  /** @throws AppKeyNotFound */
  async revoke(appId: string, keyId: string): Promise<void> {
    await this.database.transaction(async () => {
      const key = await this.apps.revokeKey(appId, keyId, this.clock.now());
      if (key === null) throw new AppKeyNotFound(keyId);
      await this.auditLog.record({ action: 'app_key.revoke', ...auditTarget(key), before: auditFacts(key) });
    });
    await this.knownApps.forgetEverywhere();
  }

  private async add(appId: string, name: string, expiresAt: Date | null): Promise<CreatedAppKeyDto> {
    const value = newAppKey();
    const key: AppKey = {
      id: randomUUID(),
      appId,
      name,
      keyHash: Buffer.from(appKeyHash(value), 'hex'),
      lastFour: value.slice(-4),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      expiresAt,
      revokedAt: null,
    };
    await this.apps.addKey(key);
    await this.auditLog.record({ action: 'app_key.create', ...auditTarget(key), after: auditFacts(key) });
    return { ...toAppKeyDto(key), key: value };
  }
}

function auditTarget({ id, name }: AppKey): Pick<AuditEntry, 'targetType' | 'targetId' | 'targetName'> {
  return { targetType: 'app_key', targetId: id, targetName: name };
}

function auditFacts({ appId, lastFour, expiresAt }: AppKey): Record<string, unknown> {
  return { app_id: appId, last_four: lastFour, expires_at: expiresAt?.toISOString() ?? null };
}
