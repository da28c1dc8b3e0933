import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** What the database says of itself. */
export interface ServerFacts {
  readonly version: string;
  /** It works under a role other than its login: one that owns nothing. */
  readonly ownRole: boolean;
}

/** One statement that counts every table; the database writes it, since it knows them. */
const COUNTING = `
  select string_agg(format('select %L as name, count(*)::float8 as rows from %I', tablename, tablename), ' union all ') as text
    from pg_tables where schemaname = current_schema()`;

/** Facts about the database and its tables. */
@Injectable()
export class DatabaseFacts {
  constructor(private readonly database: Database) {}

  async server(): Promise<ServerFacts> {
    const [facts] = await this.database.query<ServerFacts>(
      `select split_part(current_setting('server_version'), ' ', 1) as version, current_user <> session_user as "ownRole"`,
    );
    if (!facts) throw new Error('The database did not say what it is.');
    return facts;
  }

  async rowsByTable(): Promise<Record<string, number>> {
    const [counting] = await this.database.query<{ text: string | null }>(COUNTING);
    if (!counting?.text) return {};
    const tables = await this.database.query<{ name: string; rows: number }>(`${counting.text} order by name`);
    return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
  }
}
