import type { Params } from '@angular/router';
import type { LlmConfigDto } from '@opsagent/contracts';
import { isRestricted } from './access-draft.js';

/** What the list shows, as it stands in the page's address; empty means "any". */
export interface LlmConfigQuery {
  readonly q: string;
  readonly provider: string;
  readonly state: '' | 'active' | 'inactive';
  readonly kind: '' | 'chat' | 'embedding';
  readonly tag: string;
  /** What must be true of each besides. */
  readonly only: readonly Mark[];
  readonly sort: string;
  /** Ids of the columns that are not shown. */
  readonly hide: readonly string[];
}

/** What a configuration can be found by besides its fields. */
export const MARKS = ['mine', 'failing', 'unused', 'old_key', 'restricted'] as const;
export type Mark = (typeof MARKS)[number];

export const ANY = {
  q: '',
  provider: '',
  state: '',
  kind: '',
  tag: '',
  only: [],
} as const satisfies Partial<LlmConfigQuery>;

/** Columns that are shown only when somebody asks for them. */
const HIDDEN_AT_FIRST = ['key', 'description', 'errors', 'users', 'changedBy'];
const OLD_KEY_MS = 90 * 24 * 60 * 60 * 1000;

/** Reads the query out of an address; what is not understood counts as "any". */
export function queryOf(params: Params): LlmConfigQuery {
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  return {
    q: text('q'),
    provider: text('provider'),
    state: oneOf(text('state'), ['active', 'inactive']),
    kind: oneOf(text('kind'), ['chat', 'embedding']),
    sort: oneOf(text('sort'), ['-name', 'updated_at', '-updated_at', 'last_used_at', '-last_used_at']) || 'name',
    tag: text('tag'),
    only: MARKS.filter((mark) => words(text('only')).includes(mark)),
    hide: [...HIDDEN_AT_FIRST.filter((id) => !words(text('show')).includes(id)), ...words(text('hide'))],
  };
}

function words(list: string): string[] {
  return list.split(',').filter(Boolean);
}

/** The same query as parameters of an address. */
export function paramsOf({ sort, hide, only, ...filters }: LlmConfigQuery): Record<string, string | null> {
  return {
    ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, value || null])),
    sort: sort === 'name' ? null : sort,
    only: only.join(',') || null,
    hide: hide.filter((id) => !HIDDEN_AT_FIRST.includes(id)).join(',') || null,
    show: HIDDEN_AT_FIRST.filter((id) => !hide.includes(id)).join(',') || null,
  };
}

export function isFiltered(query: LlmConfigQuery): boolean {
  return Boolean(query.q || query.provider || query.state || query.kind || query.tag || query.only.length > 0);
}

/** The configurations that a query's filters let through, in the order they had. */
export function filtered(
  configs: readonly LlmConfigDto[],
  { q, provider, state, kind, tag, only }: Omit<LlmConfigQuery, 'sort' | 'hide'>,
  userId?: string,
): readonly LlmConfigDto[] {
  const words = q.trim().toLowerCase();
  const marks = only.map((mark) => markTest(mark, userId, Date.now()));
  return configs.filter(
    (config) =>
      (!provider || config.provider === provider) &&
      (!state || config.is_active === (state === 'active')) &&
      (!kind || config.is_embedding === (kind === 'embedding')) &&
      (!tag || (config.details?.tags.includes(tag) ?? false)) &&
      (!words || searched(config).includes(words)) &&
      marks.every((isMarked) => isMarked(config)),
  );
}

function markTest(mark: Mark, userId: string | undefined, now: number): (config: LlmConfigDto) => boolean {
  switch (mark) {
    case 'mine':
      return ({ created_by }) => created_by === userId;
    case 'failing':
      return ({ details }) => details?.last_test?.success === false;
    case 'unused':
      return ({ last_used_at }) => last_used_at === null;
    case 'restricted':
      return isRestricted;
    case 'old_key':
      return ({ details }) => details?.key_changed_at != null && now - Date.parse(details.key_changed_at) > OLD_KEY_MS;
  }
}

/** In the order of the query; what was never used comes last in both directions. */
export function sorted(configs: readonly LlmConfigDto[], sort: string, language: string): readonly LlmConfigDto[] {
  const direction = sort.startsWith('-') ? -1 : 1;
  const field = sort.replace(/^-/, '');
  const names = new Intl.Collator(language, { numeric: true });
  const byName = (left: LlmConfigDto, right: LlmConfigDto): number => names.compare(left.name, right.name);
  if (field === 'name') return [...configs].sort((left, right) => direction * byName(left, right));
  const time = (config: LlmConfigDto): string | null =>
    field === 'updated_at' ? config.updated_at : config.last_used_at;
  return [...configs].sort((left, right) => byTime(time(left), time(right), direction) || byName(left, right));
}

/** ISO moments in UTC compare as they are written. */
function byTime(left: string | null, right: string | null, direction: number): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -direction : direction;
}

const TEXTS = new WeakMap<LlmConfigDto, string>();

/** What a search looks through; made once for each configuration, since every key press asks for all of them. */
function searched(config: LlmConfigDto): string {
  const known = TEXTS.get(config);
  if (known !== undefined) return known;
  const text = `${config.name}\n${config.model_name}\n${config.description ?? ''}`.toLowerCase();
  TEXTS.set(config, text);
  return text;
}

function oneOf<const T extends string>(value: string, allowed: readonly T[]): T | '' {
  return allowed.find((entry) => entry === value) ?? '';
}
