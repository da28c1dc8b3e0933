import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Workspace } from './workspace.ts';

const NAMESPACE = 'shop';

/** What a cluster has, as Kubernetes writes its objects. */
export interface Cluster {
  readonly pods: readonly Pod[];
  readonly events: readonly object[];
  /** Of the containers that run, and of those that ran before, by pod. */
  readonly logs: Readonly<Record<string, string>>;
  readonly previousLogs: Readonly<Record<string, string>>;
}

export interface Pod {
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/**
 * Starts a STAND-IN for a cluster's API server, for no Debian package has one: it answers what is documented at
 * kubernetes.io/docs/reference/kubernetes-api, refuses whoever brings no token and whatever changes something.
 */
export async function startCluster(workspace: Workspace, cluster: Cluster): Promise<void> {
  const token = randomBytes(16).toString('hex');
  const port = await workspace.serve((request, response) => answer(request, response, cluster, token));
  workspace.sources.push({
    ...{ name: 'shop-cluster', kind: 'kubernetes', description: 'The cluster of the shop' },
    settings: { url: `http://127.0.0.1:${port}`, database: NAMESPACE },
    secrets: { token },
  });
}

function answer(request: IncomingMessage, response: ServerResponse, cluster: Cluster, token: string): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cluster');
  if (request.headers.authorization !== `Bearer ${token}`) return refuse(response, 401, 'Unauthorized', 'Unauthorized');
  if (request.method !== 'GET') return refuse(response, 405, 'MethodNotAllowed', 'This account may only read.');
  const [, namespace, kind, name, part] =
    /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?(pods|events)(?:\/([^/]+))?(?:\/(log))?$/.exec(pathname) ?? [];
  if (pathname === '/version') return send(response, { major: '1', minor: '34', gitVersion: 'v1.34.1' });
  if (kind === undefined) return refuse(response, 404, 'NotFound', 'the server could not find the requested resource');
  if (namespace !== undefined && namespace !== NAMESPACE) return sendList(response, kind, []);
  if (kind === 'events') return sendList(response, kind, eventsFor(cluster, searchParams.get('fieldSelector')));
  if (name === undefined) return sendList(response, kind, cluster.pods);
  const pod = cluster.pods.find(({ metadata }) => metadata.name === name);
  if (!pod) return refuse(response, 404, 'NotFound', `pods "${name}" not found`);
  if (part === undefined) return send(response, { apiVersion: 'v1', kind: 'Pod', ...pod });
  const logs = searchParams.get('previous') === 'true' ? cluster.previousLogs : cluster.logs;
  response.writeHead(200, { 'content-type': 'text/plain' }).end(logs[name] ?? '');
}

/** Of selectors, `involvedObject.name` only. */
function eventsFor({ events }: Cluster, selector: string | null): readonly object[] {
  const name = /involvedObject\.name=([^,]+)/.exec(selector ?? '')?.[1];
  return name === undefined ? events : events.filter((event) => JSON.stringify(event).includes(`"name":"${name}"`));
}

function sendList(response: ServerResponse, kind: string, items: readonly object[]): void {
  const list = kind === 'pods' ? 'PodList' : 'EventList';
  send(response, { apiVersion: 'v1', kind: list, metadata: { resourceVersion: '1' }, items });
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  send(response, { apiVersion: 'v1', kind: 'Status', status: 'Failure', code, reason, message }, code);
}

function send(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
