import type { V1ListMeta, V1ObjectMeta } from '@kubernetes/client-node';
import type { Cluster } from './cluster.adapter.js';
import { clipped, compact, cut, headOf, isoOf, type Told } from './facts.js';

/** Where a list goes on is a short text. */
const LONGEST_TOKEN = 8_192;

/** Which objects of a kind; without a namespace those of all. */
export interface Scope {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface PageQuery extends Scope {
  readonly limit: number;
  readonly _continue?: string;
}

/** One object of a list. */
export interface Row {
  readonly told: Told;
  /** For counting; undefined where there is nothing to count by. */
  readonly state: string | undefined;
  /** Bigger ones are shown first. */
  readonly rank: number;
}

export interface Page {
  readonly rows: Row[];
  /** Where the list goes on. */
  readonly next: string | undefined;
}

/** One kind of object, and how it is read. */
export interface Resource {
  readonly isNamespaced: boolean;
  page(cluster: Cluster, query: PageQuery): Promise<Page>;
  /** Undefined where objects of this kind are not told one by one. */
  read: ((cluster: Cluster, name: string, namespace: string) => Promise<Told>) | undefined;
}

type Listed<T> = Promise<{ items: T[]; metadata?: V1ListMeta }>;

interface Kind<T> {
  /** Absent where objects of this kind belong to no namespace. */
  readonly list?: (cluster: Cluster, query: PageQuery & { namespace: string }) => Listed<T>;
  readonly listAll: (cluster: Cluster, query: PageQuery) => Listed<T>;
  readonly read?: (cluster: Cluster, id: { name: string; namespace: string }) => Promise<T>;
  /** In a list, where that is not the same as by itself. */
  readonly row?: (object: T) => Told;
  readonly told?: (object: T) => Told;
  readonly state?: (object: T) => string | undefined;
  readonly rank?: (object: T) => number;
}

/** Makes a kind of objects readable. */
export function resource<T extends { metadata?: V1ObjectMeta }>(kind: Kind<T>): Resource {
  const row = kind.row ?? kind.told ?? nameOnly;
  const told = kind.told ?? row;
  const stateOf = (object: T): string | undefined => {
    const state = kind.state?.(object);
    return state ? cut(state, 80) : undefined;
  };
  const rowOf = (object: T): Row => ({
    ...{ told: clipped(row(object)), state: stateOf(object), rank: kind.rank?.(object) ?? 0 },
  });
  // A list of nothing may be written as null.
  const rowsOf = (items: T[] | null): Row[] => (items ?? noList(items)).map(rowOf);
  const { read } = kind;
  return {
    isNamespaced: kind.list !== undefined,
    async page(cluster, { namespace, ...query }) {
      const asked = namespace !== undefined && kind.list;
      const page = await (asked ? asked(cluster, { ...query, namespace }) : kind.listAll(cluster, query));
      const next = page.metadata?._continue || undefined;
      if ((next?.length ?? 0) > LONGEST_TOKEN) throw new TypeError('No place to go on was answered.');
      return { rows: rowsOf(page.items), next };
    },
    read:
      read &&
      (async (cluster, name, namespace) => {
        const object = await read(cluster, { name, namespace });
        if (object.metadata?.name !== name) throw new TypeError('Another object was answered.');
        return clipped(told(object));
      }),
  };
}

function noList(items: null | undefined): never[] {
  if (items === undefined) throw new TypeError('No list was answered.');
  return [];
}

function nameOnly({ metadata }: { metadata?: V1ObjectMeta }): Told {
  return compact({ ...headOf(metadata), created: isoOf(metadata?.creationTimestamp) });
}
