import type {
  AppDto,
  ChatEvent,
  CreatedAppKeyDto,
  LlmConfigDto,
  MessageListDto,
  SessionDto,
} from '@opsagent/contracts';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { ConsoleServer, eventsIn, readEvents, textOf } from './support/console.js';
import { eventsOf, type Told } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** Until a model that is of no use any more has to be left alone. */
const AT_ONCE_MS = 2_000;

describe('what goes away while it answers', () => {
  let server: ConsoleServer;
  let other: TestApp;
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', hear);
    server = await ConsoleServer.start();
    other = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}` }, server.app.database);
  });

  afterEach(() => {
    expect(unheard.splice(0)).toEqual([]);
    expect(server.app.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  afterAll(async () => {
    await other.close();
    await server.close();
    process.off('unhandledRejection', hear);
  });

  /** What is left of the newest message. */
  const storedOf = async (sessionId: string) =>
    (
      await server.app.query<{ status: string; answer: string }>(
        'select status, answer from messages where session_id = $1 order by created_at desc limit 1',
        [sessionId],
      )
    )[0];
  const isLeftAlone = (model: string) =>
    server.simulator.requests.waitFor((request) => request.model === model && request.aborted, AT_ONCE_MS);
  const post = (url: string, headers: Record<string, string>, body: object): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** A user of that role, whom the model of that name answers at the second process until it is stopped. */
  async function askedBy(role: 'operator' | 'approver', model: string) {
    const { llm_config_id } = await server.session(model);
    const { id, headers } = await aUser(server.app, role);
    const made = await post(`${other.url}/api/sessions`, headers, { llm_config_id });
    const { session_id } = (await made.json()) as SessionDto;
    const answer = await post(`${other.url}/api/sessions/${session_id}/messages`, headers, { query: 'x' });
    const events: ChatEvent[] = [];
    const read = async () => {
      for await (const event of eventsIn(answer)) events.push(event);
    };
    // A connection that is cut is no end of its own.
    const reading = read().catch(() => undefined);
    await eventually(() => textOf(events) === expectedText(model));
    return { id, headers, session_id, events, reading };
  }

  it('a user who is switched off: the answer stops on every process, and what came is kept', async () => {
    const { id, session_id, reading } = await askedBy('operator', 'sim-stall-3-off');
    await server.call('PATCH', `/api/users/${id}`, { is_active: false });
    await isLeftAlone('sim-stall-3-off');
    await reading;
    await eventually(async () => (await storedOf(session_id))?.status === 'stopped');
    expect((await storedOf(session_id))?.answer).toBe(expectedText('sim-stall-3-off'));
  });

  it('the role that lets a user ask; another one that lets them stops nothing', async () => {
    const { id, headers, session_id, events, reading } = await askedBy('approver', 'sim-stall-3-role');
    await server.call('PATCH', `/api/users/${id}`, { role: 'operator' });
    const live = async () => {
      const answer = await fetch(`${other.url}/api/sessions/${session_id}`, { headers });
      return ((await answer.json()) as SessionDto).active_run_id;
    };
    expect(await live()).not.toBeNull();
    await server.call('PATCH', `/api/users/${id}`, { role: 'viewer' });
    await isLeftAlone('sim-stall-3-role');
    await reading;
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
    expect(await storedOf(session_id)).toEqual({ status: 'stopped', answer: expectedText('sim-stall-3-role') });
  });

  it('a session, in every moment of its answer: the answer ends, and the session comes back with what came', async () => {
    const { session_id } = await server.session('sim-slow-5-60');
    for (const afterEvents of [0, 1, 2, 10]) {
      const events: ChatEvent[] = [];
      const response = await server.open(session_id, 'x');
      const remove = () => server.call('DELETE', `/api/sessions/${session_id}`, undefined, 204);
      if (afterEvents === 0) await remove();
      for await (const event of eventsIn(response)) {
        events.push(event);
        if (events.length === afterEvents) await remove();
      }
      expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
      expect((await server.fetch('GET', `/api/sessions/${session_id}/messages`)).status).toBe(404);
      await server.call('POST', `/api/sessions/${session_id}/restore`, {}, 200);
      const { items } = await server.call<MessageListDto>('GET', `/api/sessions/${session_id}/messages`);
      expect(items[0]).toMatchObject({ status: 'stopped' });
    }
  });

  it('a configuration: the answer that it began is given to its end, the next question is refused', async () => {
    const { session_id, llm_config_id } = await server.session('sim-slow-5-40');
    const events: ChatEvent[] = [];
    for await (const event of eventsIn(await server.open(session_id, 'x'))) {
      events.push(event);
      if (events.length === 3)
        await server.call('DELETE', `/api/llm-configs/${llm_config_id}?force=true`, undefined, 204);
    }
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
    expect(await storedOf(session_id)).toEqual({ status: 'finished', answer: expectedText('sim-slow-5-40') });
    expect((await server.open(session_id, 'again')).status).toBe(404);
  });

  describe('on the Dify wire', () => {
    async function asked(model: string, more: object = {}) {
      const { llm_config_id } = await server.session(model);
      const app = await server.call<AppDto>('POST', '/api/apps', { name: model, llm_config_id });
      const { key } = await server.call<CreatedAppKeyDto>('POST', `/api/apps/${app.id}/keys`, { name: 'key' });
      const headers = { authorization: `Bearer ${key}` };
      const body = { query: 'x', inputs: {}, user: 'tester', response_mode: 'streaming', ...more };
      return { app, headers, answer: post(`${other.url}/v1/chat-messages`, headers, body) };
    }

    it('an app: its answers stop on every process, and what came is kept', async () => {
      const { app, answer } = await asked('sim-stall-3-app');
      const events: Told[] = [];
      for await (const event of eventsOf(await answer)) {
        events.push(event);
        if (events.length === 2) await server.call('DELETE', `/api/apps/${app.id}`, undefined, 204);
      }
      await isLeftAlone('sim-stall-3-app');
      expect(events.at(-1)?.event).toBe('message_end');
      expect(await storedOf(String(events[0]?.['conversation_id']))).toMatchObject({ status: 'stopped' });
    });

    it('an app that is asked for a whole answer: what came is given', async () => {
      const { app, answer } = await asked('sim-stall-3-whole', { response_mode: 'blocking' });
      await server.simulator.requests.waitFor(
        ({ model, firstByteAt }) => model === 'sim-stall-3-whole' && firstByteAt !== null,
      );
      await server.call('DELETE', `/api/apps/${app.id}`, undefined, 204);
      await isLeftAlone('sim-stall-3-whole');
      expect((await answer).status).toBe(200);
    });

    it('a conversation, which is gone for good: the stream ends, nothing of it is left', async () => {
      for (const afterEvents of [1, 2, 10]) {
        const { headers, answer } = await asked(`sim-slow-5-60-${afterEvents}`);
        const events: Told[] = [];
        let id = '';
        for await (const event of eventsOf(await answer)) {
          events.push(event);
          id = String(event['conversation_id']);
          if (events.length !== afterEvents) continue;
          const gone = await fetch(`${server.app.url}/v1/conversations/${id}`, {
            method: 'DELETE',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify({ user: 'tester' }),
          });
          expect(gone.status).toBe(204);
        }
        expect(['message_end', 'error']).toContain(events.at(-1)?.event);
        expect(await storedOf(id)).toBeUndefined();
      }
    });
  });

  it('the database’s room for answers: the turn fails in words, and the server stands', async () => {
    const { session_id } = await server.session('sim-slow-50-40');
    await server.app.query('alter table messages add constraint full_table check (false) not valid');
    try {
      const events = await readEvents(await server.open(session_id, 'x'));
      expect(events.at(-1)?.type).toBe('turn_failed');
    } finally {
      await server.app.query('alter table messages drop constraint full_table');
    }
    server.app.log.length = 0;
    const config = await server.call<LlmConfigDto[]>('GET', '/api/llm-configs');
    expect(config.length).toBeGreaterThan(0);
  });
});
