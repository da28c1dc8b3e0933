import { oneOfSet, type ValueOf } from '../field/facts.js';

/** What an import made of a file. */
export const RUNBOOK_OUTCOME = oneOfSet('RunbookOutcome', ['created', 'updated', 'unchanged', 'failed']);
export type RunbookOutcome = ValueOf<typeof RUNBOOK_OUTCOME>;

/** Why a file was not imported: it has no text; it comes twice; its front matter is no YAML; what it holds breaks a rule. */
export const RUNBOOK_FILE_FAULT = oneOfSet('RunbookFileFault', ['empty', 'duplicate', 'front_matter', 'rule']);
export type RunbookFileFault = ValueOf<typeof RUNBOOK_FILE_FAULT>;

export const RUNBOOK_SORT = oneOfSet('RunbookSort', ['title', '-title', 'updated_at', '-updated_at']);
export type RunbookSort = ValueOf<typeof RUNBOOK_SORT>;
