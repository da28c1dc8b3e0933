import type { LlmConfigDto, RunStartedDto, SessionDto, SessionListDto, StopRunDto } from '@opsagent/contracts';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { ConsoleServer, eventsIn, readEvents, textOf } from './support/console.js';
import { eventually } from './support/eventually.js';
import { sourcelessTools } from './support/sourceless-tools.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('sessions', () => {
  let server: ConsoleServer;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  afterAll(() => server.close());

  it('keep the label of whoever speaks and never end by themselves', async () => {
    const session = await server.call<SessionDto>('POST', '/api/sessions', {
      user_id: 'Zoë / 王',
      session_name: ' Disk ',
    });
    expect(session).toMatchObject({
      user_id: 'Zoë / 王',
      session_name: 'Disk',
      llm_config_id: null,
      expires_at: null,
      channel: 'api',
    });
    expect(await server.call('GET', `/api/sessions/${session.session_id}/`)).toEqual(session);
  });

  it('answer with the tools that they chose, with none at all, or with every one there is', async () => {
    const { session_id, tools } = await server.session('sim-tools');
    expect(tools).toBeNull();
    const calls = 'call:host_inspect {} call:write_todos {"todos":[]}';
    const toolsOf = async () => {
      const events = await server.ask(session_id, calls);
      return events.flatMap((event) => (event.type === 'step_finished' ? event.state : []));
    };
    expect(await toolsOf()).toHaveLength(2);
    await server.call('PATCH', `/api/sessions/${session_id}`, { tools: ['host_inspect'] });
    expect((await toolsOf()).filter((state) => state === 'succeeded')).toHaveLength(1);
    const plain = await server.call<SessionDto>('PATCH', `/api/sessions/${session_id}`, { tools: [] });
    expect(plain.tools).toEqual([]);
    expect(await toolsOf()).toEqual([]);
    const refused = await server.fetch('PATCH', `/api/sessions/${session_id}`, { tools: ['no_such_tool'] });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ field: 'tools' }] });
  });

  it.each([
    ['unknown', NOBODY],
    ['not a UUID', 'x'],
  ])('refuse a configuration that is %s with 400', async (_name, llm_config_id) => {
    const response = await server.fetch('POST', '/api/sessions', { llm_config_id });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'llm_config_id' }] });
  });

  it('refuse an inactive configuration with 400', async () => {
    const session = await server.session('sim-text-2');
    await server.call('POST', `/api/llm-configs/${session.llm_config_id}/toggle-status`, undefined, 200);
    const response = await server.fetch('POST', '/api/sessions', { llm_config_id: session.llm_config_id });
    expect(response.status).toBe(400);
    const turn = await server.open(session.session_id, 'x');
    expect(turn.status).toBe(400);
    expect(await turn.json()).toMatchObject({ code: 'llm-config/not-usable' });
  });

  it('never answer with another model when theirs was deleted', async () => {
    const session = await server.session('sim-text-2');
    await server.call('DELETE', `/api/llm-configs/${session.llm_config_id}?force=true`, undefined, 204);
    const turn = await server.open(session.session_id, 'x');
    expect(turn.status).toBe(404);
    expect(await turn.json()).toMatchObject({ code: 'llm-config/not-found' });
  });

  it('say that they use a configuration before it is deleted', async () => {
    const session = await server.session('sim-text-2');
    const response = await server.fetch('DELETE', `/api/llm-configs/${session.llm_config_id}`);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'llm-config/in-use',
      detail: expect.stringContaining('used by 1 session') as string,
    });
  });

  it('are listed newest activity first, found by name, renamed and deleted', async () => {
    const first = await server.call<SessionDto>('POST', '/api/sessions', { session_name: 'Alpha leak' });
    const second = await server.call<SessionDto>('POST', '/api/sessions', { session_name: 'Beta leak' });
    const list = async (): Promise<string[]> => {
      const { items } = await server.call<SessionListDto>('GET', '/api/sessions?search=LEAK');
      return items.map(({ session_name }) => session_name);
    };
    expect(await list()).toEqual(['Beta leak', 'Alpha leak']);
    await server.call('PATCH', `/api/sessions/${first.session_id}`, { session_name: 'Gamma leak' });
    expect(await list()).toEqual(['Beta leak', 'Gamma leak']);
    await server.call('DELETE', `/api/sessions/${second.session_id}`, undefined, 204);
    expect(await list()).toEqual(['Gamma leak']);
    expect((await server.fetch('GET', `/api/sessions/${second.session_id}`)).status).toBe(404);
  });

  it('belong to their owner alone', async () => {
    const { session_id } = await server.session('sim-text-2');
    await server.app.query('update user_sessions set owner_id = null where id = $1', [session_id]);
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['GET', '/messages'],
      ['POST', '/messages'],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : path ? { query: 'x' } : { session_name: 'x' };
      expect((await server.fetch(method, `/api/sessions/${session_id}${path}`, body)).status).toBe(404);
    }
  });
});

describe('messages', () => {
  let server: ConsoleServer;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  afterAll(() => server.close());

  it('stream the model’s text unchanged and are stored before the end is told', async () => {
    const { session_id, llm_config_id } = await server.session('sim-text-40');
    const events = await server.ask(session_id, '你好');
    expect(textOf(events)).toBe(expectedText('sim-text-40'));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'turn_started', session_id, llm_config_id, model_name: 'sim-text-40' });
    expect(events.at(-2)).toMatchObject({ type: 'usage', usage: { completion_tokens: 40, estimated: false } });
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'finished' });
    const { items, total } = await server.messages(session_id);
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      query: '你好',
      answer: expectedText('sim-text-40'),
      status: 'finished',
      error: null,
    });
    expect(items[0]?.first_token_ms).toBeGreaterThan(0);
    expect(await server.call('GET', `/api/sessions/${session_id}`)).toMatchObject({
      session_name: '你好',
      active_run_id: null,
    });
  });

  it('give back hostile text byte for byte', async () => {
    const { session_id } = await server.session('sim-echo');
    const hostile = '<script>alert(1)</script> "quotes" \\u0041 \u2028 👩‍👩‍👧‍👦 data: x\n\nevent: y\r\n\t\u0007 end';
    expect(textOf(await server.ask(session_id, hostile))).toBe(hostile);
    expect((await server.messages(session_id)).items[0]).toMatchObject({ query: hostile, answer: hostile });
  });

  it('carry the conversation so far to the model', async () => {
    const { session_id } = await server.session('sim-history');
    await server.ask(session_id, 'first');
    const text = textOf(await server.ask(session_id, 'second'));
    expect(text).toContain('first');
    expect(text.indexOf('first')).toBeLessThan(text.indexOf('second'));
  });

  it('stream and store reasoning apart from the answer', async () => {
    const { session_id } = await server.session('sim-reasoning');
    const events = await server.ask(session_id, 'why');
    const reasoning = events.map((event) => (event.type === 'reasoning' ? event.delta : '')).join('');
    expect(reasoning).not.toBe('');
    expect((await server.messages(session_id)).items[0]).toMatchObject({ reasoning, answer: textOf(events) });
  });

  it('run tools, and tell and store each step', async () => {
    const { session_id } = await server.session('sim-tools');
    const events = await server.ask(session_id, 'How is this host?');
    const started = events.filter(({ type }) => type === 'step_started');
    expect(started).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'step_finished')).toHaveLength(2);
    expect(textOf(events)).not.toBe('');
    const [message] = (await server.messages(session_id)).items;
    expect(message?.steps.map(({ position, round, state }) => [position, round, state])).toEqual([
      [1, 1, 'succeeded'],
      [2, 1, 'succeeded'],
    ]);
    expect(message?.steps[0]).toMatchObject({
      tool: 'host_inspect',
      risk: 'read',
      label: { zh: expect.any(String) as string },
    });
  });

  it('offer what reads and what probes', async () => {
    const { session_id } = await server.session('sim-text-2-offered');
    await server.ask(session_id, 'x');
    const [asked] = server.simulator.requests.ofModel('sim-text-2-offered');
    const { tools } = asked?.body as { tools: { function: { name: string } }[] };
    const offered = tools.map((tool) => tool.function.name);
    expect(offered).toEqual(sourcelessTools(server.app, 'read', 'probe'));
    expect(offered).toEqual(expect.arrayContaining(['host_inspect', 'net_probe']));
  });

  it('fail with the cause, keep what came, and let the conversation go on', async () => {
    const { session_id } = await server.session('sim-cut-5');
    const events = await server.ask(session_id, 'x');
    expect(events.at(-1)).toMatchObject({ type: 'turn_failed', kind: 'cut_off' });
    const [message] = (await server.messages(session_id)).items;
    expect(message).toMatchObject({ status: 'failed', answer: expectedText('sim-cut-5'), error: { kind: 'cut_off' } });
    expect((await server.ask(session_id, 'again')).at(-1)?.type).toBe('turn_failed');
  });

  it.each(['', ' '.repeat(0), '\0'])('refuse the query %j', async (query) => {
    const { session_id } = await server.session('sim-text-2');
    expect((await server.open(session_id, query)).status).toBe(400);
  });

  it('take a question of a million characters', async () => {
    const { session_id } = await server.session('sim-text-2');
    const query = '磁'.repeat(1_000_000);
    expect((await server.ask(session_id, query)).at(-1)).toMatchObject({ type: 'turn_finished' });
    expect((await server.messages(session_id)).items[0]?.query).toHaveLength(1_000_000);
  }, 20_000);

  it('may be asked two at a time', async () => {
    const { session_id } = await server.session('sim-slow-5');
    const answers = await Promise.all([server.ask(session_id, 'a'), server.ask(session_id, 'b')]);
    for (const events of answers) expect(textOf(events)).toBe(expectedText('sim-slow-5'));
    expect((await server.messages(session_id)).total).toBe(2);
  });
});

describe('runs', () => {
  let server: ConsoleServer;

  beforeAll(async () => {
    server = await ConsoleServer.start();
  });

  afterAll(() => server.close());

  const start = async (sessionId: string): Promise<RunStartedDto> => {
    const response = await server.fetch(
      'POST',
      `/api/sessions/${sessionId}/messages`,
      { query: 'x' },
      { headers: { accept: 'application/json' } },
    );
    expect(response.status).toBe(202);
    return (await response.json()) as RunStartedDto;
  };

  it('can be started without reading and followed from any event', async () => {
    const { session_id } = await server.session('sim-slow-20');
    const { run_id } = await start(session_id);
    const follow = (after: number) =>
      server.fetch('GET', `/api/runs/${run_id}/events`, undefined, { headers: { 'last-event-id': String(after) } });
    const [whole, tail] = await Promise.all([follow(0).then(readEvents), follow(7).then(readEvents)]);
    expect(textOf(whole)).toBe(expectedText('sim-slow-20'));
    expect(tail).toEqual(whole.slice(7));
  });

  it('go on when the reader leaves, and lose nothing for whoever comes back', async () => {
    const { session_id } = await server.session('sim-slow-30');
    const leave = new AbortController();
    const seen = [];
    for await (const event of eventsIn(await server.open(session_id, 'x', leave.signal))) {
      seen.push(event);
      if (seen.length === 5) break;
    }
    leave.abort();
    const { active_run_id } = await server.call<SessionDto>('GET', `/api/sessions/${session_id}`);
    const response = await server.fetch('GET', `/api/runs/${active_run_id}/events`, undefined, {
      headers: { 'last-event-id': '5' },
    });
    const events = [...seen, ...(await readEvents(response))];
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(textOf(events)).toBe(expectedText('sim-slow-30'));
  });

  it('are told to whoever asks after the end', async () => {
    const { session_id } = await server.session('sim-text-8');
    const events = await server.ask(session_id, 'x');
    const again = await readEvents(await server.fetch('GET', `/api/runs/${events[0]?.run_id}/events`));
    expect(again).toEqual(events);
  });

  it('stop within a second, keep what came and close the provider’s socket', async () => {
    const { session_id } = await server.session('sim-stall-4');
    const events = [];
    for await (const event of eventsIn(await server.open(session_id, 'x'))) {
      events.push(event);
      if (textOf(events) !== expectedText('sim-stall-4') || event.type !== 'text') continue;
      expect(await server.call<StopRunDto>('POST', `/api/runs/${event.run_id}/stop`, undefined, 200)).toEqual({
        stopping: true,
      });
    }
    expect(events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
    expect((await server.messages(session_id)).items[0]).toMatchObject({
      status: 'stopped',
      answer: expectedText('sim-stall-4'),
    });
    const record = await server.simulator.requests.waitFor(
      ({ model, closedAt }) => model === 'sim-stall-4' && closedAt !== null,
      1000,
    );
    expect(record.aborted).toBe(true);
    const after = await server.call<StopRunDto>('POST', `/api/runs/${events[0]?.run_id}/stop`, undefined, 200);
    expect(after).toEqual({ stopping: false });
  });

  it('are stopped when their session is deleted', async () => {
    const { session_id } = await server.session('sim-stall-2');
    const response = await server.open(session_id, 'x');
    await server.call('DELETE', `/api/sessions/${session_id}`, undefined, 204);
    expect((await readEvents(response)).at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
  });

  it.each(['events', 'stop'])('of nobody are not found: %s', async (what) => {
    const response = await server.fetch(what === 'stop' ? 'POST' : 'GET', `/api/runs/${NOBODY}/${what}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'session/run-not-found' });
  });

  it('count as uses of their configuration', async () => {
    const { session_id, llm_config_id } = await server.session('sim-text-2');
    await server.ask(session_id, 'x');
    const read = () => server.call<LlmConfigDto>('GET', `/api/llm-configs/${llm_config_id}`);
    await eventually(async () => (await read()).usage_count === 1);
    const config = await read();
    expect(config.last_used_at).not.toBeNull();
    expect(config.updated_at).toBe(config.created_at);
  });
});
