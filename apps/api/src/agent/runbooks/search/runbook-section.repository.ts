import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Runbook } from '../runbook.entity.js';
import { FIND_SECTIONS } from './find-sections.js';
import { RunbookSection } from './runbook-section.entity.js';
import { queryOf, type Term, vectorOf } from './search-tokens.js';
import { sectionsOf } from './sections.js';

/** A section with what it belongs to. */
export interface FoundSection {
  readonly runbookId: string;
  readonly title: string;
  readonly tags: string[];
  readonly isActive: boolean;
  readonly position: number;
  readonly path: string[];
  readonly text: string;
  readonly score: number;
  readonly updatedAt: Date;
}

/** Rows of one statement, or a few more. */
const AT_ONCE = 500;

/** Sections of runbooks in their table. */
@Injectable()
export class RunbookSectionRepository {
  constructor(private readonly database: Database) {}

  /** Makes the runbooks found as they are now; a deleted one no longer. */
  async replace(runbooks: readonly Runbook[]): Promise<void> {
    const table = this.database.repositoryOf(RunbookSection);
    await this.database.query('delete from runbook_sections where runbook_id = any ($1::uuid[])', [
      runbooks.map(({ id }) => id),
    ]);
    const rows: RunbookSection[] = [];
    for (const runbook of runbooks.filter(({ deletedAt }) => deletedAt === null)) {
      rows.push(...rowsOf(runbook));
      if (rows.length >= AT_ONCE) await table.insert(rows.splice(0));
      // Long texts take a while: others have their turn in between.
      await setImmediate();
    }
    if (rows.length > 0) await table.insert(rows);
  }

  /** Those that have most of the terms; none when nothing is looked for. */
  async find(
    terms: readonly Term[],
    { limit, onlyActive }: { limit: number; onlyActive: boolean },
  ): Promise<FoundSection[]> {
    if (terms.length === 0) return [];
    const queries = terms.map(queryOf);
    return this.database.query<FoundSection>(FIND_SECTIONS, [queries, queries.join(' & '), onlyActive, limit]);
  }
}

function rowsOf({ id, title, tags, body, isActive }: Runbook): RunbookSection[] {
  return sectionsOf(title, body).map(({ path, text }, position) => {
    const headings = [...[title, ...tags].map((one) => [one, 'A'] as const), ...path.map((one) => [one, 'B'] as const)];
    return {
      ...{ runbookId: id, position, path: [...path], text, isActive },
      headingTokens: vectorOf(headings),
      tokens: vectorOf([...headings, [text, 'D']]),
    };
  });
}
