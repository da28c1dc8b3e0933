import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import type { LlmConfigUseCount } from '../../llm-config/llm-config-uses.js';
import { Database } from '../../platform/database/database.js';
import { AppKey } from './app-key.entity.js';
import { App } from './app.entity.js';
import { AppNotFound } from './app.errors.js';

/** Which rows of a list. */
export interface Part {
  skip: number;
  limit: number;
}

/** A key that is accepted, and the app it stands for. */
export interface AcceptedKey {
  keyId: string;
  expiresAt: Date | null;
  app: App;
}

/** An app one of whose keys ends soon. */
export interface ExpiringKey {
  appId: string;
  appName: string;
  expiresAt: Date;
}

/** An app whose conversations are kept for some days after their last turn. */
export interface KeptFor {
  id: string;
  name: string;
  retentionDays: number;
}

/** Apps and their keys in the database. */
@Injectable()
export class AppRepository {
  constructor(private readonly database: Database) {}

  /** @throws AppNotFound, for a deleted one too */
  async getById(id: string): Promise<App> {
    const app = await this.database.repositoryOf(App).findOneBy({ id, deletedAt: IsNull() });
    if (app === null) throw new AppNotFound(id);
    return app;
  }

  oldestFirst({ skip, limit }: Part): Promise<[App[], number]> {
    return this.database.repositoryOf(App).findAndCount({
      where: { deletedAt: IsNull() },
      order: { createdAt: 'ASC', id: 'ASC' },
      skip,
      take: limit,
    });
  }

  /** The app, kept from other changes until the transaction ends; null when there never was one. */
  locked(id: string): Promise<App | null> {
    return this.database.repositoryOf(App).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async add(app: App): Promise<void> {
    await this.database.repositoryOf(App).insert(app);
  }

  async change(id: string, columns: Partial<App>): Promise<void> {
    await this.database.repositoryOf(App).update({ id }, columns);
  }

  /** Adds the app unless another process was faster. */
  async addOnce(app: App): Promise<void> {
    await this.database.repositoryOf(App).createQueryBuilder().insert().values(app).orIgnore().execute();
  }

  /** How many apps answer, compare, hear or speak with each of these configurations, with a few of their names. */
  async usesOfLlmConfigs(ids: readonly string[]): Promise<Map<string, LlmConfigUseCount>> {
    const rows = await this.database.query<LlmConfigUseCount & { id: string }>(
      `select id, count(*)::int as count, (array_agg(name order by name))[1:3] as examples
         from (select distinct used.id, a.id as app_id, a.name
                 from apps a, lateral (values (a.llm_config_id), ((a.annotation_reply->>'llm_config_id')::uuid),
                   ((a.speech_to_text->>'llm_config_id')::uuid), ((a.text_to_speech->>'llm_config_id')::uuid)) used (id)
                where used.id = any($1::uuid[]) and a.deleted_at is null) uses
        group by id`,
      [ids],
    );
    return new Map(rows.map(({ id, ...use }) => [id, use]));
  }

  /** Deleted ones too: what they promised their users still counts. */
  keptForAWhile(): Promise<KeptFor[]> {
    return this.database.query<KeptFor>(
      `select id, name, retention_days as "retentionDays" from apps where retention_days is not null order by created_at, id`,
    );
  }

  /** The names of those of these apps that exist. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const apps = await this.database.repositoryOf(App).findBy({ id: In([...ids]) });
    return new Map(apps.map(({ id, name }) => [id, name]));
  }

  /** The names of those of these keys that are accepted. */
  async keyNamesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const keys = await this.database.repositoryOf(AppKey).findBy({ id: In([...ids]), revokedAt: IsNull() });
    return new Map(keys.map(({ id, name }) => [id, name]));
  }

  async addKey(key: AppKey): Promise<void> {
    await this.database.repositoryOf(AppKey).insert(key);
  }

  keysNewestFirst(appId: string, { skip, limit }: Part): Promise<[AppKey[], number]> {
    return this.database.repositoryOf(AppKey).findAndCount({
      where: { appId, revokedAt: IsNull() },
      order: { createdAt: 'DESC', id: 'ASC' },
      skip,
      take: limit,
    });
  }

  keysExpiring(after: Date, until: Date): Promise<ExpiringKey[]> {
    return this.database.query<ExpiringKey>(
      `select a.id as "appId", a.name as "appName", min(k.expires_at) as "expiresAt"
         from app_keys k join apps a on a.id = k.app_id
        where k.revoked_at is null and a.is_enabled and a.deleted_at is null and k.expires_at > $1 and k.expires_at <= $2
        group by a.id order by min(k.expires_at), a.name`,
      [after, until],
    );
  }

  /** The key as it was, or null when there is none left to revoke. */
  async revokeKey(appId: string, keyId: string, at: Date): Promise<AppKey | null> {
    const keys = this.database.repositoryOf(AppKey);
    const key = await keys.findOneBy({ id: keyId, appId, revokedAt: IsNull() });
    if (key === null) return null;
    const { affected } = await keys.update({ id: keyId, revokedAt: IsNull() }, { revokedAt: at });
    return affected === 1 ? key : null;
  }

  /** The key, unless it was revoked. */
  findKey(appId: string, keyId: string): Promise<AppKey | null> {
    return this.database.repositoryOf(AppKey).findOneBy({ id: keyId, appId, revokedAt: IsNull() });
  }

  async endKey(keyId: string, at: Date): Promise<void> {
    await this.database.repositoryOf(AppKey).update({ id: keyId, revokedAt: IsNull() }, { expiresAt: at });
  }

  async acceptedKey(keyHash: string): Promise<AcceptedKey | null> {
    const key = await this.database
      .repositoryOf(AppKey)
      .findOneBy({ keyHash: Buffer.from(keyHash, 'hex'), revokedAt: IsNull() });
    if (key === null) return null;
    const app = await this.database.repositoryOf(App).findOneByOrFail({ id: key.appId });
    return { keyId: key.id, expiresAt: key.expiresAt, app };
  }

  async noteUse(keyId: string, at: Date): Promise<void> {
    await this.database.repositoryOf(AppKey).update({ id: keyId }, { lastUsedAt: at });
  }
}
