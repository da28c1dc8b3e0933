import type {
  V1CronJob,
  V1DaemonSet,
  V1Deployment,
  V1Job,
  V1LabelSelector,
  V1PodTemplateSpec,
  V1StatefulSet,
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
  V2MetricStatus,
} from '@kubernetes/client-node';
import { compact, conditionsOf, cut, headOf, isoOf, pairsOf, some, type Told } from './facts.js';

export function deploymentTold({ metadata, spec, status }: V1Deployment): Told {
  return compact({
    ...headOf(metadata),
    ready: `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    ...{ updated: status?.updatedReplicas ?? 0, available: status?.availableReplicas ?? 0 },
    ...{
      paused: spec?.paused,
      strategy: spec?.strategy?.type,
      revision: metadata?.annotations?.['deployment.kubernetes.io/revision'],
    },
    conditions: conditionsOf(
      status?.conditions,
      ({ type, status: is }) => (is === 'True') === (type !== 'ReplicaFailure'),
    ),
    ...templateTold(spec?.template, spec?.selector),
    created: isoOf(metadata?.creationTimestamp),
  });
}

export function statefulSetTold({ metadata, spec, status }: V1StatefulSet): Told {
  return compact({
    ...headOf(metadata),
    ready: `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`,
    ...{ updated: status?.updatedReplicas ?? 0, strategy: spec?.updateStrategy?.type },
    ...templateTold(spec?.template, spec?.selector),
    created: isoOf(metadata?.creationTimestamp),
  });
}

export function daemonSetTold({ metadata, spec, status }: V1DaemonSet): Told {
  return compact({
    ...headOf(metadata),
    ready: `${status?.numberReady ?? 0}/${status?.desiredNumberScheduled ?? 0}`,
    ...{ updated: status?.updatedNumberScheduled, misscheduled: status?.numberMisscheduled || undefined },
    ...templateTold(spec?.template, spec?.selector),
    created: isoOf(metadata?.creationTimestamp),
  });
}

export function jobTold({ metadata, spec, status }: V1Job): Told {
  return compact({
    ...headOf(metadata),
    ...{ succeeded: status?.succeeded ?? 0, failed: status?.failed ?? 0, active: status?.active ?? 0 },
    ...{ completions: spec?.completions, backoff_limit: spec?.backoffLimit, suspended: spec?.suspend },
    conditions: conditionsOf(status?.conditions, ({ type }) => type === 'Complete' || type === 'SuccessCriteriaMet'),
    owner: some(metadata?.ownerReferences, ({ kind, name }) => `${kind}/${name}`),
    images: imagesOf(spec?.template),
    ...{ started: isoOf(status?.startTime), completed: isoOf(status?.completionTime) },
  });
}

export function cronJobTold({ metadata, spec, status }: V1CronJob): Told {
  return compact({
    ...headOf(metadata),
    ...{ schedule: spec?.schedule, time_zone: spec?.timeZone, suspended: spec?.suspend },
    ...{ concurrency: spec?.concurrencyPolicy, active: status?.active?.length ?? 0 },
    ...{ last_scheduled: isoOf(status?.lastScheduleTime), last_success: isoOf(status?.lastSuccessfulTime) },
    images: imagesOf(spec?.jobTemplate.spec?.template),
  });
}

export function autoscalerTold({ metadata, spec, status }: V2HorizontalPodAutoscaler): Told {
  return compact({
    ...headOf(metadata),
    scales: spec && `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    ...{ min: spec?.minReplicas ?? 1, max: spec?.maxReplicas },
    ...{ replicas: status?.currentReplicas ?? 0, wanted: status?.desiredReplicas },
    metrics: some(spec?.metrics, (metric) => metricTold(metric, status?.currentMetrics ?? [])),
    conditions: conditionsOf(
      status?.conditions,
      ({ type, status: is }) => (is === 'True') === (type !== 'ScalingLimited'),
    ),
    last_scaled: isoOf(status?.lastScaleTime),
  });
}

function templateTold(template: V1PodTemplateSpec | undefined, selector: V1LabelSelector | undefined): Told {
  return {
    images: imagesOf(template),
    resources: some(template?.spec?.containers, ({ name, resources }) =>
      compact({ name, requests: pairsOf(resources?.requests), limits: pairsOf(resources?.limits) }),
    ),
    selector: pairsOf(selector?.matchLabels),
  };
}

function imagesOf(template: V1PodTemplateSpec | undefined): string[] {
  return some(template?.spec?.containers, ({ image }) => cut(image ?? ''));
}

/** Of resources, which are nearly all there are; of others the target only. */
function metricTold({ type, resource }: V2MetricSpec, current: readonly V2MetricStatus[]): string {
  if (!resource) return type;
  const now = current.find((one) => one.resource?.name === resource.name)?.resource?.current;
  const { averageUtilization: percent, averageValue, value } = resource.target;
  const [is, should] =
    percent === undefined
      ? [now?.averageValue, averageValue ?? value]
      : [percentOf(now?.averageUtilization), percentOf(percent)];
  return cut(`${resource.name}: ${is ?? 'unknown'} of ${should ?? 'unknown'}`, 120);
}

function percentOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}%`;
}
