import type { ChatEvent } from '@opsagent/contracts';
import { RunStream, SendingUncertain, StreamRefused, type StreamState } from './run-stream.js';
import { bodyOf, framesOf, refusalOf, shortAnswer } from './test-events.js';

/** A server that gives the prepared answers one after another and remembers what it was asked. */
class Server {
  readonly asked: string[] = [];
  readonly events: ChatEvent[] = [];
  readonly states: StreamState[] = [];
  readonly pauses: number[] = [];

  constructor(private readonly answers: (() => Response)[]) {}

  readonly open = (): Promise<Response> => this.next('send');

  stream(silenceMs?: number): RunStream {
    return new RunStream(
      {
        resume: (runId, after) => this.next(`${runId} after ${after}`),
        pause: (ms) => Promise.resolve(void this.pauses.push(ms)),
        onEvents: (events) => this.events.push(...events),
        onState: (state) => this.states.push(state),
      },
      silenceMs,
    );
  }

  private next(question: string): Promise<Response> {
    this.asked.push(question);
    const answer = this.answers.shift();
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('connection refused'));
  }
}

const all = () => bodyOf([framesOf(shortAnswer())]);
const from = (seq: number) => () => bodyOf([framesOf(shortAnswer().slice(seq))]);

describe('RunStream', () => {
  it('sends a question and reads its answer to the end', async () => {
    const server = new Server([all]);
    await server.stream().send(server.open).ending;
    expect(server.events).toEqual(shortAnswer());
    expect(server.states).toEqual(['connecting', 'open', 'ended']);
  });

  it('loses and doubles nothing wherever the connection breaks', async () => {
    const bytes = framesOf(shortAnswer());
    const firstFrame = framesOf(shortAnswer().slice(0, 1)).length;
    for (let cut = firstFrame; cut < bytes.length; cut += 1) {
      const whole = () => bodyOf([bytes]);
      const server = new Server([() => bodyOf([bytes.slice(0, cut)], cut % 2 ? 'break' : 'close'), whole]);
      await server.stream().send(server.open).ending;
      expect(server.events).toEqual(shortAnswer());
    }
  });

  it('asks only for what is missing after a lost connection', async () => {
    const server = new Server([() => bodyOf([framesOf(shortAnswer().slice(0, 3))], 'break'), from(3)]);
    await server.stream().send(server.open).ending;
    expect(server.asked).toEqual(['send', 'run-1 after 3']);
    expect(server.states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open', 'ended']);
  });

  it('takes silence for a lost connection', async () => {
    const server = new Server([() => bodyOf([framesOf(shortAnswer().slice(0, 2))], 'silence'), from(2)]);
    await server.stream(20).send(server.open).ending;
    expect(server.events).toEqual(shortAnswer());
  });

  it('follows a run that goes on already from its first event', async () => {
    const server = new Server([all]);
    await server.stream().follow('run-1').ending;
    expect(server.asked).toEqual(['run-1 after 0']);
    expect(server.events).toEqual(shortAnswer());
  });

  it('tries after 1, 2, 4 and 8 seconds, then waits to be told', async () => {
    const server = new Server([() => bodyOf([framesOf(shortAnswer().slice(0, 2))], 'break')]);
    const stream = server.stream().send(server.open);
    await stream.ending;
    expect(server.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(server.states.at(-1)).toBe('lost');
  });

  it('goes on where it was when told to try again', async () => {
    const answers = [() => bodyOf([framesOf(shortAnswer().slice(0, 2))], 'break')];
    const server = new Server(answers);
    const stream = server.stream().send(server.open);
    await stream.ending;
    answers.push(from(2));
    stream.retry();
    await stream.ending;
    expect(server.events).toEqual(shortAnswer());
    expect(server.states.at(-1)).toBe('ended');
  });

  it('begins its pauses anew once something came', async () => {
    const broken = (start: number, end: number) => () => bodyOf([framesOf(shortAnswer().slice(start, end))], 'break');
    const server = new Server([broken(0, 1), broken(1, 2), broken(2, 3), from(3)]);
    await server.stream().send(server.open).ending;
    expect(server.pauses).toEqual([1_000, 1_000, 1_000]);
  });

  it('retries a server that is down for a moment', async () => {
    const server = new Server([() => bodyOf([framesOf(shortAnswer().slice(0, 2))]), () => refusalOf(503), from(2)]);
    await server.stream().send(server.open).ending;
    expect(server.events).toEqual(shortAnswer());
  });

  it('says when the run is not kept any more', async () => {
    const server = new Server([() => refusalOf(404)]);
    await server.stream().follow('run-1').ending;
    expect(server.states.at(-1)).toBe('gone');
  });

  it('never sends a refused question twice', async () => {
    const server = new Server([() => refusalOf(503)]);
    const { ending } = server.stream().send(server.open);
    await expect(ending).rejects.toThrow(StreamRefused);
    expect(server.asked).toEqual(['send']);
  });

  it('never sends a question twice whose fate is unknown', async () => {
    const server = new Server([]);
    await expect(server.stream().send(server.open).ending).rejects.toThrow(SendingUncertain);
    expect(server.asked).toEqual(['send']);
  });

  it('shows what there is when a second connection lacks the same event', async () => {
    const withGap = () => bodyOf([framesOf(shortAnswer().filter(({ seq }) => seq !== 3))]);
    const server = new Server([withGap, withGap]);
    await server.stream().send(server.open).ending;
    expect(server.events.map(({ seq }) => seq)).toEqual([1, 2, 4, 5]);
    expect(server.states.at(-1)).toBe('ended');
  });

  it('does not take a mistake in the page for a lost connection', async () => {
    const stream = new RunStream({
      resume: () => Promise.resolve(all()),
      pause: () => Promise.resolve(),
      onEvents: () => {
        throw new RangeError('a mistake');
      },
      onState: () => undefined,
    });
    await expect(stream.follow('run-1').ending).rejects.toThrow('a mistake');
  });

  it('hangs up when closed', async () => {
    const server = new Server([() => bodyOf([framesOf(shortAnswer().slice(0, 1))], 'silence')]);
    const stream = server.stream().send(server.open);
    stream.close();
    await stream.ending;
    expect(server.asked).toEqual(['send']);
  });
});
