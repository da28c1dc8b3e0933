import type { ChatEvent, MessageListDto, SessionDto, StopRunDto } from '@opsagent/contracts';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { ConsoleServer, eventsIn, readEvents, textOf } from './support/console.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('a second process on the same database', () => {
  let server: ConsoleServer;
  let other: TestApp;

  beforeAll(async () => {
    server = await ConsoleServer.start();
    other = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${server.simulator.port}` }, server.app.database);
  });

  afterAll(async () => {
    await other.close();
    await server.close();
  });

  const there = (method: string, path: string) => fetch(other.url + path, { method, headers: other.admin.headers });

  it('follows a run of the first to its end, with the same events', async () => {
    const { session_id } = await server.session('sim-slow-120');
    const here: ChatEvent[] = [];
    const reading = (async () => {
      for await (const event of eventsIn(await server.open(session_id, 'x'))) here.push(event);
    })();
    await eventually(() => here.length > 0);
    const elsewhere = await readEvents(await there('GET', `/api/runs/${here[0]?.run_id}/events`));
    await reading;
    expect(textOf(elsewhere)).toBe(expectedText('sim-slow-120'));
    expect(elsewhere).toEqual(here);
  }, 15_000);

  it('stops a run of the first', async () => {
    const { session_id } = await server.session('sim-stall-3');
    const events: ChatEvent[] = [];
    for await (const event of eventsIn(await server.open(session_id, 'x'))) {
      events.push(event);
      if (event.type !== 'turn_started') continue;
      const answer = await there('POST', `/api/runs/${event.run_id}/stop`);
      expect((await answer.json()) as StopRunDto).toEqual({ stopping: true });
    }
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
  });

  it('forgets a configuration that was switched off at the first', async () => {
    const session = await server.session('sim-text-2');
    const ask = () =>
      fetch(`${other.url}/api/sessions/${session.session_id}/messages`, {
        method: 'POST',
        headers: { ...other.admin.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'x' }),
      });
    expect((await readEvents(await ask())).at(-1)?.type).toBe('turn_finished');
    await server.call('POST', `/api/llm-configs/${session.llm_config_id}/toggle-status`, undefined, 200);
    await eventually(async () => (await ask()).status === 400);
  });

  it('stops a run of the first by deleting its session', async () => {
    const { session_id } = await server.session('sim-stall-5');
    const events: ChatEvent[] = [];
    for await (const event of eventsIn(await server.open(session_id, 'x'))) {
      events.push(event);
      if (event.type === 'turn_started')
        expect((await there('DELETE', `/api/sessions/${session_id}`)).status).toBe(204);
    }
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
  });
});

describe('an answer whose process died', () => {
  it('is ended as interrupted with what came of it, and can be asked again', async () => {
    const server = await ConsoleServer.start();
    try {
      const spare = (await server.session('sim-stall-6')).llm_config_id;
      const { session_id, llm_config_id } = await server.session('sim-401');
      await server.call('PUT', `/api/llm-configs/${llm_config_id}`, { fallback_ids: [spare] });
      await server.open(session_id, 'x');
      await eventually(async () => (await server.app.query('select from run_events')).length > 0);
      // What a dead process leaves: a lease that nobody renews. Another name makes the run a stranger's.
      await server.app.query(
        "update runs set process_id = gen_random_uuid(), lease_until = now() - interval '1 second'",
      );
      const second = await startTestApp({}, server.app.database);
      try {
        const answer = await fetch(`${second.url}/api/sessions/${session_id}/messages`, {
          headers: second.admin.headers,
        });
        const [message] = ((await answer.json()) as MessageListDto).items;
        expect(message).toMatchObject({
          status: 'failed',
          error: { kind: 'interrupted' },
          answer: expectedText('sim-stall-6'),
          llm_config_id: spare,
          model_name: 'sim-stall-6',
        });
        const session = await fetch(`${second.url}/api/sessions/${session_id}`, { headers: second.admin.headers });
        expect((await session.json()) as SessionDto).toMatchObject({ active_run_id: null });
      } finally {
        await second.close();
      }
    } finally {
      await server.close();
    }
  }, 15_000);

  it('is told as interrupted to its reader when the server is stopped in an orderly way', async () => {
    const server = await ConsoleServer.start();
    const { session_id } = await server.session('sim-stall-3');
    const response = await server.open(session_id, 'x');
    const reading = readEvents(response);
    await eventually(() => server.simulator.requests.ofModel('sim-stall-3').length > 0);
    await server.close();
    expect((await reading).at(-1)).toMatchObject({ type: 'turn_failed', kind: 'interrupted' });
  });
});
