import { claimTold, eventTold, lastOf, nodeState, nodeTold } from './cluster-parts.js';
import { headOf, isoOf } from './facts.js';
import { endpointsTold, ingressTold, serviceTold } from './network.js';
import { podRank, podRow, podState, podTold } from './pod.js';
import { resource } from './resource.js';
import { autoscalerTold, cronJobTold, daemonSetTold, deploymentTold, jobTold, statefulSetTold } from './workloads.js';

const first = (isIll: boolean): number => (isIll ? 1 : 0);
const readiness = (isReady: boolean): string => (isReady ? 'ready' : 'not ready');

/** Everything that is read of a cluster. Secrets are not among it, and of ConfigMaps only their names. */
export const RESOURCES = {
  pods: resource({
    list: ({ core }, query) => core.listNamespacedPod(query),
    listAll: ({ core }, query) => core.listPodForAllNamespaces(query),
    read: ({ core }, id) => core.readNamespacedPod(id),
    ...{ row: podRow, told: podTold, state: podState, rank: podRank },
  }),
  deployments: resource({
    list: ({ apps }, query) => apps.listNamespacedDeployment(query),
    listAll: ({ apps }, query) => apps.listDeploymentForAllNamespaces(query),
    read: ({ apps }, id) => apps.readNamespacedDeployment(id),
    told: deploymentTold,
    state: ({ spec, status }) => readiness((status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1)),
    rank: ({ spec, status }) => first((status?.readyReplicas ?? 0) < (spec?.replicas ?? 1)),
  }),
  statefulsets: resource({
    list: ({ apps }, query) => apps.listNamespacedStatefulSet(query),
    listAll: ({ apps }, query) => apps.listStatefulSetForAllNamespaces(query),
    read: ({ apps }, id) => apps.readNamespacedStatefulSet(id),
    told: statefulSetTold,
    state: ({ spec, status }) => readiness((status?.readyReplicas ?? 0) >= (spec?.replicas ?? 1)),
    rank: ({ spec, status }) => first((status?.readyReplicas ?? 0) < (spec?.replicas ?? 1)),
  }),
  daemonsets: resource({
    list: ({ apps }, query) => apps.listNamespacedDaemonSet(query),
    listAll: ({ apps }, query) => apps.listDaemonSetForAllNamespaces(query),
    read: ({ apps }, id) => apps.readNamespacedDaemonSet(id),
    told: daemonSetTold,
    state: ({ status }) => readiness((status?.numberReady ?? 0) >= (status?.desiredNumberScheduled ?? 0)),
    rank: ({ status }) => first((status?.numberReady ?? 0) < (status?.desiredNumberScheduled ?? 0)),
  }),
  jobs: resource({
    list: ({ batch }, query) => batch.listNamespacedJob(query),
    listAll: ({ batch }, query) => batch.listJobForAllNamespaces(query),
    read: ({ batch }, id) => batch.readNamespacedJob(id),
    told: jobTold,
    state: ({ status }) => status?.conditions?.find((one) => one.status === 'True')?.type ?? 'Running',
    rank: ({ status }) => first((status?.failed ?? 0) > 0),
  }),
  cronjobs: resource({
    list: ({ batch }, query) => batch.listNamespacedCronJob(query),
    listAll: ({ batch }, query) => batch.listCronJobForAllNamespaces(query),
    read: ({ batch }, id) => batch.readNamespacedCronJob(id),
    told: cronJobTold,
    state: ({ spec }) => (spec?.suspend ? 'suspended' : 'scheduled'),
  }),
  horizontalpodautoscalers: resource({
    list: ({ autoscaling }, query) => autoscaling.listNamespacedHorizontalPodAutoscaler(query),
    listAll: ({ autoscaling }, query) => autoscaling.listHorizontalPodAutoscalerForAllNamespaces(query),
    read: ({ autoscaling }, id) => autoscaling.readNamespacedHorizontalPodAutoscaler(id),
    told: autoscalerTold,
    rank: ({ spec, status }) => first((status?.currentReplicas ?? 0) >= (spec?.maxReplicas ?? Infinity)),
  }),
  services: resource({
    list: ({ core }, query) => core.listNamespacedService(query),
    listAll: ({ core }, query) => core.listServiceForAllNamespaces(query),
    read: ({ core }, id) => core.readNamespacedService(id),
    told: serviceTold,
    state: ({ spec }) => spec?.type,
  }),
  endpoints: resource({
    list: ({ core }, query) => core.listNamespacedEndpoints(query),
    listAll: ({ core }, query) => core.listEndpointsForAllNamespaces(query),
    read: ({ core }, id) => core.readNamespacedEndpoints(id),
    told: endpointsTold,
    rank: ({ subsets }) => first(!subsets?.some(({ addresses }) => (addresses?.length ?? 0) > 0)),
  }),
  ingresses: resource({
    list: ({ networking }, query) => networking.listNamespacedIngress(query),
    listAll: ({ networking }, query) => networking.listIngressForAllNamespaces(query),
    read: ({ networking }, id) => networking.readNamespacedIngress(id),
    told: ingressTold,
  }),
  persistentvolumeclaims: resource({
    list: ({ core }, query) => core.listNamespacedPersistentVolumeClaim(query),
    listAll: ({ core }, query) => core.listPersistentVolumeClaimForAllNamespaces(query),
    read: ({ core }, id) => core.readNamespacedPersistentVolumeClaim(id),
    told: claimTold,
    state: ({ status }) => status?.phase,
    rank: ({ status }) => first(status?.phase !== 'Bound'),
  }),
  configmaps: resource({
    list: ({ core }, query) => core.listNamespacedConfigMap(query),
    listAll: ({ core }, query) => core.listConfigMapForAllNamespaces(query),
  }),
  events: resource({
    list: ({ core }, query) => core.listNamespacedEvent(query),
    listAll: ({ core }, query) => core.listEventForAllNamespaces(query),
    told: eventTold,
    state: ({ type, reason }) => `${type ?? ''} ${reason ?? ''}`.trim(),
    rank: (event) => lastOf(event)?.getTime() ?? 0,
  }),
  namespaces: resource({
    listAll: ({ core }, query) => core.listNamespace(query),
    read: ({ core }, { name }) => core.readNamespace({ name }),
    told: ({ metadata, status }) => ({
      ...headOf(metadata),
      state: status?.phase,
      created: isoOf(metadata?.creationTimestamp),
    }),
    state: ({ status }) => status?.phase,
    rank: ({ status }) => first(status?.phase !== 'Active'),
  }),
  nodes: resource({
    listAll: ({ core }, query) => core.listNode(query),
    read: ({ core }, { name }) => core.readNode({ name }),
    ...{ told: nodeTold, state: nodeState },
    rank: (node) => first(nodeState(node) !== 'Ready'),
  }),
};

export type ResourceKind = keyof typeof RESOURCES;

export const RESOURCE_KINDS = Object.keys(RESOURCES) as ResourceKind[];
