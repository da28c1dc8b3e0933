import type { LimitDto, LimitKind, LimitName, SetLimitDto } from '@opsagent/contracts';
import { LIMIT_NAME } from '@opsagent/contracts/constants';

/** The form's model: null where nothing is limited. */
export type LimitDraft = Record<LimitName, number | null> & { currency: string; soft_percent: number | null };

/** What is usual, and where there is nothing to start from. */
const DEFAULTS = { currency: 'CNY', soft_percent: 80 };

/** A form that starts with what is set, or with what holds already without being set for this subject. */
export function draftOf(limit: LimitDto | null, held: Partial<Record<LimitName, number>> = {}): LimitDraft {
  const amounts = Object.fromEntries(
    LIMIT_NAME.values.map((name) => [name, (limit ? limit[name] : held[name]) ?? null]),
  ) as Record<LimitName, number | null>;
  return {
    ...amounts,
    currency: limit?.currency ?? DEFAULTS.currency,
    soft_percent: limit?.soft_percent ?? DEFAULTS.soft_percent,
  };
}

/** A key is limited in its requests; everything else is limited for its app. */
export function namesOf(kind: LimitKind): readonly LimitName[] {
  return kind === 'app_key' ? ['requests_per_minute'] : LIMIT_NAME.values;
}

/** What is sent: only what can be limited for that kind, and a currency only where there is money. */
export function inputOfDraft(draft: LimitDraft, kind: LimitKind): SetLimitDto {
  const names = namesOf(kind);
  const amounts = Object.fromEntries(
    LIMIT_NAME.values.map((name) => [name, names.includes(name) ? draft[name] : null]),
  );
  const hasMoney = names.includes('cost_per_day') && (draft.cost_per_day ?? draft.cost_per_month) !== null;
  return {
    ...amounts,
    currency: hasMoney ? draft.currency.trim().toUpperCase() : null,
    ...(draft.soft_percent === null ? {} : { soft_percent: draft.soft_percent }),
  };
}
