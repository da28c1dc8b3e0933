import { setImmediate as turn } from 'node:timers/promises';
import { PacedQueue } from './paced-queue.js';

describe('a paced queue', () => {
  it('does no more at once than it may, and leaves out what finds no room', async () => {
    const queue = new PacedQueue({ atOnce: 1, everyMs: 0, waiting: 2 });
    const done: string[] = [];
    const finish: (() => void)[] = [];
    const job = (name: string) => () =>
      new Promise<void>((resolve) => {
        done.push(name);
        finish.push(resolve);
      });
    expect(['a', 'b', 'c', 'd'].map((name) => queue.add(job(name)))).toEqual([true, true, true, false]);
    expect(done).toEqual(['a']);
    for (let end = finish.shift(); end; end = finish.shift()) {
      end();
      const before = done.length;
      for (let wait = 0; wait < 1_000 && done.length === before && before < 3; wait++) await turn();
    }
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('goes on after a job that fails, and forgets what waits', async () => {
    const queue = new PacedQueue({ atOnce: 1, everyMs: 0, waiting: 5 });
    const done: string[] = [];
    let fail = (_: Error): void => undefined;
    queue.add(() => new Promise<void>((_, reject) => (fail = reject)));
    const second = new Promise<void>((resolve) => {
      queue.add(() => Promise.resolve(resolve()));
    });
    fail(new Error('no'));
    await second;
    queue.add(() => new Promise(() => undefined));
    queue.add(() => Promise.resolve(void done.push('never')));
    queue.clear();
    await turn();
    expect(done).toEqual([]);
  });
});
