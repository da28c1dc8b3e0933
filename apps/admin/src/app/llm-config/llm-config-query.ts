import type { Params } from '@angular/router';

/** Rows on one page of the list. */
export const PAGE_SIZE = 50;

/** What the list shows, as it stands in the page's address; empty means "any". */
export interface LlmConfigQuery {
  readonly q: string;
  readonly provider: string;
  readonly state: '' | 'active' | 'inactive';
  readonly kind: '' | 'chat' | 'embedding';
  readonly sort: string;
  readonly page: number;
}

/** Reads the query out of an address; what is not understood counts as "any". */
export function queryOf(params: Params): LlmConfigQuery {
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  return {
    q: text('q'),
    provider: text('provider'),
    state: oneOf(text('state'), ['active', 'inactive']),
    kind: oneOf(text('kind'), ['chat', 'embedding']),
    sort: text('sort') || 'name',
    page: Math.max(1, Math.trunc(Number(text('page'))) || 1),
  };
}

/** The same query in the words of the api. */
export function apiParams(query: LlmConfigQuery): Record<string, string | number | boolean> {
  return {
    skip: (query.page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
    sort: query.sort,
    ...(query.q && { search: query.q }),
    ...(query.provider && { provider: query.provider }),
    ...(query.state && { is_active: query.state === 'active' }),
    ...(query.kind && { is_embedding: query.kind === 'embedding' }),
  };
}

export function isFiltered(query: LlmConfigQuery): boolean {
  return Boolean(query.q || query.provider || query.state || query.kind);
}

function oneOf<const T extends string>(value: string, allowed: readonly T[]): T | '' {
  return allowed.find((entry) => entry === value) ?? '';
}
