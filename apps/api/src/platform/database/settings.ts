import { Injectable } from '@nestjs/common';
import { Database } from './database.js';
import { Setting } from './setting.entity.js';

/** What the installation remembers about itself, by key. */
@Injectable()
export class Settings {
  constructor(private readonly database: Database) {}

  async get<T>(key: string): Promise<T | undefined> {
    const setting = await this.database.repositoryOf(Setting).findOneBy({ key });
    return setting === null ? undefined : (setting.value as T);
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.database.query(
      `insert into settings (key, value) values ($1, $2)
       on conflict (key) do update set value = excluded.value, updated_at = now()`,
      [key, JSON.stringify(value)],
    );
  }

  /** Stores `value` unless there is one already, and answers the one that counts: several processes agree on it. */
  async getOrSet<T>(key: string, value: T): Promise<T> {
    await this.database.query('insert into settings (key, value) values ($1, $2) on conflict (key) do nothing', [
      key,
      JSON.stringify(value),
    ]);
    return (await this.get<T>(key)) as T;
  }
}
