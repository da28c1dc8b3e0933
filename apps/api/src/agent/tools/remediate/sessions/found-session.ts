import type { DatabaseSession, Row } from '../../../sources/databases/database-session.js';

/** Ends a statement, or a session with everything that it holds. */
export const SESSION_ACTION = ['cancel_db_query', 'terminate_db_backend'] as const;
export type SessionAction = (typeof SESSION_ACTION)[number];

/** A session of a database, as it stands now. */
export interface FoundSession {
  readonly pid: number;
  /** Together with its number this says which session it is. */
  readonly startedAt: string;
  /** When its statement began; null while it runs none. */
  readonly queryStartedAt: string | null;
  /** Why nobody ends it; undefined where it is a client like any other. */
  readonly isSpared?: string;
  /** What is told of it. */
  readonly facts: Row;
}

/** How one database is asked about its sessions, and told to end them. */
export interface SessionEngine {
  /** Two starts that are closer are the same one. */
  readonly toleranceMs: number;

  /** The statement, as an approver reads it. */
  inWords(action: SessionAction, pid: number): string;

  find(session: DatabaseSession, pid: number): Promise<FoundSession | undefined>;

  end(session: DatabaseSession, action: SessionAction, found: FoundSession): Promise<void>;
}
