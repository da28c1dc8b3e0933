import type { ToolResult } from '../agent-tool.js';
import { type Cluster, ClusterRefused } from './cluster.adapter.js';
import { clipped, headOf, type Told } from './facts.js';
import type { Scope } from './resource.js';

interface Usage {
  readonly cpu?: string;
  readonly memory?: string;
}

/** Source: github.com/kubernetes/metrics, pkg/apis/metrics/v1beta1/types.go */
interface Measured {
  readonly metadata?: { name?: string; namespace?: string };
  readonly timestamp?: string;
  readonly usage?: Usage;
  readonly containers?: readonly { name: string; usage: Usage }[] | null;
}

const API = { group: 'metrics.k8s.io', version: 'v1beta1' };
const SUFFIXES: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};
const NOT_FOUND = 404;
const NOT_SERVED = 'This cluster measures no usage: metrics-server is not installed.';

/** What pods or nodes use at present, those that use most memory first. */
export async function usageOf(
  cluster: Cluster,
  kind: 'pods' | 'nodes',
  { namespace, labelSelector }: Scope,
  limit: number,
): Promise<ToolResult> {
  const items = await measured(cluster, kind, namespace, labelSelector);
  if (items === undefined) return { status: 'no_data', message: NOT_SERVED };
  if (items.length === 0) return { status: 'no_data', message: `Nothing is measured of such ${kind}.` };
  const sorted = items.map((item) => ({ item, memory: sum(item, 'memory') })).sort((a, b) => b.memory - a.memory);
  const shown = sorted.slice(0, limit).map(({ item }) => usageTold(item));
  const message =
    items.length > shown.length ? `The ${shown.length} of ${items.length} that use most memory.` : undefined;
  return { status: 'ok', kind, total: items.length, ...(message && { message }), items: shown };
}

async function measured(
  { custom }: Cluster,
  plural: string,
  namespace: string | undefined,
  labelSelector: string | undefined,
): Promise<readonly Measured[] | undefined> {
  const asked = { ...API, plural, ...(labelSelector && { labelSelector }) };
  try {
    const answer: unknown = await (namespace === undefined
      ? custom.listClusterCustomObject(asked)
      : custom.listNamespacedCustomObject({ ...asked, namespace }));
    const { items } = answer as { items?: unknown };
    if (!Array.isArray(items)) throw new TypeError('No list was answered.');
    return items as readonly Measured[];
  } catch (error) {
    if (error instanceof ClusterRefused && error.status === NOT_FOUND) return undefined;
    throw error;
  }
}

function usageTold(item: Measured): Told {
  const containers = item.containers ?? [];
  return clipped({
    ...headOf(item.metadata),
    ...{ cpu: cores(sum(item, 'cpu')), memory: mebibytes(sum(item, 'memory')) },
    ...(containers.length > 1 && {
      containers: containers.map(({ name, usage }) => {
        const [cpu, memory] = [quantityOf(usage.cpu), quantityOf(usage.memory)];
        return `${name}: ${cores(cpu)}, ${mebibytes(memory)}`;
      }),
    }),
    at: item.timestamp,
  });
}

function sum({ usage, containers }: Measured, of: keyof Usage): number {
  return usage ? quantityOf(usage[of]) : (containers ?? []).reduce((all, one) => all + quantityOf(one.usage[of]), 0);
}

/** Source: kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity */
export function quantityOf(text: string | undefined): number {
  const [, number, suffix = ''] = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]{0,2})$/.exec(text ?? '') ?? [];
  return number === undefined ? 0 : Number(number) * (SUFFIXES[suffix] ?? 0);
}

function cores(count: number): string {
  return `${Math.round(count * 1000)}m`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
