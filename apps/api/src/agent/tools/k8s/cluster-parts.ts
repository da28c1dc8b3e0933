import type { CoreV1Event, V1Node, V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { compact, conditionsOf, cut, headOf, isoOf, pairsOf, some, type Told } from './facts.js';

export function nodeTold({ metadata, spec, status }: V1Node): Told {
  return compact({
    name: metadata?.name,
    state: nodeState({ spec, status }),
    conditions: conditionsOf(status?.conditions, isWell),
    taints: some(spec?.taints, ({ key, value, effect }) => cut(`${key}${value ? `=${value}` : ''}:${effect}`, 120)),
    addresses: some(status?.addresses, ({ type, address }) => `${type} ${address}`),
    ...{ capacity: pairsOf(status?.capacity), allocatable: pairsOf(status?.allocatable) },
    ...{
      kubelet: status?.nodeInfo?.kubeletVersion,
      os: status?.nodeInfo?.osImage,
      kernel: status?.nodeInfo?.kernelVersion,
    },
    created: isoOf(metadata?.creationTimestamp),
  });
}

export function nodeState({ spec, status }: V1Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  const pressure = status?.conditions?.filter(({ type, status: is }) => type !== 'Ready' && is === 'True') ?? [];
  return [
    ready === 'True' ? 'Ready' : 'NotReady',
    ...some(pressure, ({ type }) => cut(type, 60)),
    ...(spec?.unschedulable ? ['SchedulingDisabled'] : []),
  ].join(',');
}

export function claimTold({ metadata, spec, status }: V1PersistentVolumeClaim): Told {
  return compact({
    ...headOf(metadata),
    ...{ state: status?.phase, volume: spec?.volumeName, class: spec?.storageClassName },
    ...{ wanted: spec?.resources?.requests?.['storage'], capacity: status?.capacity?.['storage'] },
    access: some(spec?.accessModes, (mode) => mode),
    conditions: conditionsOf(status?.conditions, ({ status: is }) => is !== 'True'),
    created: isoOf(metadata?.creationTimestamp),
  });
}

export function eventTold(event: CoreV1Event): Told {
  const { type, reason, message, involvedObject: of, source, reportingComponent } = event;
  return compact({
    last: isoOf(lastOf(event)),
    ...{ type, reason, object: `${of.kind ?? ''}/${of.name ?? ''}`, namespace: of.namespace },
    message: cut(message ?? '', 400),
    count: event.series?.count ?? event.count ?? 1,
    first: isoOf(event.firstTimestamp ?? event.eventTime),
    from: source?.component ?? reportingComponent,
  });
}

/** When it last happened: newer components tell it in microseconds, older ones to the second. */
export function lastOf({ series, lastTimestamp, eventTime, metadata }: CoreV1Event): Date | undefined {
  const moment = series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp;
  return moment && new Date(moment);
}

function isWell({ type, status }: { type: string; status: string }): boolean {
  return (status === 'True') === (type === 'Ready');
}
