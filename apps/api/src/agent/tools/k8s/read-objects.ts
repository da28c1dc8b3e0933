import { AnswerTooLarge } from '../../../platform/outbound/outbound.errors.js';
import { SourceFailed } from '../../sources/source-kind.js';
import type { ToolResult } from '../agent-tool.js';
import { type Cluster, ClusterRefused } from './cluster.adapter.js';
import type { Told } from './facts.js';
import { RESOURCES, type ResourceKind } from './resources.js';
import type { Page, PageQuery, Resource, Row, Scope } from './resource.js';

/** Small enough that others have their turn while a long list is read. */
const PAGE = 100;
const SMALLEST_PAGE = 2;
const MOST_PAGES = 100;
/** No further page is asked for after this. */
const ENOUGH_MS = 15_000;
const GONE = 410;
const MOST_STATES = 20;
const EVENTS_OF_ONE = 15;

interface Listed {
  rows: readonly Row[];
  total: number;
  states: ReadonlyMap<string, number>;
  /** Why the list is not whole. */
  more?: string;
}

/** Lists objects of a kind: all of them are counted, and those that need to be looked at are shown first. */
export async function listObjects(
  cluster: Cluster,
  kind: ResourceKind,
  scope: Scope,
  limit: number,
): Promise<ToolResult> {
  const { rows, total, states, more } = await allOf(cluster, RESOURCES[kind], scope, limit);
  if (total === 0) return { status: 'no_data', message: `There are no such ${kind}.` };
  const shown =
    total > rows.length ? `These are ${rows.length} of ${total}; narrow it by namespace, labels or fields.` : undefined;
  const message = [more, shown].filter((sentence) => sentence !== undefined).join(' ');
  const counts = [...states].sort(([, a], [, b]) => b - a).slice(0, MOST_STATES);
  return {
    ...{ status: 'ok', kind, total, ...(message === '' ? {} : { message }) },
    ...(counts.length > 0 && { by_state: Object.fromEntries(counts) }),
    items: rows.map(({ told }) => told),
  };
}

/** Tells one object, with the last events about it. */
export async function getObject(
  cluster: Cluster,
  kind: ResourceKind,
  name: string,
  namespace: string,
): Promise<ToolResult> {
  const { read, isNamespaced } = RESOURCES[kind];
  if (!read) return { status: 'error', message: `${kind} can only be listed.` };
  const object = await read(cluster, name, namespace);
  const events = await eventsAbout(cluster, name, isNamespaced ? namespace : undefined);
  return { status: 'ok', kind, object, events };
}

async function eventsAbout(cluster: Cluster, name: string, namespace?: string): Promise<Told[] | string> {
  const scope = { namespace, fieldSelector: `involvedObject.name=${name}` };
  try {
    const { rows } = await allOf(cluster, RESOURCES.events, scope, EVENTS_OF_ONE);
    return rows.map(({ told }) => told);
  } catch (error) {
    // What is known of the object itself is told in any case.
    if (!(error instanceof ClusterRefused || error instanceof SourceFailed)) throw error;
    return error.message;
  }
}

async function allOf(cluster: Cluster, resource: Resource, scope: Scope, limit: number): Promise<Listed> {
  const until = performance.now() + ENOUGH_MS;
  const states = new Map<string, number>();
  let [rows, total, next, size]: [Row[], number, string | undefined, number] = [[], 0, undefined, PAGE];
  for (let pages = 1; ; pages += 1) {
    const page = await pageOf(cluster, resource, { ...scope, limit: size, ...(next && { _continue: next }) });
    if (page === 'gone') return { rows, total, states, more: 'The list changed while it was read; there are more.' };
    if (page === 'too large') size = Math.ceil(size / 5);
    else {
      for (const { state } of page.rows) if (state !== undefined) states.set(state, (states.get(state) ?? 0) + 1);
      total += page.rows.length;
      rows = [...rows, ...page.rows].sort((a, b) => b.rank - a.rank).slice(0, limit);
      if (page.next === undefined) return { rows, total, states };
      next = page.next;
    }
    if (total > 0 && (pages >= MOST_PAGES || performance.now() > until)) {
      return { rows, total, states, more: `Only the first ${total} were read; there are more.` };
    }
  }
}

/** A list that takes too long to read expires on the server; what somebody wrote at length fits in smaller pages. */
async function pageOf(cluster: Cluster, resource: Resource, query: PageQuery): Promise<Page | 'gone' | 'too large'> {
  try {
    return await resource.page(cluster, query);
  } catch (error) {
    if (error instanceof ClusterRefused && error.status === GONE && query._continue !== undefined) return 'gone';
    const isTooLarge = error instanceof SourceFailed && error.cause instanceof AnswerTooLarge;
    if (isTooLarge && query.limit > SMALLEST_PAGE) return 'too large';
    throw error;
  }
}
