import type { V1EndpointAddress, V1Endpoints, V1Ingress, V1IngressBackend, V1Service } from '@kubernetes/client-node';
import { compact, cut, headOf, isoOf, pairsOf, some, type Told } from './facts.js';

export function serviceTold({ metadata, spec, status }: V1Service): Told {
  return compact({
    ...headOf(metadata),
    ...{ type: spec?.type, cluster_ip: spec?.clusterIP, external_name: spec?.externalName },
    external: some(status?.loadBalancer?.ingress, ({ ip, hostname }) => ip ?? hostname),
    ports: some(spec?.ports, ({ port, targetPort, nodePort, protocol }) =>
      cut(`${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'} -> ${targetPort ?? port}`, 80),
    ),
    selector: pairsOf(spec?.selector),
    created: isoOf(metadata?.creationTimestamp),
  });
}

/** A service without ready addresses answers nothing. */
export function endpointsTold({ metadata, subsets: all }: V1Endpoints): Told {
  const subsets = all ?? [];
  const ready = subsets.flatMap(({ addresses }) => addresses ?? []);
  const waiting = subsets.flatMap(({ notReadyAddresses }) => notReadyAddresses ?? []);
  return compact({
    ...headOf(metadata),
    ...{ ready: ready.length, not_ready: waiting.length },
    ports: some(
      subsets.flatMap(({ ports }) => ports ?? []),
      ({ port, protocol }) => `${port}/${protocol ?? 'TCP'}`,
    ),
    addresses: some(ready, addressTold),
    not_ready_addresses: some(waiting, addressTold),
  });
}

export function ingressTold({ metadata, spec, status }: V1Ingress): Told {
  return compact({
    ...headOf(metadata),
    class: spec?.ingressClassName,
    rules: some(
      (spec?.rules ?? []).flatMap(({ host = '*', http }) => (http?.paths ?? []).map((path) => ({ host, ...path }))),
      ({ host, path = '/', backend }) => cut(`${host}${path} -> ${backendOf(backend)}`, 200),
    ),
    default: spec?.defaultBackend && backendOf(spec.defaultBackend),
    tls: some(
      spec?.tls?.flatMap(({ hosts = [] }) => hosts),
      (host) => cut(host, 120),
    ),
    addresses: some(status?.loadBalancer?.ingress, ({ ip, hostname }) => ip ?? hostname),
    created: isoOf(metadata?.creationTimestamp),
  });
}

function addressTold({ ip, targetRef }: V1EndpointAddress): string {
  return cut(targetRef?.name === undefined ? ip : `${ip} (${targetRef.name})`, 120);
}

function backendOf({ service }: V1IngressBackend): string {
  return service ? `${service.name}:${service.port?.number ?? service.port?.name ?? ''}` : 'a resource';
}
