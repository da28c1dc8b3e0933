import type { Clock } from '../../../platform/clock/clock.js';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import { momentOf } from '../moments.js';
import { asAnswered, type Cluster, ClusterRefused, openCluster } from './cluster.adapter.js';
import { cut } from './facts.js';
import { podLogs } from './pod-logs.js';
import { getObject, listObjects } from './read-objects.js';
import { RESOURCE_KINDS, RESOURCES, type ResourceKind } from './resources.js';
import { usageOf } from './usage.js';

const ACTIONS = ['list', 'get', 'logs', 'top'] as const;
const KINDS = ['kubernetes'] as const;
const USUAL_ITEMS = 30;
const MOST_ITEMS = 200;
const USUAL_LINES = 200;
const MOST_LINES = 2_000;
/** Pages are asked for a while, and the last one takes its time. */
const TIMEOUT_MS = 45_000;
const NOT_FOUND = 404;
const EVERYWHERE = '*';
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

interface K8sReadInput {
  source?: string;
  action: (typeof ACTIONS)[number];
  kind?: ResourceKind;
  name?: string;
  namespace?: string;
  labels?: string;
  fields?: string;
  container?: string;
  previous?: boolean;
  since?: string;
  limit?: number;
}

/** An input with what was left out; a namespace that is undefined means all of them. */
type Wanted = K8sReadInput & { kind: ResourceKind; sinceSeconds?: number };

/** Looks into a Kubernetes cluster. */
export function k8sRead(sources: ToolSources, outbound: Outbound, clock: Clock): AgentTool<K8sReadInput> {
  return {
    name: 'k8s_read',
    description:
      'Looks into a Kubernetes cluster and changes nothing. `list`: objects of a kind, counted by state, those in trouble first. `get`: one of them with its last events; of a pod each container with state, restarts, last end (such as OOMKilled with exit code) and limits. `logs`: the last lines of a container, or with `previous` of the one before the last restart. `top`: what pods or nodes use now. Secrets are never read, of ConfigMaps only names.',
    parameters: {
      type: 'object',
      properties: {
        source: { type: 'string', maxLength: 63, description: 'Which cluster; not needed when there is one only.' },
        action: { type: 'string', enum: ACTIONS },
        kind: { type: 'string', enum: RESOURCE_KINDS, description: '`pods` when left out. For top pods or nodes.' },
        name: { type: 'string', maxLength: 253, description: 'Of get and logs: which one.' },
        namespace: {
          type: 'string',
          maxLength: 63,
          description: 'The namespace; `*` for all. When left out that of the source, or for lists all of them.',
        },
        labels: {
          type: 'string',
          maxLength: 500,
          description: 'Of list and top: a label selector, such as `app=web`.',
        },
        fields: {
          type: 'string',
          maxLength: 500,
          description: 'Of list: a field selector, such as `spec.nodeName=node-1`, or of events `type=Warning`.',
        },
        container: { type: 'string', maxLength: 63, description: 'Of logs: which one, where the pod has several.' },
        previous: { type: 'boolean', description: 'Of logs: of the container before the last restart.' },
        since: { type: 'string', maxLength: 40, description: 'Of logs: from when, `15m` or ISO 8601.' },
        limit: {
          type: 'integer',
          description: `How many objects (${USUAL_ITEMS} when left out, at most ${MOST_ITEMS}) or lines (${USUAL_LINES}, at most ${MOST_LINES}).`,
        },
      },
      required: ['action'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Look into Kubernetes', zh: '查看 Kubernetes' },
    sourceKinds: KINDS,
    timeoutMs: TIMEOUT_MS,

    run: (input, { signal }) =>
      resultFrom(
        async () => {
          const source = sources.open(KINDS, input.source);
          const wanted = wantedOf(input, source.settings.database, clock.now().getTime());
          if (typeof wanted === 'string') return { status: 'error', message: wanted };
          const cluster = await openCluster(outbound, source, signal);
          // Of logs fewer lines may have been asked for in the end; of lists the first page says it all.
          const query = () => cluster.asked.at(wanted.action === 'logs' ? -1 : 0) ?? '';
          const about = () => ({ query: cut(query(), 600), source: source.name });
          try {
            return { ...(await asAnswered(source, () => answerOf(cluster, wanted))), ...about() };
          } catch (error) {
            if (!(error instanceof ClusterRefused)) throw error;
            return { status: 'error', message: sentenceOf(error, input), ...about() };
          }
        },
        { signal },
      ),
  };
}

function answerOf(cluster: Cluster, wanted: Wanted): Promise<ToolResult> {
  const { action, kind, name = '', namespace, labels, fields, container, previous, sinceSeconds } = wanted;
  const scope = { namespace, labelSelector: labels || undefined, fieldSelector: fields || undefined };
  const limit = (usual: number, most: number): number => Math.min(Math.max(1, wanted.limit ?? usual), most);
  if (action === 'list') return listObjects(cluster, kind, scope, limit(USUAL_ITEMS, MOST_ITEMS));
  if (action === 'get') return getObject(cluster, kind, name, namespace ?? '');
  if (action === 'logs') {
    const tailLines = limit(USUAL_LINES, MOST_LINES);
    return podLogs(cluster, { name, namespace: namespace ?? '', container, previous, sinceSeconds, tailLines });
  }
  return usageOf(cluster, kind === 'nodes' ? 'nodes' : 'pods', scope, limit(USUAL_ITEMS, MOST_ITEMS));
}

/** Who looks in the wrong namespace is told what to do next. */
function sentenceOf({ message, status }: ClusterRefused, { action, kind = 'pods' }: K8sReadInput): string {
  const isLost = status === NOT_FOUND && (action === 'get' || action === 'logs');
  return isLost ? `${message}. List ${kind} with the namespace * to find it.` : message;
}

/** @returns a sentence when the input makes no sense */
function wantedOf(input: K8sReadInput, usual: string | undefined, nowMs: number): Wanted | string {
  const { action, kind = 'pods', name, container } = input;
  const { isNamespaced, read } = RESOURCES[kind];
  const isOfOne = action === 'get' || action === 'logs';
  if (isOfOne && !name) return `name is missing: say which one, or list ${kind} first.`;
  if (isOfOne && name && !NAME.test(name)) return `name is no name of an object: ${cut(name, 80)}`;
  if (action === 'get' && !read) return `${kind} can only be listed.`;
  if (action === 'logs' && kind !== 'pods') return 'Only pods have logs: list the pods first, by their labels.';
  if (action === 'top' && kind !== 'pods' && kind !== 'nodes') return 'top knows pods and nodes only.';
  if (container !== undefined && !NAMESPACE.test(container)) return 'container is no name of a container.';
  if (isOfOne && input.namespace === EVERYWHERE) return 'namespace must be that of the object; list shows it.';
  const namespace = namespaceOf(input.namespace || usual, isNamespaced, isOfOne);
  if (namespace !== undefined && !NAMESPACE.test(namespace)) return 'namespace is no name of a namespace.';
  const since = momentOf(input.since, nowMs);
  if (Number.isNaN(since)) return 'since is no time: write `15m`, `2h`, or ISO 8601.';
  const sinceSeconds = since === undefined ? undefined : Math.max(1, Math.ceil((nowMs - since) / 1000));
  return { ...input, kind, namespace, sinceSeconds };
}

/** One object is looked for in one namespace, as kubectl does; lists go through all where none is named. */
function namespaceOf(named: string | undefined, isNamespaced: boolean, isOfOne: boolean): string | undefined {
  if (!isNamespaced) return undefined;
  if (named !== undefined && named !== EVERYWHERE) return named;
  return isOfOne ? 'default' : undefined;
}
