import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object of Kubernetes, as its API writes it. */
export interface KubernetesObject {
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; [field: string]: unknown };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** What a container wrote: `line` with its moment, the oldest first. */
export interface LogLine {
  readonly at: string;
  readonly line: string;
}

export interface KubernetesWorld {
  /** Objects by resource, such as `pods`. */
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** Lines by `namespace/pod/container`, and by that with `/previous`. */
  readonly logs?: Readonly<Record<string, readonly LogLine[]>>;
  /** What metrics-server has measured; without it there is none. */
  readonly metrics?: Readonly<Record<'pods' | 'nodes', readonly KubernetesObject[]>>;
  readonly token: string;
  /** Resources that the token may not read. */
  readonly forbidden?: readonly string[];
  /** Whether the second page of a list comes too late. */
  readonly expires?: boolean;
}

interface Served {
  readonly kind: string;
  readonly isNamespaced: boolean;
  readonly fields?: readonly string[];
}

const GROUPS: Readonly<Record<string, Readonly<Record<string, Served>>>> = {
  '/api/v1': {
    pods: { kind: 'Pod', isNamespaced: true, fields: ['spec.nodeName', 'status.phase'] },
    services: { kind: 'Service', isNamespaced: true },
    endpoints: { kind: 'Endpoints', isNamespaced: true },
    configmaps: { kind: 'ConfigMap', isNamespaced: true },
    secrets: { kind: 'Secret', isNamespaced: true },
    events: {
      kind: 'Event',
      isNamespaced: true,
      fields: ['involvedObject.name', 'involvedObject.kind', 'type', 'reason'],
    },
    persistentvolumeclaims: { kind: 'PersistentVolumeClaim', isNamespaced: true },
    namespaces: { kind: 'Namespace', isNamespaced: false },
    nodes: { kind: 'Node', isNamespaced: false },
  },
  '/apis/apps/v1': {
    deployments: { kind: 'Deployment', isNamespaced: true },
    statefulsets: { kind: 'StatefulSet', isNamespaced: true },
    daemonsets: { kind: 'DaemonSet', isNamespaced: true },
  },
  '/apis/batch/v1': { jobs: { kind: 'Job', isNamespaced: true }, cronjobs: { kind: 'CronJob', isNamespaced: true } },
  '/apis/networking.k8s.io/v1': { ingresses: { kind: 'Ingress', isNamespaced: true } },
  '/apis/autoscaling/v2': { horizontalpodautoscalers: { kind: 'HorizontalPodAutoscaler', isNamespaced: true } },
};
const METRICS = '/apis/metrics.k8s.io/v1beta1';
const LIST_PARAMETERS = ['limit', 'continue', 'labelSelector', 'fieldSelector'];
const LOG_PARAMETERS = ['container', 'previous', 'tailLines', 'sinceSeconds', 'limitBytes', 'timestamps'];
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

class Refused extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

/**
 * Answers as the API server of Kubernetes is documented to (kubernetes.io/docs/reference/kubernetes-api and
 * using-api/api-concepts), to GET only, and refuses what is not documented.
 */
export class KubernetesStandIn {
  /** Every request, as path and query. */
  readonly asked: string[] = [];
  private readonly server: Server;
  private readonly world: KubernetesWorld;

  private constructor(world: KubernetesWorld) {
    this.world = world;
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(world: KubernetesWorld): Promise<KubernetesStandIn> {
    const cluster = new KubernetesStandIn(world);
    await new Promise<void>((resolve) => cluster.server.listen(0, '127.0.0.1', resolve));
    return cluster;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://kubernetes');
    this.asked.push(url.pathname + url.search);
    try {
      if (request.headers.authorization !== `Bearer ${this.world.token}`) {
        throw new Refused(401, 'Unauthorized', 'Unauthorized');
      }
      if (request.method !== 'GET') throw new Refused(405, 'MethodNotAllowed', 'the server does not allow this method');
      const body = this.bodyOf(url, request.headers.accept ?? '');
      if (body === undefined) end(response, 404, 'text/plain; charset=utf-8', '404 page not found\n');
      else if (typeof body === 'string') end(response, 200, 'text/plain', body);
      else end(response, 200, 'application/json', JSON.stringify(body));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      end(response, error.status, 'application/json', JSON.stringify(statusOf(error)));
    }
  }

  private bodyOf({ pathname, searchParams: query }: URL, accept: string): unknown {
    if (pathname === '/version') return { major: '1', minor: '33', gitVersion: 'v1.33.1' };
    if (pathname.startsWith(`${METRICS}/`)) return this.usage(pathname.slice(METRICS.length), query);
    const group = Object.keys(GROUPS).find((prefix) => pathname.startsWith(`${prefix}/`));
    const [, namespace, resource = '', name, sub] =
      /^(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(pathname.slice(group?.length)) ?? [];
    const served = GROUPS[group ?? '']?.[resource];
    if (group === undefined || !served || (namespace !== undefined && !served.isNamespaced)) return undefined;
    this.checkRights(resource, name === undefined ? 'list' : 'get', group, namespace);
    if (name === undefined) return this.list(`${group}/${resource}`, served, namespace, query, accept);
    if (served.isNamespaced && namespace === undefined) return undefined;
    if (sub === 'log' && resource === 'pods') return this.log(String(namespace), name, query);
    if (sub !== undefined) return undefined;
    checkParameters(query, []);
    return { apiVersion: versionOf(group), kind: served.kind, ...this.find(resource, name, namespace) };
  }

  private checkRights(resource: string, verb: string, group: string, namespace: string | undefined): void {
    if (!this.world.forbidden?.includes(resource)) return;
    const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
    const of = group === '/api/v1' ? '' : (group.split('/')[2] ?? '');
    throw new Refused(
      403,
      'Forbidden',
      `${resource} is forbidden: User "system:serviceaccount:ops:reader" cannot ${verb} resource "${resource}" in API group "${of}" ${where}`,
    );
  }

  private list(path: string, served: Served, namespace: string | undefined, query: URLSearchParams, accept: string) {
    checkParameters(query, LIST_PARAMETERS);
    const [resource = '', group] = [path.split('/').at(-1), path.slice(0, path.lastIndexOf('/'))];
    const chosen = (this.world.objects[resource] ?? [])
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .filter(labelTest(query.get('labelSelector') ?? ''))
      .filter(fieldTest(query.get('fieldSelector') ?? '', served));
    const from = this.offsetOf(query.get('continue'));
    const limit = wholeNumber(query, 'limit') ?? chosen.length;
    const items = chosen.slice(from, from + limit);
    const left = chosen.length - from - items.length;
    const more = left > 0 ? { continue: tokenOf(from + limit), remainingItemCount: left } : {};
    const metadata = { resourceVersion: '4711', ...more };
    if (accept.startsWith(METADATA_ONLY)) {
      const named = items.map((item) => ({ metadata: item.metadata }));
      return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: named };
    }
    return { kind: `${served.kind}List`, apiVersion: versionOf(group), metadata, items };
  }

  private offsetOf(token: string | null): number {
    if (token === null) return 0;
    if (this.world.expires) {
      throw new Refused(
        410,
        'Expired',
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
      );
    }
    const { start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { start: number };
    return start;
  }

  private find(resource: string, name: string, namespace: string | undefined): KubernetesObject {
    const found = (this.world.objects[resource] ?? []).find(
      ({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace),
    );
    if (!found) throw new Refused(404, 'NotFound', `${resource} "${name}" not found`);
    return found;
  }

  private log(namespace: string, name: string, query: URLSearchParams): string {
    checkParameters(query, LOG_PARAMETERS);
    const pod = this.find('pods', name, namespace);
    const containers = (pod.spec?.['containers'] as { name: string }[]).map((one) => one.name);
    const [only] = containers;
    if (!query.has('container') && containers.length > 1) {
      const choice = containers.join(' ');
      throw new Refused(
        400,
        'BadRequest',
        `a container name must be specified for pod ${name}, choose one of: [${choice}]`,
      );
    }
    const container = query.get('container') ?? String(only);
    if (!containers.includes(container)) {
      throw new Refused(400, 'BadRequest', `container ${container} is not valid for pod ${name}`);
    }
    const isPrevious = query.get('previous') === 'true';
    const lines = this.world.logs?.[`${namespace}/${name}/${container}${isPrevious ? '/previous' : ''}`];
    if (isPrevious && !lines) {
      throw new Refused(400, 'BadRequest', `previous terminated container "${container}" in pod "${name}" not found`);
    }
    return written(lines ?? [], query);
  }

  private usage(path: string, query: URLSearchParams): unknown {
    if (!this.world.metrics) return undefined;
    checkParameters(query, ['labelSelector']);
    const [, namespace, resource] = /^(?:\/namespaces\/([^/]+))?\/(pods|nodes)$/.exec(path) ?? [];
    if (resource !== 'pods' && resource !== 'nodes') return undefined;
    const items = this.world.metrics[resource]
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      .filter(labelTest(query.get('labelSelector') ?? ''));
    const kind = resource === 'pods' ? 'PodMetricsList' : 'NodeMetricsList';
    return { kind, apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items };
  }
}

/** Source: kubernetes.io/docs/reference/kubernetes-api/common-definitions/status */
function statusOf({ status: code, reason, message }: Refused): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/** `limitBytes` ends the output where it is reached, so that the newest lines are the ones that are missing. */
function written(lines: readonly LogLine[], query: URLSearchParams): string {
  const since = wholeNumber(query, 'sinceSeconds');
  const tail = wholeNumber(query, 'tailLines');
  const recent = lines.filter(({ at }) => since === undefined || Date.parse(at) >= Date.now() - since * 1000);
  const last = tail === undefined ? recent : recent.slice(Math.max(0, recent.length - tail));
  const isStamped = query.get('timestamps') === 'true';
  const text = last.map(({ at, line }) => `${isStamped ? `${at} ` : ''}${line}\n`).join('');
  return Buffer.from(text)
    .subarray(0, wholeNumber(query, 'limitBytes') ?? text.length * 4)
    .toString();
}

function labelTest(selector: string): (object: KubernetesObject) => boolean {
  const tests = selector === '' ? [] : selector.split(',').map(labelRequirement);
  return ({ metadata: { labels = {} } }) => tests.every((test) => test(labels));
}

function labelRequirement(text: string): (labels: Record<string, string>) => boolean {
  const [, name = '', sign, value = ''] = /^([A-Za-z0-9./_-]+)(?:(==|=|!=)([A-Za-z0-9._-]*))?$/.exec(text.trim()) ?? [];
  if (name === '') throw new Refused(400, 'BadRequest', `unable to parse requirement: ${text}`);
  if (sign === undefined) return (labels) => name in labels;
  return (labels) => (labels[name] === value) === (sign !== '!=');
}

function fieldTest(selector: string, { fields = [] }: Served): (object: KubernetesObject) => boolean {
  const tests = (selector === '' ? [] : selector.split(',')).map((text) => {
    const [, path = '', sign, value] = /^([A-Za-z.]+)(==|=|!=)(.*)$/.exec(text) ?? [];
    if (!['metadata.name', 'metadata.namespace', ...fields].includes(path)) {
      throw new Refused(400, 'BadRequest', `field label not supported: ${path}`);
    }
    return (object: KubernetesObject) => (valueAt(object, path) === value) === (sign !== '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce((at, name) => (at as Record<string, unknown> | undefined)?.[name], object);
}

function checkParameters(query: URLSearchParams, known: readonly string[]): void {
  const strange = [...query.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) throw new Refused(400, 'BadRequest', `this parameter is not documented: ${strange}`);
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw new Refused(400, 'BadRequest', `strconv.ParseInt: parsing "${text}": invalid syntax`);
  return Number(text);
}

function tokenOf(start: number): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 4711, start })).toString('base64url');
}

function versionOf(group: string): string {
  return group.replace(/^\/apis?\//, '');
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}
