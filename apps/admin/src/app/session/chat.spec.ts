import { HttpBackend, provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import type { ChatEvent } from '@opsagent/contracts';
import { Chat } from './chat.js';
import { bodyOf, eventsOf, framesOf, shortAnswer } from './stream/test-events.js';
import { aMessage, aSession, TestServer } from './test-server.js';
import { answerText } from './turn.js';

const ID = 'session-1';
const TEXT = '你好, "world" \\ 🚒\n\n\u2028 data: x';

/** A conversation on a server whose streams are these, one after another. */
function chatWith(server: TestServer, ...streams: (() => Response)[]) {
  const fetched: string[] = [];
  globalThis.fetch = (url) => {
    fetched.push(url as string);
    const stream = streams.shift();
    return stream ? Promise.resolve(stream()) : Promise.reject(new TypeError('connection refused'));
  };
  server.on('GET /api/sessions', () => ({ items: [], total: 0 }));
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), { provide: HttpBackend, useValue: server }, Chat],
  });
  return { chat: TestBed.inject(Chat), fetched };
}

function quietServer(): TestServer {
  return new TestServer()
    .on(`GET /api/sessions/${ID}`, () => aSession())
    .on(`GET /api/sessions/${ID}/messages`, () => ({ items: [aMessage()], total: 1 }));
}

const answer =
  (events: ChatEvent[] = shortAnswer()) =>
  () =>
    bodyOf([framesOf(events)]);

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('Chat', () => {
  it('asks, and puts the answer after what was said before', async () => {
    const { chat, fetched } = chatWith(quietServer(), answer());
    await chat.open(ID);
    chat.send('why?');
    await until(() => chat.lastEnded() !== null);
    expect(fetched).toEqual([`/api/sessions/${ID}/messages`]);
    expect(chat.turns().map(({ query, status }) => [query, status])).toEqual([
      ['before', 'finished'],
      ['why?', 'finished'],
    ]);
    expect(answerText(chat.turns()[1])).toBe(TEXT);
    expect(chat.answering()).toBeNull();
  });

  it('goes on with an answer that was being made when the page was left', async () => {
    const running = aMessage({
      message_id: 'message-1',
      run_id: 'run-1',
      query: 'why?',
      answer: '你',
      status: 'running',
    });
    const server = quietServer()
      .on(`GET /api/sessions/${ID}`, () => aSession({ active_run_id: 'run-1' }))
      .on(`GET /api/sessions/${ID}/messages`, () => ({ items: [aMessage(), running], total: 2 }));
    const { chat, fetched } = chatWith(server, answer());
    await chat.open(ID);
    await until(() => chat.lastEnded() !== null);
    expect(fetched).toEqual(['/api/runs/run-1/events']);
    expect(answerText(chat.lastEnded()!)).toBe(TEXT);
    expect(chat.turns()).toHaveLength(2);
  });

  it('asks the next question when the running answer has ended', async () => {
    const { chat } = chatWith(quietServer(), answer(), answer());
    await chat.open(ID);
    chat.send('first');
    chat.send('second');
    expect(chat.queued()).toBe('second');
    await until(() => chat.turns().length === 3 && chat.answering() === null);
    expect(chat.queued()).toBeNull();
    expect(chat.turns().map(({ query }) => query)).toEqual(['before', 'first', 'second']);
  });

  it('keeps a queued question when the answer before it failed', async () => {
    const failed = eventsOf({ type: 'turn_failed', kind: 'invalid_key', code: 'x', detail: 'no' });
    const { chat } = chatWith(quietServer(), answer(failed));
    await chat.open(ID);
    chat.send('first');
    chat.send('second');
    await until(() => chat.lastEnded() !== null);
    expect(chat.turns().at(-1)?.status).toBe('failed');
    expect(chat.unqueue()).toBe('second');
  });

  it('says why a question was not taken, and forgets it with the next one', async () => {
    const problem = JSON.stringify({ code: 'llm-config/not-usable', detail: 'It is switched off.' });
    const headers = new Headers();
    const refused = () =>
      ({ ok: false, status: 409, headers, text: () => Promise.resolve(problem) }) as unknown as Response;
    const { chat } = chatWith(quietServer(), refused, answer());
    await chat.open(ID);
    chat.send('why?');
    await until(() => chat.sendProblem() !== null);
    expect(chat.sendProblem()?.code).toBe('llm-config/not-usable');
    expect(chat.turns().at(-1)?.status).toBe('unsent');
    chat.send('why?');
    await until(() => chat.lastEnded() !== null);
    expect(chat.turns().map(({ status }) => status)).toEqual(['finished', 'finished']);
  });

  it('does not ask again when nobody knows whether the question arrived', async () => {
    const { chat, fetched } = chatWith(quietServer());
    await chat.open(ID);
    chat.send('why?');
    await until(() => chat.sendProblem() !== null);
    expect(fetched.filter((url) => url.startsWith('/api/'))).toHaveLength(1);
    expect(chat.turns().at(-1)).toMatchObject({ query: 'why?', status: 'unsent' });
  });

  it('finds the answer to a question whose sending broke after it had arrived', async () => {
    const server = quietServer();
    const { chat } = chatWith(server);
    await chat.open(ID);
    const arrived = aMessage({ message_id: 'message-1', query: 'why?', answer: TEXT });
    server.on(`GET /api/sessions/${ID}/messages`, () => ({ items: [aMessage(), arrived], total: 2 }));
    chat.send('why?');
    await until(() => chat.turns().length === 2 && chat.turns()[1].status === 'finished');
    expect(chat.sendProblem()).toBeNull();
  });

  it('tells the server to stop, and keeps what came', async () => {
    const stopped = eventsOf(
      { type: 'turn_started', session_id: ID, llm_config_id: 'c', model_name: 'm' },
      { type: 'text', delta: 'half' },
      { type: 'turn_finished', status: 'stopped' },
    );
    let release = () => undefined as void;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(framesOf(stopped.slice(0, 2)));
        release = () => controller.enqueue(framesOf(stopped.slice(2)));
      },
    });
    const server = quietServer().on('POST /api/runs/run-1/stop', () => {
      release();
      return { stopping: true };
    });
    const { chat } = chatWith(server, () => ({ ok: true, status: 200, body }) as Response);
    await chat.open(ID);
    chat.send('why?');
    await until(() => chat.turns().at(-1)?.status === 'running');
    const stopping = chat.stop();
    expect(chat.answering()?.isStopping()).toBe(true);
    await stopping;
    await until(() => chat.lastEnded() !== null);
    expect(chat.lastEnded()).toMatchObject({ status: 'stopped', parts: [{ text: 'half' }] });
  });

  it('says why a conversation cannot be read', async () => {
    const { chat } = chatWith(new TestServer());
    await chat.open(ID);
    expect(chat.problem()?.code).toBe('session/not-found');
  });

  it('puts earlier messages before the others, each once', async () => {
    const server = quietServer().on(`GET /api/sessions/${ID}/messages`, () => ({ items: [aMessage()], total: 2 }));
    const { chat } = chatWith(server);
    await chat.open(ID);
    expect(chat.hasEarlier()).toBe(true);
    const older = aMessage({ message_id: 'older', query: 'long ago' });
    server.on(`GET /api/sessions/${ID}/messages`, () => ({ items: [older, aMessage()], total: 2 }));
    await chat.loadEarlier();
    expect(chat.turns().map(({ query }) => query)).toEqual(['long ago', 'before']);
    expect(chat.hasEarlier()).toBe(false);
  });

  it('makes a new version of a turn and hides what followed the old one', async () => {
    const asked: string[] = [];
    const turns = [
      aMessage(),
      aMessage({ message_id: 'm-1', parent_id: 'message-0' }),
      aMessage({ message_id: 'm-2' }),
    ];
    const server = quietServer().on(`GET /api/sessions/${ID}/messages`, () => ({ items: turns, total: 3 }));
    const { chat } = chatWith(server, answer());
    const answered = globalThis.fetch;
    globalThis.fetch = (url, init) => {
      asked.push(init?.body as string);
      return answered(url, init);
    };
    await chat.open(ID);
    chat.askAnew({ query: 'changed', parentId: 'message-0', configId: 'config-2' });
    expect(chat.turns().map(({ query }) => query)).toEqual(['before', 'changed']);
    await until(() => chat.lastEnded() !== null);
    expect(JSON.parse(asked[0])).toEqual({ query: 'changed', parent_id: 'message-0', llm_config_id: 'config-2' });
  });

  it('goes on from the line that is shown', async () => {
    const asked: string[] = [];
    const { chat } = chatWith(quietServer(), answer());
    const answered = globalThis.fetch;
    globalThis.fetch = (url, init) => {
      asked.push(init?.body as string);
      return answered(url, init);
    };
    await chat.open(ID, 'message-0');
    chat.send('and then?');
    await until(() => chat.lastEnded() !== null);
    expect(JSON.parse(asked[0])).toEqual({ query: 'and then?', parent_id: 'message-0' });
  });

  it('shows the old line again when the new version was refused', async () => {
    const refused = () =>
      ({ ok: false, status: 409, headers: new Headers(), text: () => Promise.resolve('{}') }) as unknown as Response;
    const { chat } = chatWith(quietServer(), refused);
    await chat.open(ID);
    chat.askAnew({ query: 'changed', parentId: null });
    await until(() => chat.sendProblem() !== null);
    expect(chat.turns().map(({ query, status }) => [query, status])).toEqual([
      ['before', 'finished'],
      ['changed', 'unsent'],
    ]);
  });

  it('takes an opinion back that the server refused', async () => {
    const { chat } = chatWith(quietServer());
    await chat.open(ID);
    const rating = chat.rate(chat.turns()[0], { rating: 'like', content: null });
    expect(chat.turns()[0].feedback?.rating).toBe('like');
    await expect(rating).rejects.toMatchObject({ status: 404 });
    expect(chat.turns()[0].feedback).toBeNull();
  });

  it('marks where another configuration answered', async () => {
    const items = ['a', 'a', 'b', 'b'].map((llm_config_id, at) => aMessage({ message_id: `m-${at}`, llm_config_id }));
    const server = quietServer().on(`GET /api/sessions/${ID}/messages`, () => ({ items, total: 4 }));
    const { chat } = chatWith(server);
    await chat.open(ID);
    expect(chat.turns().map((turn) => chat.isModelNew(turn))).toEqual([false, false, true, false]);
  });
});
