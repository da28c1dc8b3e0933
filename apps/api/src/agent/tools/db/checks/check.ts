import type { DatabaseSession, Row } from '../../../sources/databases/database-session.js';

/** What a look into a database can be at. */
export const DB_CHECK = [
  'overview',
  'connections',
  'locks',
  'long_queries',
  'long_transactions',
  'slow_queries',
  'tables',
  'indexes',
  'replication',
  'settings',
  'vacuum',
] as const;
export type DbCheck = (typeof DB_CHECK)[number];

/** A database, as a check asks it. */
export type Asked = Pick<DatabaseSession, 'ask' | 'engine' | 'versionNumber'>;

/** What a check found; a list without items says that there is nothing of that. */
export interface Findings {
  readonly [field: string]: unknown;
  /** What a reader must know of it. */
  readonly message?: string;
  /** Nothing could be looked at. */
  readonly isUnknown?: boolean;
}

/** Looks at one thing, by statements that are ours. */
export type Check = (asked: Asked) => Promise<Findings>;

/** The first row, for statements that answer one. */
export async function oneRow({ ask }: Asked, sql: string): Promise<Row> {
  return (await ask(sql))[0] ?? {};
}

/** Two columns, name and value, as one object; numbers where they are ones. */
export function byName(rows: readonly Row[]): Row {
  const pairs = rows.map((row) => Object.values(row));
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), numberWhereOne(value)]));
}

function numberWhereOne(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : value;
}
