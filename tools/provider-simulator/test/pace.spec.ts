import { expectedText, startSimulator, type Simulator } from '../simulator.ts';
import { ask, CHAT, chatBody, finishOf, stream, textOfChunks } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

/** @returns the first byte's delay and the whole duration of the newest request of a model, as the simulator saw them. */
async function timesOf(model: string): Promise<{ first: number; total: number }> {
  const { startedAt, firstByteAt, endedAt } = await simulator.requests.waitFor(
    (one) => one.model === model && one.endedAt !== null,
  );
  return { first: firstByteAt! - startedAt, total: endedAt! - startedAt };
}

// Lower bounds only: a busy machine may always be slower.
describe('pace', () => {
  it('sim-slow leaves that many milliseconds between its pieces', async () => {
    expect(textOfChunks(await stream(simulator, 'sim-slow-30-5'))).toBe(expectedText('sim-text-5'));
    expect((await timesOf('sim-slow-30-5')).total).toBeGreaterThanOrEqual(4 * 30);
  });

  it('sim-first holds back the first byte', async () => {
    await stream(simulator, 'sim-first-80');
    expect((await timesOf('sim-first-80')).first).toBeGreaterThanOrEqual(80);
  });

  it('sim-paced keeps its rate', async () => {
    expect(finishOf(await stream(simulator, 'sim-paced-21-100'))).toBe('stop');
    expect((await timesOf('sim-paced-21-100')).total).toBeGreaterThanOrEqual(200);
  });

  it('sim-clock says when each piece leaves', async () => {
    const before = performance.timeOrigin + performance.now();
    const times = textOfChunks(await stream(simulator, 'sim-clock-5-100'))
      .split(' ')
      .slice(0, -1)
      .map(Number);
    expect(times).toHaveLength(5);
    for (const [at, time] of times.entries()) expect(time).toBeGreaterThanOrEqual(before + at * 10 - 1);
    expect(times.at(-1)).toBeLessThanOrEqual(performance.timeOrigin + performance.now());
  });

  it('makes a whole answer as late as its stream would end', async () => {
    await ask(simulator, CHAT, chatBody('sim-slow-20-6'));
    expect((await timesOf('sim-slow-20-6')).first).toBeGreaterThanOrEqual(100);
  });

  it('paces hundreds of streams at once without losing a piece', async () => {
    const streams = await Promise.all(Array.from({ length: 200 }, () => stream(simulator, 'sim-paced-10-100')));
    expect(new Set(streams.map(textOfChunks))).toEqual(new Set([expectedText('sim-text-10')]));
  });
});
