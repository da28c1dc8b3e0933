import { Client } from 'pg';
import { parsePostgresUrl, postgresHost } from '../config/postgres-url.js';
import { StartError } from '../config/start-error.js';
import type { OpenDatabase } from './open-database.js';

/** PostgreSQL 15 is the oldest whose features the schema uses. */
const OLDEST_MAJOR = 15;
const ANSWER_WITHIN_MS = 10_000;

/** Error codes of PostgreSQL and of the network, in words. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be resolved',
  ENOENT: 'there is no such socket',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'the host cannot be reached',
  '28P01': 'the password is wrong',
  '28000': 'the user may not connect',
  '3D000': 'the database does not exist',
  '53300': 'it has no connection left',
};

/** Checks that the user's own server answers and is new enough. @throws StartError when not. */
export async function openExternalPostgres(url: string, dataDir: string): Promise<OpenDatabase> {
  const where = describe(url);
  const major = await majorVersion(url, where);
  if (major < OLDEST_MAJOR) {
    throw new StartError(`${where} is version ${major}; version ${OLDEST_MAJOR} or newer is needed.`);
  }
  return { options: { connectionString: url }, where, dataDir, close: () => Promise.resolve() };
}

async function majorVersion(url: string, where: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  // A server that goes away while it is asked also rejects the call below.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  } catch (cause) {
    throw new StartError(`${where} named by DATABASE_URL cannot be used: ${reason(cause)}.`, { cause });
  } finally {
    await client.end();
  }
}

/** The place without its password. */
function describe(address: string): string {
  const url = parsePostgresUrl(address);
  if (url === undefined) return 'The PostgreSQL';
  const database = url.pathname.length > 1 ? ` (database ${decodeURIComponent(url.pathname.slice(1))})` : '';
  return `The PostgreSQL at ${postgresHost(url)}:${url.port || '5432'}${database}`;
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const known = REASONS[code ?? ''];
  if (known !== undefined) return known;
  return message?.includes('timeout') ? 'it does not answer' : `it refused the connection (${code ?? 'unknown error'})`;
}
