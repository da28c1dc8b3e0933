import type { CreateRunbookDto, RunbookDto, UpdateRunbookDto } from '@opsagent/contracts';
import type { Difference } from '../shared/ui/stale-dialog.js';

/** The form's model. */
export interface RunbookDraft {
  title: string;
  tags: string[];
  body: string;
  is_active: boolean;
}

export const EMPTY: RunbookDraft = { title: '', tags: [], body: '', is_active: true };

const LABELS: Readonly<Record<keyof RunbookDraft, string>> = {
  title: 'runbooks.field.title',
  tags: 'runbooks.field.tags',
  body: 'runbooks.field.body',
  is_active: 'runbooks.field.active',
};
const FIELDS = Object.keys(LABELS) as (keyof RunbookDraft)[];
const SHOWN = 300;

export function draftOf({ title, tags, body, is_active }: RunbookDto): RunbookDraft {
  return { title, tags: [...tags], body, is_active };
}

export function inputOf({ title, tags, body, is_active }: RunbookDraft): CreateRunbookDto {
  return { title: title.trim(), tags, body, is_active };
}

/** Only what differs from what is stored. */
export function changedInput(draft: RunbookDraft, stored: RunbookDraft): UpdateRunbookDto {
  const input = inputOf(draft);
  return Object.fromEntries(
    FIELDS.filter((name) => JSON.stringify(input[name]) !== JSON.stringify(stored[name])).map((name) => [
      name,
      input[name],
    ]),
  );
}

/** What somebody else saved against what is typed; of long texts the place where they begin to differ. */
export function differencesOf(
  draft: RunbookDraft,
  current: RunbookDraft,
  words: (field: keyof RunbookDraft, value: RunbookDraft) => string,
): Difference[] {
  return FIELDS.filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(current[name])).map((name) => {
    const [mine, theirs] = [words(name, draft), words(name, current)];
    const from = lineBefore(mine, firstDifference(mine, theirs));
    return { label: LABELS[name], mine: excerpt(mine, from), current: excerpt(theirs, from) };
  });
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}

function lineBefore(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function excerpt(text: string, from: number): string {
  const shown = text.slice(from, from + SHOWN);
  return `${from > 0 ? '…' : ''}${shown}${from + SHOWN < text.length ? '…' : ''}` || '—';
}
