import type {
  LimitDto,
  LimitFigureDto,
  LimitKind,
  LimitLevel,
  LimitName,
  LimitStateDto,
  SetLimitDto,
} from '@opsagent/contracts';
import { LIMIT_KIND, LIMIT_NAME } from '@opsagent/contracts/constants';

/** What an address says instead of an id: everyone of a kind who has no limits of their own. */
export const EVERYONE = 'default';

/** Whom limits are for; without an id everyone of the kind. */
export interface SubjectKey {
  readonly kind: LimitKind;
  readonly id: string | null;
}

/** One thing that is limited, and how much of it is used where one subject alone uses it. */
export interface LimitLine {
  readonly name: LimitName;
  readonly most: number;
  readonly currency: string | null;
  readonly figure: LimitFigureDto | null;
}

/** A subject with its limits; `limit` is null where it is held by those of its role or of everyone. */
export interface LimitRow extends SubjectKey {
  readonly key: string;
  readonly name: string | null;
  readonly limit: LimitDto | null;
  readonly lines: readonly LimitLine[];
}

/** What a list is narrowed to; empty means "any". */
export interface LimitQuery {
  readonly q: string;
  readonly kind: LimitKind | '';
}

const URGENCY: Record<LimitLevel, number> = { reached: 0, soft: 1, free: 2 };

/** Those with limits of their own in the server's order, then whoever is held by those of others, the most pressed first. */
export function rowsOf(limits: readonly LimitDto[], states: readonly LimitStateDto[]): LimitRow[] {
  const stateOf = new Map(states.map((state) => [keyOf({ kind: state.kind, id: state.subject_id }), state]));
  const own = limits.map((limit): LimitRow => {
    const subject = { kind: limit.kind, id: limit.subject_id };
    const state = stateOf.get(keyOf(subject));
    return { ...subject, key: keyOf(subject), name: limit.subject_name, limit, lines: linesOf(limit, state) };
  });
  const known = new Set(own.map(({ key }) => key));
  const held = states.flatMap((state): LimitRow[] => {
    const subject = { kind: state.kind, id: state.subject_id };
    const key = keyOf(subject);
    if (known.has(key)) return [];
    return [{ ...subject, key, name: state.subject_name, limit: null, lines: state.figures.map(lineOf) }];
  });
  return [...own.sort(byKind), ...held.sort((a, b) => urgencyOf(a) - urgencyOf(b) || byKind(a, b))];
}

/** What the search and the filter leave. */
export function narrowed(rows: readonly LimitRow[], { q, kind }: LimitQuery, nameOf: (row: LimitRow) => string) {
  const wanted = q.trim().toLowerCase();
  return rows.filter((row) => (kind === '' || row.kind === kind) && nameOf(row).toLowerCase().includes(wanted));
}

/** A subject as it stands in an address. */
export function keyOf({ kind, id }: SubjectKey): string {
  return `${kind}:${id ?? EVERYONE}`;
}

/** What would set these limits again. */
export function inputOf(limit: LimitDto): SetLimitDto {
  const { requests_per_minute, concurrent_runs, tokens_per_day, tokens_per_month } = limit;
  const { cost_per_day, cost_per_month, currency, soft_percent } = limit;
  return {
    ...{ requests_per_minute, concurrent_runs, tokens_per_day, tokens_per_month },
    ...{ cost_per_day, cost_per_month, currency, soft_percent },
  };
}

function linesOf(limit: LimitDto, state: LimitStateDto | undefined): LimitLine[] {
  return LIMIT_NAME.values.flatMap((name): LimitLine[] => {
    const most = limit[name];
    if (most === null) return [];
    const currency = name.startsWith('cost') ? limit.currency : null;
    // A figure that was read before the limit was changed tells of the old one.
    const figure = state?.figures.find((one) => one.name === name && one.most === most) ?? null;
    return [{ name, most, currency, figure }];
  });
}

function lineOf(figure: LimitFigureDto): LimitLine {
  const { name, most, currency } = figure;
  return { name, most, currency, figure };
}

function urgencyOf({ lines }: LimitRow): number {
  return Math.min(...lines.map(({ figure }) => URGENCY[figure?.level ?? 'free']));
}

function byKind(a: LimitRow, b: LimitRow): number {
  const place = ({ kind, id }: LimitRow): number => LIMIT_KIND.values.indexOf(kind) * 2 + Number(id !== null);
  return place(a) - place(b);
}
