import type { KubernetesObject } from './kubernetes-stand-in.ts';

interface PodFacts {
  readonly name: string;
  readonly namespace?: string;
  readonly app?: string;
  readonly node?: string;
  readonly memoryLimit?: string;
  readonly restarts?: number;
  /** When the last container ended, or the pod was made. */
  readonly at?: string;
}

type Values = Record<string, unknown>;

const AT = '2026-11-20T08:00:00Z';

/** A pod that runs. */
export function runningPod(facts: PodFacts): KubernetesObject {
  const { restarts = 0, at = AT } = facts;
  return podOf(facts, { ready: true, restartCount: restarts, state: { running: { startedAt: at } }, lastState: {} });
}

/** A pod whose container was killed for its memory and waits to be started again. */
export function outOfMemoryPod(facts: PodFacts): KubernetesObject {
  const { name, restarts = 7, at = AT } = facts;
  const killed = { reason: 'OOMKilled', exitCode: 137, startedAt: earlier(at, 41), finishedAt: at };
  const message = `back-off 5m0s restarting failed container=app pod=${name}`;
  return podOf(facts, {
    ...{ ready: false, restartCount: restarts },
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: { terminated: killed },
  });
}

/** A pod whose program ends with an error. */
export function crashingPod(facts: PodFacts): KubernetesObject {
  const { name, restarts = 12, at = AT } = facts;
  const ended = { reason: 'Error', exitCode: 1, startedAt: earlier(at, 2), finishedAt: at };
  const message = `back-off 5m0s restarting failed container=app pod=${name}`;
  return podOf(facts, {
    ...{ ready: false, restartCount: restarts },
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: { terminated: ended },
  });
}

/** A pod that no node has room for. */
export function pendingPod({ name, namespace = 'shop', app = name, at = AT }: PodFacts): KubernetesObject {
  const message = '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available.';
  return {
    metadata: { name, namespace, labels: { app }, creationTimestamp: at },
    spec: { containers: [{ name: 'app', image: `registry.example/${app}:1` }] },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: at }],
    },
  };
}

/** An event about a pod. */
export function eventOf(pod: KubernetesObject, values: Values): KubernetesObject {
  const { name, namespace = 'shop' } = pod.metadata;
  return {
    metadata: { name: `${name}.${String(values['reason'])}`, namespace, creationTimestamp: AT },
    involvedObject: { kind: 'Pod', name, namespace },
    ...{ type: 'Warning', count: 1, firstTimestamp: AT, lastTimestamp: AT, source: { component: 'kubelet' } },
    ...values,
  };
}

function podOf(facts: PodFacts, status: Values): KubernetesObject {
  const { name, namespace = 'shop', app = name, node = 'node-1', memoryLimit = '256Mi', at = AT } = facts;
  const image = `registry.example/${app}:1`;
  const ready = status['ready'] ? 'True' : 'False';
  return {
    metadata: {
      ...{ name, namespace, labels: { app }, creationTimestamp: earlier(at, 3_600) },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-7d4b9`, uid: '1' }],
    },
    spec: {
      nodeName: node,
      containers: [
        {
          ...{ name: 'app', image, command: ['/app', '--password=hunter2'] },
          env: [{ name: 'DB_PASSWORD', value: 'hunter2' }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: memoryLimit } },
        },
      ],
    },
    status: {
      ...{ phase: 'Running', podIP: '10.1.0.7', hostIP: '10.0.0.4', qosClass: 'Burstable', startTime: at },
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: at },
        {
          ...{ type: 'Ready', status: ready, lastTransitionTime: at },
          ...(ready === 'False' && { reason: 'ContainersNotReady', message: 'containers with unready status: [app]' }),
        },
      ],
      containerStatuses: [{ name: 'app', image, imageID: `${image}@sha256:0`, ...status }],
    },
  };
}

function earlier(at: string, seconds: number): string {
  return new Date(Date.parse(at) - seconds * 1000).toISOString().replace('.000Z', 'Z');
}
