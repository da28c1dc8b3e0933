import type { FieldChangeDto, LlmConfigRevisionDto } from '@opsagent/contracts';
import { SECRET_FIELDS } from '../llm-config-words.js';

/** Whom it serves is not what it is: these stay when a configuration is rolled back. */
const STAYS = ['is_active', 'is_default', 'is_embedding', 'access'];

/** What going back to a revision would change, field by field. @param revisions from the newest at least to that one */
export function rollBackChanges(
  revisions: readonly LlmConfigRevisionDto[],
  to: LlmConfigRevisionDto,
): FieldChangeDto[] {
  const later = revisions.filter(({ number, action }) => number > to.number && action !== 'restore');
  const now = new Map<string, unknown>();
  const then = new Map<string, unknown>();
  for (const { field, before, after } of later.flatMap(({ changes }) => changes)) {
    if (!now.has(field)) now.set(field, after);
    then.set(field, before);
  }
  return [...now]
    .map(([field, value]) => ({ field, before: value, after: then.get(field) }))
    .filter((change) => !STAYS.includes(change.field) && !isSame(change))
    .flatMap(settingsApart);
}

/** One line for each further setting that differs, instead of two long objects. */
export function settingsApart(change: FieldChangeDto): FieldChangeDto[] {
  if (change.field !== 'extra_config') return [change];
  const [before, after] = [entriesOf(change.before), entriesOf(change.after)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({ field: `extra_config.${name}`, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((setting) => !isSame(setting));
}

/** A secret's values are not told: a changed one is never known to be the same again. */
function isSame({ field, before, after }: FieldChangeDto): boolean {
  if (SECRET_FIELDS.includes(field)) return before === null && after === null;
  return JSON.stringify(before) === JSON.stringify(after);
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
