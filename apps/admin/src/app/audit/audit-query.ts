import type { Params } from '@angular/router';

/** What the page shows, as it stands in its address; empty means "any". */
export interface AuditQuery {
  readonly q: string;
  /** An action, or what the names of several begin with. */
  readonly action: string;
  readonly result: '' | 'done' | 'refused';
  /** Id of a user or an app. */
  readonly actor: string;
  /** `<kind>:<id>` of what it was done to. */
  readonly target: string;
  /** Days of the reader's calendar, both included. */
  readonly from: string;
  readonly to: string;
}

export const ANY: AuditQuery = { q: '', action: '', result: '', actor: '', target: '', from: '', to: '' };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[\da-f-]{36}$/i;

/** Reads the query out of an address; what is not understood counts as "any". */
export function queryOf(params: Params): AuditQuery {
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  const matching = (name: string, pattern: RegExp): string => (pattern.test(text(name)) ? text(name) : '');
  const result = text('result');
  return {
    q: text('q').slice(0, 200),
    action: matching('action', /^[\w.]{1,100}$/),
    result: result === 'done' || result === 'refused' ? result : '',
    actor: matching('actor', ID),
    target: matching('target', /^\w{1,100}:.{1,100}$/),
    from: matching('from', DAY),
    to: matching('to', DAY),
  };
}

/** The same query as parameters of an address. */
export function paramsOf(query: AuditQuery): Record<string, string | null> {
  return Object.fromEntries(Object.entries(query).map(([name, value]: [string, string]) => [name, value || null]));
}

export function isFiltered(query: AuditQuery): boolean {
  return Object.values(query).some((value) => value !== '');
}

/** The query in the words of the server. */
export function filterOf({ q, action, result, actor, target, from, to }: AuditQuery): Record<string, string> {
  const [kind = '', ...id] = target.split(':');
  const filter = {
    search: q.trim(),
    action,
    refused: result && String(result === 'refused'),
    actor_id: actor,
    target_type: kind,
    target_id: id.join(':'),
    from: momentOf(from, 0),
    to: momentOf(to, 1),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

/** The moment at which a day of the reader's calendar begins, or one some days after. */
function momentOf(day: string, after: number): string {
  if (!day) return '';
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + after);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
