import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { OpenSource } from '../source-kind.js';
import type { DatabaseSession, SessionLimits } from './database-session.js';
import { openMysql } from './mysql-session.adapter.js';
import { openPostgres } from './postgres-session.adapter.js';

/** The kinds of sources that are databases. */
export const DATABASE_KINDS = ['postgresql', 'mysql'] as const;

/**
 * Works with a database over a connection of its own, which is closed at the end.
 * @throws SourceFailed, StatementFailed; the reason of `signal` when it is aborted
 */
export async function withDatabase<T>(
  outbound: Outbound,
  source: OpenSource,
  limits: SessionLimits,
  signal: AbortSignal,
  work: (session: DatabaseSession) => Promise<T>,
): Promise<T> {
  const open = source.kind === 'mysql' ? openMysql : openPostgres;
  const session = await open(outbound, source, limits, signal);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
