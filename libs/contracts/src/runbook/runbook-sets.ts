import { oneOfSet, type ValueOf } from '../field/facts.js';

/** What an import made of a file. */
export const RUNBOOK_OUTCOME = oneOfSet('RunbookOutcome', ['created', 'updated', 'unchanged', 'failed']);
export type RunbookOutcome = ValueOf<typeof RUNBOOK_OUTCOME>;

export const RUNBOOK_SORT = oneOfSet('RunbookSort', ['title', '-title', 'updated_at', '-updated_at']);
export type RunbookSort = ValueOf<typeof RUNBOOK_SORT>;
