import type { V1ContainerState, V1ContainerStateTerminated, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { compact, conditionsOf, cut, headOf, isoOf, pairsOf, some, type Told } from './facts.js';

const WELL: ReadonlySet<string> = new Set(['Running', 'Completed', 'Succeeded']);

/** What `kubectl get pods` shows as the status. Source: kubernetes/pkg/printers/internalversion/printers.go, printPod */
export function podState(pod: V1Pod): string {
  const { phase = 'Unknown', reason = phase } = pod.status ?? {};
  const of = initState(pod) ?? containersState(pod) ?? reason;
  if (pod.metadata?.deletionTimestamp === undefined) return cut(of, 80);
  return reason === 'NodeLost' ? 'Unknown' : 'Terminating';
}

/** How much a pod needs to be looked at: what is not well first, then what restarts most. */
export function podRank(pod: V1Pod): number {
  const { statuses, ready } = readiness(pod);
  const isDone = statuses.every(({ state }) => state?.terminated?.exitCode === 0);
  const isIll = !WELL.has(podState(pod)) || (!isDone && ready < statuses.length) || statuses.some(isOutOfMemory);
  return (isIll ? 1e9 : 0) + restartsOf([...initStatuses(pod), ...statuses]);
}

/** A pod in a list. */
export function podRow(pod: V1Pod): Told {
  const { statuses, ready, wanted } = readiness(pod);
  const all = [...initStatuses(pod), ...statuses];
  return compact({
    ...headOf(pod.metadata),
    ...{ state: podState(pod), ready: `${ready}/${wanted}`, restarts: restartsOf(all) },
    why: whyOf(pod),
    last_ends: some(
      all.filter(({ lastState }) => lastState?.terminated),
      (status) => lastEnd(pod, status),
    ),
    node: pod.spec?.nodeName,
    created: isoOf(pod.metadata?.creationTimestamp),
  });
}

/** A pod by itself. What its containers are started with (command, arguments, environment) may hold secrets and is not told. */
export function podTold(pod: V1Pod): Told {
  const { metadata, spec, status } = pod;
  return compact({
    ...podRow(pod),
    last_ends: undefined,
    ...{ phase: status?.phase, ip: status?.podIP, host_ip: status?.hostIP, qos: status?.qosClass },
    owner: some(metadata?.ownerReferences, ({ kind, name }) => `${kind}/${name}`),
    labels: pairsOf(metadata?.labels),
    service_account: spec?.serviceAccountName,
    priority: spec?.priorityClassName,
    node_selector: pairsOf(spec?.nodeSelector),
    conditions: conditionsOf(
      status?.conditions,
      ({ type, status: is }) => is === 'True' && type !== 'DisruptionTarget',
    ),
    init_containers: some(status?.initContainerStatuses, (one) => containerTold(pod, one)),
    containers: some(status?.containerStatuses, (one) => containerTold(pod, one)),
    ...(status?.containerStatuses
      ? {}
      : { wanted_containers: some(spec?.containers, ({ name, image }) => `${name}: ${image ?? ''}`) }),
    volumes: some(spec?.volumes, ({ name, persistentVolumeClaim: claim }) =>
      claim ? `${name} (pvc ${claim.claimName})` : name,
    ),
  });
}

function containerTold(pod: V1Pod, status: V1ContainerStatus): Told {
  const { resources } = specOf(pod, status.name) ?? {};
  return compact({
    ...{ name: status.name, image: cut(status.image), state: stateTold(status.state) },
    ...{ ready: String(status.ready), restarts: status.restartCount },
    last_end: status.lastState?.terminated && lastEnd(pod, status),
    requests: pairsOf(resources?.requests),
    limits: pairsOf(resources?.limits),
  });
}

/** Containers that are waiting or ended tell more than the phase. */
function containersState({ status, spec }: V1Pod): string | undefined {
  const statuses = status?.containerStatuses ?? [];
  const [first] = statuses.flatMap(({ state }) => {
    if (state?.waiting?.reason) return [state.waiting.reason];
    return state?.terminated ? [endOf(state.terminated)] : [];
  });
  if (first !== 'Completed') return first;
  if (!statuses.some(({ ready, state }) => ready && state?.running)) return first;
  const isReady = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  return isReady || spec === undefined ? 'Running' : 'NotReady';
}

function initState({ status, spec }: V1Pod): string | undefined {
  const statuses = status?.initContainerStatuses ?? [];
  for (const [at, { name, state, started }] of statuses.entries()) {
    const isSidecar = spec?.initContainers?.find((one) => one.name === name)?.restartPolicy === 'Always';
    if (state?.terminated?.exitCode === 0 || (isSidecar && started)) continue;
    if (state?.terminated) return `Init:${endOf(state.terminated)}`;
    const waiting = state?.waiting?.reason;
    return waiting && waiting !== 'PodInitializing' ? `Init:${waiting}` : `Init:${at}/${statuses.length}`;
  }
  return undefined;
}

function endOf({ reason, signal, exitCode }: V1ContainerStateTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function stateTold(state: V1ContainerState = {}): string {
  const { running, waiting, terminated } = state;
  if (terminated) return ended(terminated);
  if (waiting)
    return cut(`waiting: ${waiting.reason ?? 'not started'}${waiting.message ? `: ${waiting.message}` : ''}`);
  return running ? `running since ${isoOf(running.startedAt) ?? 'an unknown time'}` : 'unknown';
}

function lastEnd(pod: V1Pod, { name, lastState }: V1ContainerStatus): string {
  const { terminated } = lastState ?? {};
  if (!terminated) return '';
  const limit = specOf(pod, name)?.resources?.limits?.['memory'];
  const memory =
    terminated.reason === 'OOMKilled' ? `, memory limit ${limit === undefined ? 'none' : cut(limit, 40)}` : '';
  return `${name}: ${ended(terminated)}${memory}`;
}

function ended(end: V1ContainerStateTerminated): string {
  const [from, to] = [end.startedAt?.getTime() ?? Number.NaN, end.finishedAt?.getTime() ?? Number.NaN];
  const after = to >= from ? ` after ${Math.round((to - from) / 1000)} s` : '';
  const message = end.message ? `: ${end.message}` : '';
  return cut(`${endOf(end)}, exit ${end.exitCode}, at ${isoOf(end.finishedAt) ?? 'an unknown time'}${after}${message}`);
}

/** Why it does not run: what the first waiting container says, else the scheduler, else the pod itself. */
function whyOf({ status }: V1Pod): string | undefined {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = all.find(({ state }) => state?.waiting?.message)?.state?.waiting?.message;
  const unscheduled = status?.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  const text = waiting ?? unscheduled?.message ?? status?.message;
  return text === undefined ? undefined : cut(text);
}

function initStatuses({ status }: V1Pod): readonly V1ContainerStatus[] {
  return status?.initContainerStatuses ?? [];
}

function readiness({ status, spec }: V1Pod) {
  const statuses = status?.containerStatuses ?? [];
  return { statuses, ready: statuses.filter(({ ready }) => ready).length, wanted: spec?.containers.length ?? 0 };
}

function restartsOf(statuses: readonly V1ContainerStatus[]): number {
  return statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function isOutOfMemory({ state, lastState }: V1ContainerStatus): boolean {
  return [state, lastState].some((one) => one?.terminated?.reason === 'OOMKilled');
}

function specOf({ spec }: V1Pod, name: string) {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].find((container) => container.name === name);
}
