import { connect } from 'node:net';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { answerIn, APP_KEY, DifyServer, eventsIn, eventsOf, type Told } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { sourcelessTools } from './support/sourceless-tools.js';

const HOSTILE = 'a "q" \\ back\nslash\r\n\u2028\u2029\u0085 你好 👩‍💻 </script> data: x\n\nevent: ping\n\n end';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Page {
  data: (Record<string, unknown> & { id: string; answer: string; status: string })[];
}

describe('a chat app on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat' });
  });

  afterAll(() => dify.close());

  const history = async (conversationId: unknown, user = 'tester'): Promise<Page['data']> => {
    const { body } = await dify.call<Page>(
      'GET',
      `/v1/messages?user=${user}&conversation_id=${String(conversationId)}`,
    );
    return body.data;
  };

  it('answers whole', async () => {
    const { status, headers, body } = await dify.ask('sim-echo', HOSTILE);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-version')).toBe('1.13.3');
    expect(headers.get('x-env')).toBe('PRODUCTION');
    expect(body).toEqual({
      ...{ event: 'message', mode: 'chat', answer: HOSTILE, created_at: expect.any(Number) as number },
      ...{ id: body['message_id'], message_id: expect.stringMatching(UUID) as string },
      ...{ task_id: expect.stringMatching(UUID) as string, conversation_id: expect.stringMatching(UUID) as string },
      metadata: {
        annotation_reply: null,
        retriever_resources: [],
        usage: {
          ...{ prompt_tokens: expect.any(Number) as number, completion_tokens: expect.any(Number) as number },
          ...{ total_tokens: expect.any(Number) as number, latency: expect.any(Number) as number },
          ...{ prompt_unit_price: '0', prompt_price_unit: '0', prompt_price: '0', total_price: '0', currency: 'USD' },
          ...{ completion_unit_price: '0', completion_price_unit: '0', completion_price: '0' },
          ...{ time_to_first_token: expect.any(Number) as number, time_to_generate: expect.any(Number) as number },
        },
      },
    });
    expect(await history(body['conversation_id'])).toMatchObject([
      { query: HOSTILE, answer: HOSTILE, status: 'normal' },
    ]);
  });

  it.each(['sim-echo', 'sim-text-200', 'sim-burst', 'sim-split', 'sim-crlf'])(
    'streams %s byte for byte',
    async (model) => {
      const { status, headers, text, events } = await dify.stream(model, HOSTILE);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(headers.get('cache-control')).toMatch(/^no-cache/);
      expect(headers.get('x-accel-buffering')).toBe('no');
      expect(answerIn(events)).toBe(model === 'sim-echo' ? HOSTILE : expectedText(model));
      expect(text.split('\n\n').every((block) => block === '' || /^data: \{[^\n\r]*\}$/.test(block))).toBe(true);
      expect(events.map(({ event }) => event)).toEqual([...events.slice(1).map(() => 'message'), 'message_end']);
      const { task_id, message_id, conversation_id, created_at } = events[0];
      expect(events.every((event) => event['id'] === message_id)).toBe(true);
      for (const event of events) expect(event).toMatchObject({ task_id, message_id, conversation_id, created_at });
      expect(await history(conversation_id)).toMatchObject([{ id: message_id, answer: answerIn(events) }]);
    },
  );

  it('tells the history to the model and keeps to the configuration of the first turn', async () => {
    const first = await dify.ask('sim-history', 'one');
    const conversation_id = String(first.body['conversation_id']);
    const inputs = {};
    const second = await dify.call('POST', '/v1/chat-messages', {
      query: 'two',
      inputs,
      user: 'tester',
      conversation_id,
    });
    expect(second.body['conversation_id']).toBe(conversation_id);
    expect(second.body['answer']).toContain('"one"');
    expect(second.body['answer']).toContain('"two"');
  });

  it('answers an empty answer with the end alone', async () => {
    const { events } = await dify.stream('sim-empty', 'x');
    expect(events).toHaveLength(1);
    expect(['message_end', 'error']).toContain(events[0]?.event);
  });

  it('lets two turns of one conversation run side by side', async () => {
    const { body } = await dify.ask('sim-echo', 'first');
    const conversation_id = body['conversation_id'];
    const both = await Promise.all([
      dify.stream('sim-slow-5-20', 'a', { conversation_id }),
      dify.stream('sim-echo', 'b', { conversation_id }),
    ]);
    expect(both.map(({ events }) => answerIn(events))).toEqual([expectedText('sim-slow-5-20'), 'b']);
    expect(await history(conversation_id)).toHaveLength(3);
  });

  it('shows the conversation and its question as soon as the stream speaks', async () => {
    const response = await dify.open('sim-slow-20-50', 'Is it visible?', { user: 'eve' });
    for await (const event of eventsOf(response)) {
      const { body } = await dify.call<Page>('GET', '/v1/conversations?user=eve');
      expect(body.data).toMatchObject([{ id: event['conversation_id'], name: 'Is it visible?' }]);
      expect(await history(event['conversation_id'], 'eve')).toMatchObject([
        { query: 'Is it visible?', answer: '', status: 'normal' },
      ]);
      break;
    }
  });

  it('stops a stream within a second, ends it well and keeps what came', async () => {
    const started = Date.now();
    const events: Told[] = [];
    for await (const event of eventsOf(await dify.open('sim-stall-3-stop', 'x'))) {
      events.push(event);
      if (events.length !== 3) continue;
      const path = `/v1/chat-messages/${String(event['task_id'])}/stop`;
      expect(await dify.call('POST', path, { user: 'somebody else' })).toMatchObject({
        status: 200,
        body: { result: 'success' },
      });
      expect(await dify.call('POST', path, { user: 'tester' })).toMatchObject({
        status: 200,
        body: { result: 'success' },
      });
    }
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(events.map(({ event }) => event)).toEqual(['message', 'message', 'message', 'message_end']);
    expect(await history(events[0]?.['conversation_id'])).toMatchObject([
      { answer: answerIn(events), status: 'normal', error: null },
    ]);
    await dify.simulator.requests.waitFor(({ model, aborted }) => model === 'sim-stall-3-stop' && aborted, 2_000);
  });

  it('hangs up on the model when its client leaves, and keeps what came', async () => {
    const leaving = new AbortController();
    let first: Told | undefined;
    let seen = '';
    const reading = (async () => {
      for await (const event of eventsOf(await dify.open('sim-stall-4-leave', 'x', {}, leaving.signal))) {
        first ??= event;
        seen += event.answer ?? '';
        if (seen.length > 8) leaving.abort();
      }
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    await dify.simulator.requests.waitFor(({ model, aborted }) => model === 'sim-stall-4-leave' && aborted, 2_000);
    let message: Page['data'][number] | undefined;
    await eventually(async () => {
      [message] = await history(first?.['conversation_id']);
      return message !== undefined && message.answer !== '';
    });
    expect(message).toMatchObject({ status: 'normal' });
    expect(message?.answer.startsWith(seen)).toBe(true);
  });

  it('finishes a blocking answer whose client has gone', async () => {
    const body = JSON.stringify({
      query: 'x',
      inputs: {},
      user: 'gone',
      model_config_id: await dify.config('sim-slow-20-10'),
    });
    const { port } = new URL(dify.app.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /v1/chat-messages HTTP/1.1\r\nHost: x\r\nAuthorization: bearer ${APP_KEY}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await dify.simulator.requests.waitFor(({ model }) => model === 'sim-slow-20-10');
    socket.destroy();
    let id: string | undefined;
    await eventually(async () => {
      const { body: page } = await dify.call<Page>('GET', '/v1/conversations?user=gone');
      id = page.data[0]?.id;
      return id !== undefined;
    });
    expect(await history(id, 'gone')).toMatchObject([{ answer: expectedText('sim-slow-20-10') }]);
  });

  it('pings a silent stream with a bare event line after ten seconds', async () => {
    const leaving = new AbortController();
    const response = await dify.open('sim-silent', 'x', {}, leaving.signal);
    const reader = response.body?.getReader();
    const began = Date.now();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toBe('event: ping\n\n');
    expect(Date.now() - began).toBeGreaterThan(8_000);
    expect(Date.now() - began).toBeLessThan(13_000);
    leaving.abort();
  }, 20_000);

  it('never splits an event over two writes', async () => {
    const model_config_id = await dify.config('sim-text-200');
    const body = { query: 'x', inputs: {}, user: 'raw', response_mode: 'streaming', model_config_id };
    const chunks = await chunksOf(new URL(dify.app.url), body);
    expect(eventsIn(chunks.join(''))).toHaveLength(201);
    for (const chunk of chunks) expect(chunk.endsWith('\n\n')).toBe(true);
  });

  it('gives an app without tools none', async () => {
    await dify.ask('sim-text-5-plain', 'x');
    const [request] = dify.simulator.requests.ofModel('sim-text-5-plain');
    expect(request?.body).not.toHaveProperty('tools');
  });
});

/** The HTTP chunks of an answer, each being one write of the server's. */
async function chunksOf({ port }: URL, body: object): Promise<string[]> {
  const json = JSON.stringify(body);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /v1/chat-messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${APP_KEY}\r\nConnection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`,
  );
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  let rest = Buffer.concat(parts);
  rest = rest.subarray(rest.indexOf('\r\n\r\n') + 4);
  const chunks: string[] = [];
  for (;;) {
    const start = rest.indexOf('\r\n') + 2;
    const size = parseInt(rest.toString('latin1', 0, start), 16);
    if (!(size > 0)) return chunks;
    chunks.push(rest.toString('utf8', start, start + size));
    rest = rest.subarray(start + size + 2);
  }
}

describe('an agent app on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start();
  });

  afterAll(() => dify.close());

  it('answers whole, tools included', async () => {
    const { status, body } = await dify.ask('sim-tool-once', 'How is this machine?');
    expect(status).toBe(200);
    expect(body).toMatchObject({ mode: 'agent-chat', event: 'message' });
    expect(String(body['answer'])).not.toBe('');
    // Its app has every tool that reads; one that probes has to be named.
    const [asked] = dify.simulator.requests.ofModel('sim-tool-once');
    const { tools } = asked?.body as { tools: { function: { name: string } }[] };
    const offered = tools.map((tool) => tool.function.name);
    expect(offered).toEqual(sourcelessTools(dify.app, 'read'));
    expect(offered).toContain('host_inspect');
  });

  it('streams thoughts with the answer, and keeps the same ones', async () => {
    const { events } = await dify.stream('sim-tool-thought', 'How is this machine?');
    expect(events[0]).toMatchObject({ event: 'agent_thought', position: 1, thought: '', tool: '', observation: '' });
    expect(events.at(-1)?.event).toBe('message_end');
    expect(events.some(({ event }) => event === 'message')).toBe(false);
    const last = new Map(events.filter(({ event }) => event === 'agent_thought').map((event) => [event['id'], event]));
    expect(last.size).toBe(2);
    const [tools, final] = [...last.values()];
    expect(tools).toMatchObject({ position: 1, tool: expect.stringMatching(/^\w+$/) as string });
    const tool = String(tools?.['tool']);
    expect(Object.keys(JSON.parse(String(tools?.['tool_input'])) as object)).toEqual([tool]);
    expect(Object.keys(JSON.parse(String(tools?.['observation'])) as object)).toEqual([tool]);
    expect(tools).toHaveProperty(['tool_labels', tool, 'zh_Hans']);
    expect(String(tools?.['thought']) + String(final?.['thought'])).toBe(answerIn(events));

    const { body } = await dify.call<Page>(
      'GET',
      `/v1/messages?user=tester&conversation_id=${String(events[0]?.['conversation_id'])}`,
    );
    const kept = body.data[0]?.['agent_thoughts'] as Record<string, unknown>[];
    const same = ({
      id,
      position,
      thought,
      tool: name,
      tool_input,
      observation,
      tool_labels,
    }: Record<string, unknown>) => ({
      ...{ id, position, thought, tool: name, observation, tool_labels },
      tool_input,
    });
    expect(kept.map(same)).toEqual([...last.values()].map(same));
    expect(kept[0]).toMatchObject({ chain_id: null, message_id: events[0]?.['message_id'], files: [] });
    expect(body.data[0]?.answer).toBe(answerIn(events));
  });

  it('tells two tools of one round together', async () => {
    const { events } = await dify.stream('sim-tools', 'x');
    const names = events.map((event) => (event['tool'] ?? '') as string).filter((name) => name.includes(';'));
    expect(names.length).toBeGreaterThanOrEqual(2);
    expect(new Set(names).size).toBe(1);
  });

  it('shows the final answer in a thought when no tool was called', async () => {
    const { events } = await dify.stream('sim-echo', HOSTILE);
    expect(events.map(({ event }) => event).filter((event, place, all) => event !== all[place - 1])).toEqual([
      ...['agent_thought', 'agent_message', 'agent_thought', 'message_end'],
    ]);
    expect(events.at(-2)).toMatchObject({ thought: HOSTILE, position: 1, tool: '' });
  });
});
