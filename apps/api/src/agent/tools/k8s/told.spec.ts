import { claimTold, nodeState, nodeTold } from './cluster-parts.js';
import { clipped } from './facts.js';
import { ingressTold } from './network.js';
import { quantityOf } from './usage.js';
import { autoscalerTold, cronJobTold, daemonSetTold, jobTold, statefulSetTold } from './workloads.js';

const AT = new Date('2026-11-20T08:00:00Z');
const metadata = { name: 'one', namespace: 'shop' };
const selector = { matchLabels: { app: 'shop' } };
const template = { spec: { containers: [{ name: 'app', image: 'shop:1', env: [{ name: 'P', value: 'hunter2' }] }] } };

describe('what is told of an object of Kubernetes', () => {
  it('is how much of a workload is ready', () => {
    const set = { serviceName: 's', selector, template, replicas: 3 };
    expect(statefulSetTold({ metadata, spec: set, status: { replicas: 3, readyReplicas: 2 } })).toMatchObject({
      ...{ ready: '2/3', images: ['shop:1'], selector: { app: 'shop' } },
    });
    const status = { currentNumberScheduled: 3, desiredNumberScheduled: 4, numberMisscheduled: 1, numberReady: 3 };
    expect(daemonSetTold({ metadata, spec: { selector, template }, status })).toMatchObject({
      ...{ ready: '3/4', misscheduled: 1 },
    });
  });

  it('is why a job failed, and when one ran last', () => {
    const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'Job has failed' }];
    expect(jobTold({ metadata, spec: { template, backoffLimit: 6 }, status: { failed: 7, conditions } })).toMatchObject(
      {
        ...{ failed: 7, backoff_limit: 6, conditions: ['Failed=True BackoffLimitExceeded: Job has failed'] },
      },
    );
    const spec = { schedule: '*/5 * * * *', suspend: true, jobTemplate: { spec: { template } } };
    expect(cronJobTold({ metadata, spec, status: { lastScheduleTime: AT } })).toMatchObject({
      ...{ schedule: '*/5 * * * *', suspended: true, last_scheduled: '2026-11-20T08:00:00Z' },
    });
  });

  it('is what an autoscaler sees, and whether it is at its end', () => {
    const cpu = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
    const current = [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 143 } } }];
    const told = autoscalerTold({
      metadata,
      spec: {
        maxReplicas: 5,
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        metrics: [{ type: 'Resource', resource: cpu }],
      },
      status: {
        ...{ currentReplicas: 5, desiredReplicas: 5, currentMetrics: current },
        conditions: [{ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' }],
      },
    });
    expect(told).toMatchObject({
      ...{ scales: 'Deployment/web', max: 5, replicas: 5, metrics: ['cpu: 143% of 80%'] },
      conditions: ['ScalingLimited=True TooManyReplicas'],
    });
  });

  it('is the state of a node and of a claim', () => {
    const conditions = [
      {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      },
      { type: 'DiskPressure', status: 'True' },
      { type: 'MemoryPressure', status: 'False' },
    ];
    const node = { metadata, spec: { unschedulable: true }, status: { conditions } };
    expect(nodeState(node)).toBe('NotReady,DiskPressure,SchedulingDisabled');
    expect(nodeTold(node)).toMatchObject({
      conditions: ['Ready=Unknown NodeStatusUnknown: Kubelet stopped posting node status.', 'DiskPressure=True'],
    });
    const spec = { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } };
    expect(claimTold({ metadata, spec, status: { phase: 'Pending' } })).toEqual({
      ...{ ...metadata, state: 'Pending', class: 'fast', wanted: '10Gi' },
    });
  });

  it('is where an ingress leads', () => {
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const rules = [{ host: 'shop.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
    expect(
      ingressTold({ metadata, spec: { rules, tls: [{ hosts: ['shop.example'], secretName: 's' }] } }),
    ).toMatchObject({
      ...{ rules: ['shop.example/ -> web:80'], tls: ['shop.example'] },
    });
  });

  it('is bounded, whatever stands where a name should', () => {
    const long = 'x'.repeat(10_000);
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
    const told = clipped({ long, many: Array.from({ length: 1_000 }, () => long), map: { [long]: long }, deep });
    expect(JSON.stringify(told).length).toBeLessThan(40_000);
    expect(JSON.stringify(told)).not.toContain('"f"');
  });

  it.each([
    ['250m', 0.25],
    ['1500000n', 0.0015],
    ['2', 2],
    ['64Mi', 64 * 2 ** 20],
    ['129e6', 129_000_000],
    ['1.5G', 1_500_000_000],
    ['-1', -1],
    ['much', 0],
    [undefined, 0],
  ])('reads a quantity: %s is %d', (text, number) => {
    expect(quantityOf(text)).toBeCloseTo(number, 9);
  });
});
