import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';

/** An entry found by the index costs as much as this many that are passed over. */
const COST_OF_FOUND = 10;

/** How many entries a search is likely to find, and out of how many. */
export interface Likely {
  readonly found: number;
  readonly of: number;
}

/** That an entry has `:pattern` in it; in the words of the index and of the statistics. */
export const HAS_PATTERN = `${textOf('entry')} like lower(:pattern)`;

/** The same by the index, as far as that tells: the groups of three characters that make up `:search` are there. */
export const HAS_GROUPS = `audit_groups(${textOf('entry')}) @@ audit_groups_asked(lower(:search))`;

export function patternOf(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`;
}

/**
 * Whether `wanted` entries come sooner by the index than by looking at one after the other. The database cannot weigh
 * that itself: for it, the groups of a word have nothing to do with each other.
 */
export function isSoonerByIndex({ found, of }: Likely, wanted: number): boolean {
  return found * COST_OF_FOUND < Math.min(of, (wanted * of) / found);
}

/** What the database guesses of a search. */
@Injectable()
export class AuditSearch {
  constructor(private readonly database: Database) {}

  async likely(search: string): Promise<Likely> {
    const [answer] = await this.database.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
      `explain (format json) select 1 from audit_log entry where ${HAS_PATTERN.replace(':pattern', '$1')}`,
      [patternOf(search)],
    );
    const [newest] = await this.database.query<{ seq: string }>('select coalesce(max(seq), 0) seq from audit_log');
    return { found: answer?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 1, of: Number(newest?.seq ?? 0) };
  }
}

function textOf(table: string): string {
  return `audit_text(${['actor_name', 'target_name', 'address', 'action'].map((name) => `${table}.${name}`).join(', ')})`;
}
