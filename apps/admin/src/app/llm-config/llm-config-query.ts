import type { Params } from '@angular/router';
import type { LlmConfigDto } from '@opsagent/contracts';

/** What the list shows, as it stands in the page's address; empty means "any". */
export interface LlmConfigQuery {
  readonly q: string;
  readonly provider: string;
  readonly state: '' | 'active' | 'inactive';
  readonly kind: '' | 'chat' | 'embedding';
  readonly sort: string;
  /** Ids of the columns that are not shown. */
  readonly hide: readonly string[];
}

export const ANY = { q: '', provider: '', state: '', kind: '' } as const satisfies Partial<LlmConfigQuery>;

/** Reads the query out of an address; what is not understood counts as "any". */
export function queryOf(params: Params): LlmConfigQuery {
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  return {
    q: text('q'),
    provider: text('provider'),
    state: oneOf(text('state'), ['active', 'inactive']),
    kind: oneOf(text('kind'), ['chat', 'embedding']),
    sort: oneOf(text('sort'), ['-name', 'updated_at', '-updated_at', 'last_used_at', '-last_used_at']) || 'name',
    hide: text('hide').split(',').filter(Boolean),
  };
}

/** The same query as parameters of an address. */
export function paramsOf({ sort, hide, ...filters }: LlmConfigQuery): Record<string, string | null> {
  return {
    ...Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, value || null])),
    sort: sort === 'name' ? null : sort,
    hide: hide.join(',') || null,
  };
}

export function isFiltered(query: LlmConfigQuery): boolean {
  return Boolean(query.q || query.provider || query.state || query.kind);
}

/** The configurations that a query's filters let through, in the order they had. */
export function filtered(
  configs: readonly LlmConfigDto[],
  { q, provider, state, kind }: Pick<LlmConfigQuery, 'q' | 'provider' | 'state' | 'kind'>,
): readonly LlmConfigDto[] {
  const words = q.trim().toLowerCase();
  return configs.filter(
    (config) =>
      (!provider || config.provider === provider) &&
      (!state || config.is_active === (state === 'active')) &&
      (!kind || config.is_embedding === (kind === 'embedding')) &&
      (!words || searched(config).includes(words)),
  );
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
