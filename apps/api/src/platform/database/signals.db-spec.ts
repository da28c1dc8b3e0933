import { eventually } from '../../../test/support/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { runSql } from '../../../test/support/test-server.js';
import { Signals } from './signals.js';

const CUT_CONNECTIONS = `select pg_terminate_backend(pid) from pg_stat_activity
                         where application_name = 'opsagent signals' and datname = current_database()`;

describe('Signals', () => {
  let test: TestDatabase;
  let here: Signals;
  let there: Signals;

  beforeEach(async () => {
    test = await createTestDatabase();
    [here, there] = [new Signals(test.open.options), new Signals(test.open.options)];
    await Promise.all([here.onApplicationBootstrap(), there.onApplicationBootstrap()]);
  });

  afterEach(async () => {
    await Promise.all([here.onApplicationShutdown(), there.onApplicationShutdown()]);
    await test.drop();
  });

  /** Publishes until one arrives: subscribing takes a moment to reach the server. */
  const untilHeard = (heard: string[], channel: string, payload: string): Promise<void> =>
    eventually(async () => {
      await here.publish(channel, payload);
      return heard.includes(payload);
    });

  it('reach every process that listens, the sender included', async () => {
    const [atHome, abroad]: [string[], string[]] = [[], []];
    here.subscribe('run-stop', (payload) => atHome.push(payload));
    there.subscribe('run-stop', (payload) => abroad.push(payload));
    await untilHeard(abroad, 'run-stop', '停 1');
    expect(atHome).toContain('停 1');
  });

  it('stay away from who listens to something else or no longer', async () => {
    const [other, former, marker]: [string[], string[], string[]] = [[], [], []];
    there.subscribe('other', (payload) => other.push(payload));
    const stop = there.subscribe('mine', (payload) => former.push(payload));
    there.subscribe('marker', (payload) => marker.push(payload));
    stop();
    await here.publish('mine', 'gone');
    await untilHeard(marker, 'marker', 'end');
    expect({ other, former }).toEqual({ other: [], former: [] });
  });

  it('are listened to again after the connection broke, and say that some were missed', async () => {
    const heard: string[] = [];
    let reconnects = 0;
    there.subscribe('back', (payload) => heard.push(payload));
    there.onReconnect(() => (reconnects += 1));
    await untilHeard(heard, 'back', 'before');
    await runSql(test.open.options, CUT_CONNECTIONS);
    await eventually(() => reconnects > 0);
    await eventually(() =>
      here.publish('back', 'after').then(
        () => heard.includes('after'),
        () => false,
      ),
    );
    expect(reconnects).toBe(1);
  });

  it('refuse a payload over 7 kB', async () => {
    await expect(here.publish('big', '大'.repeat(2_500))).rejects.toThrow(RangeError);
  });
});
