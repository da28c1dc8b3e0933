import type { NestExpressApplication } from '@nestjs/platform-express';
import { Pool } from 'pg';
import { createApp } from '../../src/create-app.js';
import { readEnvironment } from '../../src/platform/config/read-environment.js';
import { listen } from '../../src/server-life.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** Settings of the server under test, by the names of its environment. */
export type TestSettings = Partial<Record<string, string>>;

/** The administrator of every server under test. */
export const ADMIN = {
  email: 'admin@example.org',
  password: 'correct horse battery',
  token: 'ops-test-token-of-the-administrator',
};

/** A whole server on a free port, with a database of its own. */
export interface TestApp {
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly database: TestDatabase;
  /** Sends requests as the administrator. */
  readonly admin: { headers: { authorization: string } };
  /** Runs one SQL statement on its database, as the owner of the tables. */
  query<T>(text: string, values?: unknown[]): Promise<T[]>;
  /** What the server logged, line by line. */
  readonly log: string[];
  close(): Promise<void>;
}

const DEFAULTS: TestSettings = {
  PORT: '0',
  OPSAGENT_ADMIN_EMAIL: ADMIN.email,
  OPSAGENT_ADMIN_PASSWORD: ADMIN.password,
  OPSAGENT_ADMIN_TOKEN: ADMIN.token,
};

/** Starts a server; a setting of `undefined` takes a default away. A given database stays when the server goes. */
export async function startTestApp(settings: TestSettings = {}, given?: TestDatabase): Promise<TestApp> {
  const database = given ?? (await createTestDatabase());
  const log: string[] = [];
  const environment = readEnvironment({ ...DEFAULTS, ...settings });
  const app = await createApp(environment, database.open, { log: { write: (line) => void log.push(line) } });
  await app.init();
  const url = await listen(app.getHttpServer(), environment.PORT, environment.HOST);
  const owner = new Pool({ ...database.open.options, max: 2 });
  // An idle connection may end with its database.
  owner.on('error', () => undefined);
  const query = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await owner.query(text, values)).rows as T[];
  const close = async (): Promise<void> => {
    await app.close();
    await owner.end();
    if (!given) await database.drop();
  };
  return { url, app, database, admin: { headers: { authorization: `Bearer ${ADMIN.token}` } }, query, log, close };
}
