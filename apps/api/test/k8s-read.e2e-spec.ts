import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AgentTool, ToolResult } from '../src/agent/tools/agent-tool.js';
import { problemWith } from '../src/agent/tools/check-input.js';
import { ToolRegistry } from '../src/agent/tools/tool-registry.js';
import { ConsoleServer } from './support/console.js';
import { crashingPod, eventOf, outOfMemoryPod, pendingPod, runningPod } from './support/kubernetes-pods.js';
import { type KubernetesObject, KubernetesStandIn, type KubernetesWorld } from './support/kubernetes-stand-in.js';
import { aToolContext } from './support/tool-context.js';

type Result = ToolResult & { items: Record<string, unknown>[]; object: Record<string, unknown>; text: string };

const AT = '2026-11-20T08:00:00Z';
const TOKEN = 'token-of-a-service-account';
const cart = outOfMemoryPod({ name: 'cart-1', app: 'cart' });
const pair: KubernetesObject = {
  metadata: { name: 'pair', namespace: 'ops' },
  spec: { containers: [{ name: 'a' }, { name: 'b' }] },
  status: { phase: 'Running', containerStatuses: [] },
};
const lines = (count: number, length = 10) =>
  Array.from({ length: count }, (_, at) => ({ at: AT, line: `${at} ${'x'.repeat(length)}` }));

const WORLD: KubernetesWorld = {
  token: TOKEN,
  forbidden: ['nodes', 'secrets'],
  objects: {
    pods: [
      runningPod({ name: 'web-1', app: 'web' }),
      crashingPod({ name: 'web-2', app: 'web', node: 'node-2' }),
      cart,
      pendingPod({ name: 'search-1' }),
      pair,
      ...Array.from({ length: 600 }, (_, at) =>
        runningPod({ name: `many-${at}`, namespace: 'many', restarts: at % 7 }),
      ),
      outOfMemoryPod({ name: 'many-last', namespace: 'many', memoryLimit: '64Mi' }),
    ],
    deployments: [
      {
        metadata: { name: 'web', namespace: 'shop', annotations: { 'kubectl.kubernetes.io/last-applied': 'hunter2' } },
        spec: {
          ...{ replicas: 2, selector: { matchLabels: { app: 'web' } } },
          template: { spec: { containers: [{ name: 'app', image: 'web:1', env: [{ name: 'P', value: 'hunter2' }] }] } },
        },
        status: {
          readyReplicas: 1,
          conditions: [{ type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' }],
        },
      },
    ],
    configmaps: [{ metadata: { name: 'settings', namespace: 'shop' }, data: { password: 'hunter2' } }],
    secrets: [{ metadata: { name: 'password', namespace: 'shop' }, data: { password: 'aHVudGVyMg==' } }],
    events: [
      eventOf(cart, { reason: 'BackOff', message: 'Back-off restarting failed container app', count: 31 }),
      eventOf(cart, { reason: 'Pulled', type: 'Normal', lastTimestamp: '2026-11-20T07:00:00Z' }),
      eventOf(pair, { reason: 'Unhealthy' }),
      // As newer components write them.
      eventOf(pair, {
        ...{ reason: 'FailedScheduling', firstTimestamp: null, lastTimestamp: null, count: undefined },
        ...{ eventTime: '2026-11-20T09:00:00.123456Z', source: {}, reportingComponent: 'default-scheduler' },
      }),
    ],
    services: [
      {
        metadata: { name: 'web', namespace: 'shop' },
        spec: { type: 'ClusterIP', ports: [{ port: 80, targetPort: 'http' }] },
      },
    ],
    endpoints: [
      {
        metadata: { name: 'web', namespace: 'shop' },
        subsets: [{ notReadyAddresses: [{ ip: '10.1.0.7' }], ports: [{ port: 80 }] }],
      },
    ],
    namespaces: [{ metadata: { name: 'shop' }, status: { phase: 'Active' } }],
  },
  logs: {
    'shop/cart-1/app': lines(3),
    'shop/cart-1/app/previous': [{ at: AT, line: 'java.lang.OutOfMemoryError: Java heap space' }],
    'shop/web-1/app': lines(3_000, 2_000),
    'shop/web-2/app': [],
  },
  metrics: {
    pods: [
      {
        metadata: { name: 'web-1', namespace: 'shop' },
        timestamp: AT,
        containers: [{ name: 'app', usage: { cpu: '1500000n', memory: '64Mi' } }],
      },
      {
        metadata: { name: 'cart-1', namespace: 'shop' },
        timestamp: AT,
        containers: [{ name: 'app', usage: { cpu: '250m', memory: '262144Ki' } }],
      },
    ],
    nodes: [],
  },
};

describe('k8s_read', () => {
  let server: ConsoleServer;
  let cluster: KubernetesStandIn;
  let unmeasured: KubernetesStandIn;
  let hostile: Server;
  let answer: RequestListener;

  beforeAll(async () => {
    cluster = await KubernetesStandIn.start(WORLD);
    const services = Array.from({ length: 300 }, (_, at) => ({ metadata: { name: `s-${at}`, namespace: 'shop' } }));
    unmeasured = await KubernetesStandIn.start({
      ...WORLD,
      ...{ objects: { ...WORLD.objects, services }, metrics: undefined, forbidden: ['pods', 'events'], expires: true },
    });
    hostile = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
    server = await ConsoleServer.start();
    const secrets = { token: TOKEN };
    for (const [name, settings] of Object.entries({
      prod: { url: cluster.url },
      shop: { url: cluster.url, database: 'shop' },
      old: { url: unmeasured.url },
      hostile: { url: `http://127.0.0.1:${(hostile.address() as AddressInfo).port}/k8s` },
    })) {
      await server.call('POST', '/api/tool-sources', { name, kind: 'kubernetes', settings, secrets });
    }
    const ended = { name: 'ended', kind: 'kubernetes', settings: { url: cluster.url }, secrets: { token: 'of-old' } };
    await server.call('POST', '/api/tool-sources', ended);
  });

  afterAll(async () => {
    await server.close();
    cluster.close();
    unmeasured.close();
    hostile.closeAllConnections();
    hostile.close();
  });

  const call = (input: object, signal = new AbortController().signal) => {
    const tool = server.app.app.get(ToolRegistry).find('k8s_read') as AgentTool;
    const whole = { source: 'prod', ...input };
    expect(problemWith(whole, tool.parameters)).toBeUndefined();
    return tool.run(whole, aToolContext({ signal })) as Promise<Result>;
  };

  it('tests its source by what needs the token', async () => {
    const test = async (settings: object, token: string) => {
      const source = { name: `k-${crypto.randomUUID()}`, kind: 'kubernetes', settings, secrets: { token } };
      const { id } = await server.call<{ id: string }>('POST', '/api/tool-sources', source);
      return server.call('POST', `/api/tool-sources/${id}/test`, {}, 200);
    };
    expect(await test({ url: cluster.url, database: 'shop' }, TOKEN)).toMatchObject({
      ...{ ok: true, detail: 'Kubernetes v1.33.1; pods of shop can be read.' },
    });
    expect(await test({ url: cluster.url }, 'another')).toMatchObject({ ok: false, fault: 'authentication' });
    expect(await test({ url: unmeasured.url }, TOKEN)).toMatchObject({
      ...{
        ok: false,
        fault: 'authentication',
        detail: expect.stringContaining('cannot list resource "pods"') as string,
      },
    });
    const refused = { name: 'k', kind: 'kubernetes', settings: { url: cluster.url, database: '../secrets' } };
    await server.call('POST', '/api/tool-sources', refused, 400);
  });

  it('lists pods, those in trouble first, with why', async () => {
    const found = await call({ action: 'list', namespace: 'shop' });
    expect(found).toMatchObject({
      ...{ status: 'ok', source: 'prod', kind: 'pods', total: 4 },
      query: 'GET /api/v1/namespaces/shop/pods?limit=100',
      by_state: { CrashLoopBackOff: 2, Running: 1, Pending: 1 },
    });
    expect(found.items.map(({ name }) => name)).toEqual(['web-2', 'cart-1', 'search-1', 'web-1']);
    expect(found.items[1]).toMatchObject({
      ...{ state: 'CrashLoopBackOff', ready: '0/1', restarts: 7, node: 'node-1' },
      last_ends: ['app: OOMKilled, exit 137, at 2026-11-20T08:00:00Z after 41 s, memory limit 256Mi'],
    });
    expect(found.items[2]).toMatchObject({
      state: 'Pending',
      why: expect.stringContaining('Insufficient memory') as string,
    });
  });

  it('counts all of a long list, and finds the one in trouble at its end', async () => {
    const found = await call({ action: 'list', namespace: 'many', limit: 2 });
    expect(found).toMatchObject({ total: 601, by_state: { Running: 600, CrashLoopBackOff: 1 } });
    expect(found.items.map(({ name, restarts }) => [name, restarts])).toEqual([
      ['many-last', 7],
      ['many-6', 6],
    ]);
    expect(found.message).toContain('2 of 601');
  });

  it('narrows by labels, fields and the namespace of the source', async () => {
    expect(await call({ action: 'list', labels: 'app=web', fields: 'spec.nodeName=node-2' })).toMatchObject({
      items: [{ name: 'web-2' }],
    });
    expect(await call({ source: 'shop', action: 'list' })).toMatchObject({ total: 4 });
    expect(await call({ source: 'shop', action: 'list', namespace: '*' })).toMatchObject({ total: 606 });
    expect(await call({ action: 'list', namespace: 'nowhere' })).toMatchObject({ status: 'no_data' });
    const wrong = await call({ action: 'list', fields: 'spec.colour=red' });
    expect(wrong).toMatchObject({
      status: 'error',
      message: expect.stringContaining('field label not supported') as string,
    });
  });

  it('tells one pod with its limits, its last end and its events', async () => {
    const { object, events } = await call({ action: 'get', name: 'cart-1', namespace: 'shop' });
    expect(object).toMatchObject({
      ...{ name: 'cart-1', phase: 'Running', qos: 'Burstable', owner: ['ReplicaSet/cart-7d4b9'] },
      conditions: ['Ready=False ContainersNotReady: containers with unready status: [app]'],
      containers: [
        {
          ...{ name: 'app', restarts: 7, limits: { memory: '256Mi' } },
          state: 'waiting: CrashLoopBackOff: back-off 5m0s restarting failed container=app pod=cart-1',
          last_end: 'app: OOMKilled, exit 137, at 2026-11-20T08:00:00Z after 41 s, memory limit 256Mi',
        },
      ],
    });
    expect(events).toMatchObject([{ reason: 'BackOff', count: 31 }, { reason: 'Pulled' }]);
  });

  it('tells events the newest first, whichever way their component writes moments', async () => {
    expect(await call({ action: 'list', kind: 'events', namespace: 'ops' })).toMatchObject({
      by_state: { 'Warning Unhealthy': 1, 'Warning FailedScheduling': 1 },
      items: [
        { reason: 'FailedScheduling', last: '2026-11-20T09:00:00Z', from: 'default-scheduler', object: 'Pod/pair' },
        { reason: 'Unhealthy', last: '2026-11-20T08:00:00Z' },
      ],
    });
  });

  it('tells nothing that could be a secret', async () => {
    const all = [
      await call({ action: 'get', name: 'cart-1', namespace: 'shop' }),
      await call({ action: 'list', namespace: 'shop' }),
      await call({ action: 'get', kind: 'deployments', name: 'web', namespace: 'shop' }),
      await call({ action: 'list', kind: 'configmaps' }),
      await call({ action: 'get', kind: 'configmaps', name: 'settings', namespace: 'shop' }),
    ];
    expect(JSON.stringify(all)).not.toContain('hunter2');
    expect(all[3]).toMatchObject({ items: [{ name: 'settings', namespace: 'shop' }] });
    expect(all[4]).toMatchObject({ status: 'error' });
    const tool = server.app.app.get(ToolRegistry).find('k8s_read') as AgentTool;
    expect(problemWith({ action: 'list', kind: 'secrets' }, tool.parameters)).toContain('kind must be one of');
    for (const way of [
      { namespace: '..' },
      { namespace: 'a/b' },
      { name: '../secrets' },
      { name: 'a', container: '/' },
    ]) {
      expect(await call({ action: 'logs', name: 'a', ...way })).toMatchObject({ status: 'error' });
    }
    expect(cluster.asked.join()).not.toContain('secrets');
  });

  it('tells workloads and services that are not ready', async () => {
    expect(await call({ action: 'list', kind: 'deployments' })).toMatchObject({
      by_state: { 'not ready': 1 },
      items: [
        { name: 'web', ready: '1/2', conditions: ['Available=False MinimumReplicasUnavailable'], images: ['web:1'] },
      ],
    });
    expect(await call({ action: 'get', kind: 'services', name: 'web', namespace: 'shop' })).toMatchObject({
      object: { type: 'ClusterIP', ports: ['80/TCP -> http'] },
    });
    expect(await call({ action: 'list', kind: 'endpoints' })).toMatchObject({ items: [{ ready: 0, not_ready: 1 }] });
    expect(await call({ action: 'list', kind: 'namespaces' })).toMatchObject({ by_state: { Active: 1 } });
    for (const kind of [
      'statefulsets',
      'daemonsets',
      'jobs',
      'cronjobs',
      'horizontalpodautoscalers',
      'ingresses',
      'persistentvolumeclaims',
    ]) {
      expect(await call({ action: 'list', kind })).toMatchObject({ status: 'no_data' });
    }
  });

  it('reads the last lines, also of the container before', async () => {
    const of = { action: 'logs', name: 'cart-1', namespace: 'shop' };
    expect(await call({ ...of, limit: 2 })).toMatchObject({
      lines: 2,
      text: expect.stringMatching(/^\S+Z 1 x+\n\S+Z 2 x+\n$/) as string,
    });
    expect((await call({ ...of, previous: true })).text).toContain('OutOfMemoryError');
    expect(await call({ ...of, since: '5m' })).toMatchObject({ status: 'no_data' });
    expect(await call({ ...of, name: 'web-2' })).toMatchObject({ status: 'no_data' });
    const pairOf = { action: 'logs', name: 'pair', namespace: 'ops' };
    expect(await call(pairOf)).toMatchObject({
      status: 'error',
      message: expect.stringContaining('choose one of: [a b]') as string,
    });
    expect(await call({ ...pairOf, container: 'a', previous: true })).toMatchObject({
      message: expect.stringContaining('previous terminated container "a" in pod "pair" not found') as string,
    });
  });

  it('never loses the newest lines of a long log', async () => {
    const found = await call({ action: 'logs', name: 'web-1', namespace: 'shop', limit: 2_000 });
    expect(found.text.length).toBeLessThan(300_000);
    expect(found).toMatchObject({ query: expect.stringContaining(`tailLines=${String(found.lines)}&`) as string });
    expect(found.text).toMatch(/Z 2999 x+\n$/);
  });

  it('tells usage, the hungriest first, or that nothing is measured', async () => {
    expect(await call({ action: 'top', namespace: 'shop' })).toMatchObject({
      items: [
        { name: 'cart-1', cpu: '250m', memory: '256Mi' },
        { name: 'web-1', cpu: '2m', memory: '64Mi' },
      ],
    });
    expect(await call({ action: 'top', kind: 'nodes' })).toMatchObject({ status: 'no_data' });
    expect(await call({ source: 'old', action: 'top' })).toMatchObject({
      message: expect.stringContaining('metrics-server') as string,
    });
  });

  it.each([
    [{ action: 'get', name: 'nobody', namespace: 'shop' }, '404 NotFound: pods "nobody" not found'],
    [{ action: 'list', kind: 'nodes' }, 'cannot list resource "nodes"'],
    [{ source: 'ended', action: 'list' }, 'it is wrong, or has expired'],
    [{ source: 'old', action: 'list', kind: 'pods' }, '403 Forbidden: pods is forbidden'],
    [{ source: 'nobody', action: 'list' }, 'There is no source named'],
    [{ action: 'get', name: 'web-1' }, 'List pods with the namespace * to find it'],
    [{ action: 'get', name: 'web-1', namespace: '*' }, 'namespace must be that of the object'],
    [{ action: 'get' }, 'name is missing'],
    [{ action: 'logs', kind: 'deployments', name: 'web' }, 'Only pods have logs'],
    [{ action: 'top', kind: 'services' }, 'pods and nodes only'],
    [{ action: 'logs', name: 'a', since: 'yesterday' }, 'since is no time'],
  ])('says what is wrong with %j', async (input, message) => {
    expect(await call(input)).toMatchObject({ status: 'error', message: expect.stringContaining(message) as string });
  });

  it.each<[string, RequestListener, string]>([
    ['answers in HTML', (_, response) => response.end('<html>'), 'did not answer as Kubernetes'],
    ['answers something else', (_, response) => response.end('{"items":5}'), 'did not answer as Kubernetes'],
    ['answers no list', (_, response) => response.end('{}'), 'did not answer as Kubernetes'],
    [
      'answers with moments that are none',
      (_, response) => response.end('{"items":[{"metadata":{"creationTimestamp":"x"}}]}'),
      'did not answer as Kubernetes',
    ],
    [
      'sends elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'sends on to',
    ],
    ['is not there', (_, response) => response.destroy(), 'could not be asked'],
    ['answers without end', (_, response) => void endless(response), 'larger than'],
  ])('is told of a server that %s', async (_, listener, message) => {
    answer = listener;
    expect(await call({ source: 'hostile', action: 'list' })).toMatchObject({
      status: 'error',
      message: expect.stringContaining(message) as string,
    });
  });

  it('bounds what a server makes long, and lists that never end', async () => {
    const long = 'y'.repeat(50_000);
    const item = { metadata: { name: long, namespace: long }, status: { phase: long, message: long } };
    let asked = 0;
    answer = (_, response) =>
      response.end(JSON.stringify({ items: [item, item], metadata: { continue: String((asked += 1)) } }));
    const found = await call({ source: 'hostile', action: 'list' });
    expect(found).toMatchObject({
      status: 'ok',
      total: 200,
      message: expect.stringContaining('there are more') as string,
    });
    expect(asked).toBe(100);
    expect(JSON.stringify(found).length).toBeLessThan(100_000);
  });

  it('reads objects of any size, and a list of nothing', async () => {
    const fat = (name: string) => ({ metadata: { name, annotations: { text: 'z'.repeat(200_000) } } });
    const all = Array.from({ length: 120 }, (_, at) => fat(`fat-${at}`));
    answer = ({ url = '' }, response) => {
      const query = new URL(url, 'http://cluster').searchParams;
      const [from, limit] = [Number(query.get('continue') ?? 0), Number(query.get('limit'))];
      const metadata = from + limit < all.length ? { continue: String(from + limit) } : {};
      response.end(JSON.stringify({ items: all.slice(from, from + limit), metadata }));
    };
    const found = await call({ source: 'hostile', action: 'list', kind: 'services', limit: 5 });
    expect(found).toMatchObject({ status: 'ok', total: 120 });
    answer = (_, response) => response.end('{"items":null,"metadata":{}}');
    expect(await call({ source: 'hostile', action: 'list', kind: 'services' })).toMatchObject({ status: 'no_data' });
  });

  it('takes marks for terminals out of logs', async () => {
    const red = '\u001b[31mred\u001b[0m\u0000 \tline\r\n';
    answer = ({ url = '' }, response) =>
      response.end(url.startsWith('/k8s/api/v1/namespaces/default/pods/a/log?') ? red : '');
    expect(await call({ source: 'hostile', action: 'logs', name: 'a' })).toMatchObject({
      ...{ text: 'red \tline\n', lines: 1 },
    });
  });

  it('tells an object whose events do not come', async () => {
    answer = ({ url = '' }, response) =>
      url.includes('/events') ? response.destroy() : response.end('{"metadata":{"name":"a"}}');
    expect(await call({ source: 'hostile', action: 'get', name: 'a', kind: 'namespaces' })).toMatchObject({
      ...{ status: 'ok', object: { name: 'a' }, events: expect.stringContaining('could not be asked') as string },
    });
    answer = (_, response) => response.end('{"metadata":{"name":"another"}}');
    expect(await call({ source: 'hostile', action: 'get', name: 'a' })).toMatchObject({ status: 'error' });
  });

  it('tells what it has of a list that expired, and of an object whose events may not be read', async () => {
    expect(await call({ source: 'old', action: 'list', kind: 'services' })).toMatchObject({
      ...{ status: 'ok', total: 100, message: expect.stringContaining('changed while it was read') as string },
    });
    expect(
      await call({ source: 'old', action: 'get', kind: 'deployments', name: 'web', namespace: 'shop' }),
    ).toMatchObject({
      ...{ status: 'ok', object: { name: 'web' }, events: expect.stringContaining('events is forbidden') as string },
    });
  });

  it('ends at once when it is stopped, whatever the server does', async () => {
    answer = () => undefined;
    const stopping = new AbortController();
    const waiting = call({ source: 'hostile', action: 'logs', name: 'a' }, stopping.signal);
    setTimeout(() => stopping.abort(new Error('stopped')), 100);
    const begun = performance.now();
    await expect(waiting).rejects.toThrow('stopped');
    expect(performance.now() - begun).toBeLessThan(600);
  });
});

function endless(response: Parameters<RequestListener>[1]): void {
  const chunk = `{"items":[${' '.repeat(65_536)}`;
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
