import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExtraConfig } from '../src/llm-config/llm-config-facts.js';
import {
  UpstreamFailed,
  type ModelDelta,
  type ModelRequest,
  type ModelUsage,
} from '../src/llm-config/wire/model-wire.js';
import { ModelWires } from '../src/llm-config/wire/model-wires.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { expectedText, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aConfig } from './support/a-config.js';

/** A tool to offer. */
const CLOCK = { name: 'clock', description: 'Tells the time.', parameters: { type: 'object', properties: {} } };
const HOSTILE = 'a "quoted" \\ back\nslash\r\n\u2028 line 你好 👩‍💻 \u0000 end';

describe('the model wires', () => {
  let simulator: Simulator;
  let outbound: Outbound;
  let wires: ModelWires;

  beforeAll(async () => {
    simulator = await startSimulator();
    const environment = Object.assign(new Environment(), {
      OPSAGENT_OUTBOUND_ALLOW: [{ host: '127.0.0.1', port: simulator.port }],
    });
    outbound = new Outbound(environment);
    wires = new ModelWires(outbound, environment);
  });

  afterAll(async () => {
    await outbound.onApplicationShutdown();
    await simulator.close();
  });

  const WIRES = [
    { wire: 'OpenAI', provider: 'openai', path: '/openai/v1' },
    { wire: 'Ollama', provider: 'ollama', path: '/ollama' },
  ] as const;
  type Wire = (typeof WIRES)[number];
  const [OPENAI, OLLAMA] = WIRES;

  function ask(
    { provider, path }: Wire,
    modelName: string,
    {
      request = 'hello',
      extra = {},
      key,
      signal,
    }: { request?: string | ModelRequest; extra?: ExtraConfig; key?: string; signal?: AbortSignal } = {},
  ): AsyncIterable<ModelDelta[]> {
    const config = aConfig({ provider, modelName, baseUrl: simulator.url + path, extra, key });
    const asked = typeof request === 'string' ? { messages: [{ role: 'user' as const, content: request }] } : request;
    return wires.open(config).stream(asked, signal ?? new AbortController().signal);
  }

  async function answerOf(stream: AsyncIterable<ModelDelta[]>) {
    const answer = {
      text: '',
      reasoning: '',
      calls: [] as { id: string; name: string; arguments: string }[],
      reads: 0,
    };
    let usage: ModelUsage | undefined;
    let finish: string | undefined;
    for await (const deltas of stream) {
      answer.reads += 1;
      for (const delta of deltas) {
        if (delta.type === 'text') answer.text += delta.text;
        if (delta.type === 'reasoning') answer.reasoning += delta.text;
        if (delta.type === 'usage') usage = delta.usage;
        if (delta.type === 'finish') finish = delta.reason;
        if (delta.type !== 'tool_call') continue;
        const call = (answer.calls[delta.index] ??= { id: '', name: '', arguments: '' });
        call.id ||= delta.id ?? '';
        call.name ||= delta.name ?? '';
        call.arguments += delta.arguments;
      }
    }
    return { ...answer, usage, finish };
  }

  async function failureOf(stream: AsyncIterable<ModelDelta[]>): Promise<UpstreamFailed & { text: string }> {
    let text = '';
    try {
      for await (const deltas of stream) for (const delta of deltas) if (delta.type === 'text') text += delta.text;
    } catch (error) {
      if (error instanceof UpstreamFailed) return Object.assign(error, { text });
      throw error;
    }
    throw new Error(`no failure, but the answer ${JSON.stringify(text)}`);
  }

  describe.each(WIRES)('of $wire', (wire) => {
    it('hands out every text unchanged, with usage and finish last', async () => {
      const answer = await answerOf(ask(wire, 'sim-text-200'));
      expect(answer.text).toBe(expectedText('sim-text-200'));
      expect(answer.finish).toBe('stop');
      expect(answer.usage).toMatchObject({ completionTokens: 200, estimated: false });
    });

    it('echoes hostile characters byte by byte', async () => {
      const answer = await answerOf(ask(wire, 'sim-echo', { request: HOSTILE.repeat(200) }));
      expect(answer.text).toBe(HOSTILE.repeat(200));
    });

    it.each(['sim-crlf', 'sim-burst', 'sim-split'])('understands the framing of %s', async (model) => {
      expect((await answerOf(ask(wire, model))).text).toBe(expectedText(model));
    });

    it('gives calls without an id one', async () => {
      const request: ModelRequest = { messages: [{ role: 'user', content: 'what time is it' }], tools: [CLOCK] };
      const answer = await answerOf(ask(wire, 'sim-tool-no-id', { request }));
      expect(answer.calls).toEqual([{ id: expect.stringMatching(/^call_/), name: 'clock', arguments: '{}' }]);
    });

    it('says that the answer was cut by the token limit', async () => {
      expect((await answerOf(ask(wire, 'sim-length'))).finish).toBe('length');
    });

    it('keeps what came before the cut', async () => {
      const { text } = await failureOf(ask(wire, 'sim-cut-3'));
      expect(text).not.toBe('');
      expect(expectedText('sim-text').startsWith(text)).toBe(true);
    });

    it.each(['sim-429-once', 'sim-503-once'])('asks again after %s', async (model) => {
      const own = `${model}-${wire.wire}`;
      expect((await answerOf(ask(wire, own))).text).toBe(expectedText(own));
      expect(simulator.requests.ofModel(own)).toHaveLength(2);
    });

    it('takes a model that says nothing at its word', async () => {
      expect(await answerOf(ask(wire, 'sim-empty'))).toMatchObject({ text: '', finish: 'stop' });
    });

    it('closes the connection at once when the caller leaves in the middle', async () => {
      const model = `sim-stall-2-left-${wire.wire}`;
      for await (const deltas of ask(wire, model)) {
        expect(deltas.length).toBeGreaterThan(0);
        break;
      }
      const left = Date.now();
      await simulator.requests.waitFor((request) => request.model === model && request.aborted, 2000);
      expect(Date.now() - left).toBeLessThan(200);
    });

    it('closes the connection and throws the reason when it is aborted before the first byte', async () => {
      const model = `sim-silent-${wire.wire}`;
      const stop = new AbortController();
      const reason = new Error('stopped');
      const failed = answerOf(ask(wire, model, { signal: stop.signal })).catch((error: unknown) => error);
      await simulator.requests.waitFor((request) => request.model === model, 2000);
      stop.abort(reason);
      expect(await failed).toBe(reason);
      await simulator.requests.waitFor((request) => request.model === model && request.aborted, 2000);
    });

    it('gives up when the first byte is late, and does not ask again', async () => {
      const model = `sim-silent-late-${wire.wire}`;
      const failure = await failureOf(ask(wire, model, { extra: { timeouts: { first_byte_ms: 200 } } }));
      expect(failure.fault).toBe('timeout');
      expect(failure.message).toContain('nothing came within 200 ms');
      await simulator.requests.waitFor((request) => request.model === model && request.aborted, 2000);
      expect(simulator.requests.ofModel(model)).toHaveLength(1);
    });

    it('gives up when the stream falls silent', async () => {
      const failure = await failureOf(ask(wire, 'sim-stall-2', { extra: { timeouts: { idle_ms: 200 } } }));
      expect(failure.fault).toBe('timeout');
      expect(failure.text).not.toBe('');
    });

    it('gives up when the whole answer takes too long', async () => {
      const failure = await failureOf(ask(wire, 'sim-slow-40-200', { extra: { timeouts: { total_ms: 400 } } }));
      expect(failure.fault).toBe('timeout');
      expect(failure.message).toContain('within 400 ms');
    });

    it('keeps its connections for the next answers', async () => {
      const model = `sim-text-9-kept-${wire.wire}`;
      for (let i = 0; i < 10; i++) await answerOf(ask(wire, model));
      // Two, because the last byte of an answer may come after the next question.
      expect(new Set(simulator.requests.ofModel(model).map(({ socketId }) => socketId)).size).toBeLessThanOrEqual(2);
    });
  });

  it('asks three times at most, and a proxy page says nothing', async () => {
    const failure = await failureOf(ask(OPENAI, 'sim-html'));
    expect(failure).toMatchObject({ fault: 'server', facts: { httpStatus: 502, providerMessage: undefined } });
    expect(simulator.requests.ofModel('sim-html')).toHaveLength(3);
  }, 15_000);

  it('asks again at once when a kept connection turns out to be closed', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (requests === 1) return void request.socket.destroy();
      const frame = { choices: [{ delta: { content: 'hi' }, finish_reason: 'stop' }] };
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(frame)}\n\n`);
    });
    const { url, port } = await listening(server);
    outbound.allow('127.0.0.1', port);
    const at = Date.now();
    const stream = wires
      .open(aConfig({ modelName: 'x', baseUrl: url }))
      .stream({ messages: [] }, new AbortController().signal);
    expect((await answerOf(stream)).text).toBe('hi');
    expect(Date.now() - at).toBeLessThan(500);
    server.close();
  });

  it.each([
    ['a website', 200, { 'content-type': 'text/html' }, 'server', 'check its address'],
    [
      'one that has moved',
      308,
      { location: 'https://me:secret@example.org/v1/chat/completions?k=v' },
      'bad_request',
      'was answered with a redirect to https://example.org/v1/chat/completions; enter that address if it is right.',
    ],
    ['one that leads nowhere', 302, {}, 'bad_request', 'redirect (HTTP 302) that names no address.'],
  ])('says that the address is %s', async (_, status, headers, fault, words) => {
    const server = createServer((_request, response) => response.writeHead(status, headers).end('<html>hello</html>'));
    const { url, port } = await listening(server);
    outbound.allow('127.0.0.1', port);
    const stream = wires
      .open(aConfig({ modelName: 'x', baseUrl: url }))
      .stream({ messages: [] }, new AbortController().signal);
    const failure = await failureOf(stream);
    expect(failure.fault).toBe(fault);
    expect(failure.message).toContain(words);
    server.close();
  });

  it('waits as long as it is asked to before it asks again', async () => {
    await answerOf(ask(OPENAI, 'sim-429-once-wait'));
    const [first, second] = simulator.requests.ofModel('sim-429-once-wait');
    expect(second.startedAt - (first.endedAt ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it.each(['gpt-5-codex', 'gpt-5.6-sol', 'gpt-5.4-pro', 'my-codex'])(
    'asks for chat completions whatever the model is called: %s',
    async (name) => {
      const model = `${name}-sim-text-2`;
      await answerOf(ask(OPENAI, model));
      expect(simulator.requests.ofModel(model).map(({ path }) => path)).toEqual(['/openai/v1/chat/completions']);
    },
  );

  it('ends an abort during the wait before the next try at once', async () => {
    const stop = new AbortController();
    const failed = answerOf(ask(OPENAI, 'sim-429-abort', { signal: stop.signal })).catch((error: unknown) => error);
    await simulator.requests.waitFor(({ model, endedAt }) => model === 'sim-429-abort' && endedAt !== null, 2000);
    const at = Date.now();
    stop.abort(new Error('stopped'));
    expect(await failed).toBe(stop.signal.reason);
    expect(Date.now() - at).toBeLessThan(200);
    expect(simulator.requests.ofModel('sim-429-abort')).toHaveLength(1);
  });

  it.each(['sim-no-done', 'sim-no-role', 'sim-comments', 'sim-no-space', 'sim-empty-finish'])(
    'understands the OpenAI wire of %s',
    async (model) => {
      expect((await answerOf(ask(OPENAI, model))).text).toBe(expectedText(model));
    },
  );

  it('makes JSON text of arguments that came as an object', async () => {
    const request: ModelRequest = { messages: [{ role: 'user', content: 'call:clock {"zone":"a"}' }], tools: [CLOCK] };
    const { calls } = await answerOf(ask(OPENAI, 'sim-tool-object-args', { request }));
    expect(calls[0]?.arguments).toBe('{"zone":"a"}');
  });

  it('reports an answer that the provider filtered', async () => {
    expect((await answerOf(ask(OPENAI, 'sim-content-filter'))).finish).toBe('content_filter');
  });

  it('sends only what was set, and the key only in its header', async () => {
    await answerOf(ask(OPENAI, 'sim-text-2-bare'));
    const [{ body, headers } = { body: null, headers: {} }] = simulator.requests.ofModel('sim-text-2-bare');
    expect(body).toEqual({
      model: 'sim-text-2-bare',
      messages: [{ role: 'user', content: 'hello' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(headers).toMatchObject({ 'user-agent': 'OpsAgent', accept: 'text/event-stream' });
  });

  it('sends the options of Ollama', async () => {
    const extra: ExtraConfig = { num_ctx: 4096, keep_alive: '5m', thinking: 'off', stop: ['END'] };
    await answerOf(ask(OLLAMA, 'sim-text-2-options', { extra }));
    expect(simulator.requests.ofModel('sim-text-2-options')[0]?.body).toMatchObject({
      options: { num_ctx: 4096, stop: ['END'] },
      keep_alive: '5m',
      think: false,
      stream: true,
    });
  });

  it('never shows the key that was refused', async () => {
    const failure = await failureOf(ask(OPENAI, 'sim-text', { key: 'sk-planted-secret-4711' }));
    expect(failure.fault).toBe('invalid_key');
    expect(JSON.stringify({ ...failure, message: failure.message })).not.toMatch(/planted|4711/);
  });

  it('says in words that nothing answers', async () => {
    outbound.allow('127.0.0.1', 9);
    const config = aConfig({ modelName: 'x', baseUrl: 'http://127.0.0.1:9/v1' });
    const stop = new AbortController();
    const failure = await failureOf(
      wires.open(config).stream({ messages: [{ role: 'user', content: 'x' }] }, stop.signal),
    );
    expect(failure.fault).toBe('unreachable');
    expect(failure.message).toContain('nothing answers at that address');
  }, 15_000);

  it.each(['http://127.0.0.1:9/v1', 'http://10.1.2.3/v1', 'http://169.254.169.254/v1'])(
    'refuses the private %s',
    async (baseUrl) => {
      const other = new Outbound(new Environment());
      const config = aConfig({ modelName: 'x', baseUrl });
      const stream = new ModelWires(other, new Environment())
        .open(config)
        .stream({ messages: [] }, new AbortController().signal);
      expect(await failureOf(stream)).toMatchObject({ fault: 'refused_by_policy' });
      await other.onApplicationShutdown();
    },
  );
});

async function listening(server: Server): Promise<{ url: string; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}
