import type { ChatEvent } from '@opsagent/contracts';
import { LiveRun } from './live-run.js';

const FACTS = {
  runId: '00000000-0000-4000-8000-000000000001',
  messageId: '00000000-0000-4000-8000-000000000002',
  sessionId: '00000000-0000-4000-8000-000000000003',
  createdAt: new Date(0),
  model: {
    configId: '00000000-0000-4000-8000-000000000004',
    configName: 'main',
    provider: 'openai',
    modelName: 'sim-text',
    revision: '1',
    pricing: { priceOf: () => null },
  },
} as const;

const text = (delta: string) => ({ type: 'text', delta }) as const;

/** A reader that keeps what it reads, as fast as it comes. */
function collect(run: LiveRun, afterSeq = 0): ChatEvent[] {
  const seen: ChatEvent[] = [];
  run.follow(afterSeq, (events) => void seen.push(...events));
  return seen;
}

describe('LiveRun', () => {
  it('numbers its events from 1 without gaps and ends with the stored end', async () => {
    const run = new LiveRun(FACTS, true);
    const seen = collect(run);
    run.open();
    void run.emit([text('a'), text('b')]);
    run.finish(run.conclude('finished', null));
    expect(seen.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'turn_started'],
      [2, 'text'],
      [3, 'text'],
      [4, 'turn_finished'],
    ]);
    await expect(run.ended).resolves.toMatchObject({ status: 'finished', answer: 'ab' });
  });

  it('lets nobody read before the pending message is stored', () => {
    const run = new LiveRun(FACTS, true);
    const seen = collect(run);
    void run.emit([text('a')]);
    expect(seen).toEqual([]);
    run.open();
    expect(seen.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('gives a late follower everything after the number it names', () => {
    const run = new LiveRun(FACTS, true);
    run.open();
    void run.emit([text('a'), text('b'), text('c')]);
    const seen = collect(run, 2);
    void run.emit([text('d')]);
    expect(seen.map((event) => (event.type === 'text' ? event.delta : ''))).toEqual(['b', 'c', 'd']);
  });

  it('makes the model wait only while every follower is behind', async () => {
    const run = new LiveRun(FACTS, true);
    run.open();
    const room = Promise.withResolvers<void>();
    let slowRead = 0;
    run.follow(0, (events) => {
      slowRead += events.length;
      return room.promise;
    });
    const wait = run.emit([text('a')]);
    expect(wait).toBeInstanceOf(Promise);
    const seen = collect(run);
    expect(run.emit([text('b')])).toBeUndefined();
    expect(seen).toHaveLength(3);
    expect(slowRead).toBe(1);
    room.resolve();
    await wait;
    expect(slowRead).toBe(3);
  });

  it('lets the model go on when the only slow follower leaves or the run is stopped', async () => {
    const never = new Promise<void>(() => undefined);
    const run = new LiveRun(FACTS, true);
    run.open();
    const leave = run.follow(0, () => never);
    const wait = run.emit([text('a')]);
    leave();
    await wait;
    run.follow(0, () => never);
    const again = run.emit([text('b')]);
    run.stop();
    await again;
    expect(run.cancel.signal.aborted).toBe(true);
  });

  it('keeps no events of a blocking turn, only what they add up to', () => {
    const run = new LiveRun(FACTS, false);
    void run.emit([text('a'), text('b')]);
    expect(run.events).toEqual([]);
    expect(run.conclude('finished', null).answer).toBe('ab');
  });
});
