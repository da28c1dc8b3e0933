import type { V1ContainerStatus, V1Pod, V1PodStatus } from '@kubernetes/client-node';
import { podRank, podRow, podState, podTold } from './pod.js';

const AT = new Date('2026-11-20T08:00:00Z');
const killed = { reason: 'OOMKilled', exitCode: 137, startedAt: new Date(AT.getTime() - 41_000), finishedAt: AT };

const container = (values: Partial<V1ContainerStatus> = {}): V1ContainerStatus => ({
  ...{ name: 'app', image: 'shop:1', imageID: '', ready: true, restartCount: 0, state: { running: { startedAt: AT } } },
  ...values,
});
const pod = (status: V1PodStatus, more: Partial<V1Pod> = {}): V1Pod => ({
  metadata: { name: 'shop-1', namespace: 'shop' },
  spec: { containers: [{ name: 'app', image: 'shop:1', resources: { limits: { memory: '256Mi' } } }] },
  status: { phase: 'Running', ...status },
  ...more,
});
const of = (...containerStatuses: V1ContainerStatus[]): V1Pod => pod({ containerStatuses });
const init = (...initContainerStatuses: V1ContainerStatus[]): V1Pod =>
  pod({ phase: 'Pending', initContainerStatuses, containerStatuses: [container({ ready: false, state: {} })] });

describe('a pod', () => {
  it.each<[string, V1Pod]>([
    ['Running', of(container())],
    ['Pending', pod({ phase: 'Pending' })],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted' })],
    ['CrashLoopBackOff', of(container({ ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }))],
    ['ImagePullBackOff', of(container(), container({ state: { waiting: { reason: 'ImagePullBackOff' } } }))],
    ['OOMKilled', of(container({ ready: false, state: { terminated: killed } }))],
    ['ExitCode:2', of(container({ ready: false, state: { terminated: { exitCode: 2 } } }))],
    ['Signal:9', of(container({ ready: false, state: { terminated: { exitCode: 137, signal: 9 } } }))],
    ['Completed', of(container({ ready: false, state: { terminated: { reason: 'Completed', exitCode: 0 } } }))],
    ['NotReady', of(container(), container({ state: { terminated: { reason: 'Completed', exitCode: 0 } } }))],
    ['Init:0/2', init(container({ state: { running: {} } }), container({ state: { waiting: {} } }))],
    ['Init:1/2', init(container({ state: { terminated: { exitCode: 0 } } }), container({ state: {} }))],
    ['Init:Error', init(container({ state: { terminated: { reason: 'Error', exitCode: 1 } } }))],
    ['Init:CrashLoopBackOff', init(container({ state: { waiting: { reason: 'CrashLoopBackOff' } } }))],
    ['Terminating', pod({ containerStatuses: [container()] }, { metadata: { name: 'a', deletionTimestamp: AT } })],
    ['Unknown', {}],
  ])('is %s, as kubectl calls it', (state, one) => {
    expect(podState(one)).toBe(state);
  });

  it('tells each container that was killed for its memory, with the limit that it had', () => {
    const one = of(container({ restartCount: 7, lastState: { terminated: killed } }));
    const end = 'app: OOMKilled, exit 137, at 2026-11-20T08:00:00Z after 41 s, memory limit 256Mi';
    expect(podRow(one)).toMatchObject({ state: 'Running', ready: '1/1', restarts: 7, last_ends: [end] });
    expect(podTold(one)).toMatchObject({
      containers: [
        {
          name: 'app',
          restarts: 7,
          last_end: end,
          limits: { memory: '256Mi' },
          state: 'running since 2026-11-20T08:00:00Z',
        },
      ],
    });
    const unlimited = { ...one, spec: { containers: [{ name: 'app' }] } };
    expect(podRow(unlimited)['last_ends']).toEqual([end.replace('256Mi', 'none')]);
  });

  it('counts restarts of containers that come first', () => {
    const one = init(
      container({ restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } } }),
    );
    expect(podRow(one)).toMatchObject({ state: 'Init:CrashLoopBackOff', restarts: 5, why: 'back-off', ready: '0/1' });
  });

  it('comes before others when it is not well, also when it runs again after it was killed', () => {
    const ranked = [
      of(container()),
      of(container({ restartCount: 3 })),
      of(container({ ready: false, state: { terminated: { reason: 'Completed', exitCode: 0 } } })),
      of(container({ ready: false })),
      of(
        container({ ready: false, state: { terminated: { reason: 'Completed', exitCode: 0 } } }),
        container({ ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } }),
      ),
      of(container({ restartCount: 1, lastState: { terminated: killed } })),
      pod({ phase: 'Failed', reason: 'Evicted' }),
    ].map((one) => podRank(one) >= 1e9);
    expect(ranked).toEqual([false, false, false, true, true, true, true]);
  });
});
