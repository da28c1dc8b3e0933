import { randomUUID } from 'node:crypto';
import type { AgentTurn, TurnEvent } from '../src/agent/agent-runner.js';
import { GraphAgentRunner } from '../src/agent/graph-agent-runner.js';
import type { AgentTool } from '../src/agent/tools/agent-tool.js';
import { CommandTargets } from '../src/agent/tools/command/command-targets.js';
import { hostInspect } from '../src/agent/tools/host-inspect.js';
import { netProbe } from '../src/agent/tools/net-probe.js';
import { untrusted } from '../src/agent/safety/untrusted.js';
import { ToolRegistry } from '../src/agent/tools/tool-registry.js';
import { WRITE_TODOS } from '../src/agent/tools/write-todos.js';
import { ChatModels, type UsableModel } from '../src/llm-config/chat-models.js';
import type { ChatModel } from '../src/llm-config/wire/model-wire.js';
import { ModelWires } from '../src/llm-config/wire/model-wires.js';
import { SystemClock } from '../src/platform/clock/system-clock.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { digestOf, expectedText, startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { FixedSources } from './support/fixed-sources.js';
import { MemoryArtifacts } from './support/memory-artifacts.js';
import { aConfig } from './support/a-config.js';

type Event<T extends TurnEvent['type']> = Extract<TurnEvent, { type: T }>;
type Body = { messages: Record<string, unknown>[]; tools?: unknown[] };

/** Answers with what it was asked. */
const ECHO: AgentTool<{ word?: string }> = {
  name: 'echo',
  description: 'Says it back.',
  parameters: { type: 'object', properties: { word: { type: 'string' } }, additionalProperties: false },
  risk: 'read',
  label: { en: 'Echo', zh: '回声' },
  run: ({ word = '' }) => Promise.resolve({ status: 'ok', word }),
};

const FAILING: AgentTool = {
  ...{ name: 'failing', description: 'Fails.', parameters: { type: 'object' }, risk: 'read' },
  label: { en: 'Failing', zh: '失败' },
  run: () => Promise.reject(new Error('the disk is on fire')),
};

/** Never ends by itself and does not listen when it is told to. */
const DEAF: AgentTool = {
  ...{ name: 'deaf', description: 'Waits.', parameters: { type: 'object' }, risk: 'read' },
  label: { en: 'Deaf', zh: '无响应' },
  run: () => new Promise(() => {}),
};

const RISKY: AgentTool = { ...ECHO, name: 'risky', risk: 'dangerous' };

/** Opens whatever the test names as its model. */
class TestModels extends ChatModels {
  private readonly opened = new Map<string, ChatModel>();

  constructor(
    private readonly wires: ModelWires,
    private readonly baseUrl: string,
  ) {
    super();
  }

  override resolve(): Promise<UsableModel> {
    return Promise.reject(new Error('not used here'));
  }

  override open({ provider, modelName }: UsableModel): Promise<ChatModel> {
    const key = `${provider} ${modelName}`;
    const path = provider === 'ollama' ? '/ollama' : `/${provider}${provider === 'deepseek' ? '' : '/v1'}`;
    const config = aConfig({ provider, modelName, baseUrl: this.baseUrl + path });
    if (!this.opened.has(key)) this.opened.set(key, this.wires.open(config));
    return Promise.resolve(this.opened.get(key) as ChatModel);
  }

  override used(): void {}
}

describe('the agent', () => {
  let simulator: Simulator;
  let outbound: Outbound;
  let runner: GraphAgentRunner;

  beforeAll(async () => {
    simulator = await startSimulator();
    const environment = Object.assign(new Environment(), {
      OPSAGENT_OUTBOUND_ALLOW: [{ host: '127.0.0.1', port: simulator.port }],
    });
    outbound = new Outbound(environment);
    const sources = new FixedSources();
    const registry = new ToolRegistry(sources);
    const targets = new CommandTargets(sources, outbound, environment);
    for (const tool of [hostInspect(targets), WRITE_TODOS, ECHO, FAILING, DEAF, RISKY, netProbe(outbound)])
      registry.register(tool);
    runner = new GraphAgentRunner(
      new TestModels(new ModelWires(outbound, environment), simulator.url),
      registry,
      new SystemClock(),
      environment,
      new MemoryArtifacts(),
    );
  });

  afterAll(async () => {
    await outbound.onApplicationShutdown();
    await simulator.close();
  });

  function aTurn(
    modelName: string,
    query: string,
    more: Partial<AgentTurn> & { provider?: UsableModel['provider'] } = {},
  ) {
    const { provider = 'openai', ...turn } = more;
    return {
      ...{
        runId: randomUUID(),
        messageId: randomUUID(),
        sessionId: randomUUID(),
        query,
        history: [],
        systemPrompt: null,
        tools: [],
      },
      asking: 'Nobody is here to allow it.',
      user: { appLlmConfigId: null },
      ...turn,
      model: {
        configId: 'c',
        configName: 'main',
        provider,
        modelName,
        revision: '1',
        pricing: { priceOf: () => null },
      },
    } satisfies AgentTurn;
  }

  async function run(turn: AgentTurn, signal = new AbortController().signal) {
    const batches: (readonly TurnEvent[])[] = [];
    await runner.run(turn, (events) => void batches.push(events), signal);
    const events = batches.flat();
    const all = <T extends TurnEvent['type']>(type: T) =>
      events.filter((event): event is Event<T> => event.type === type);
    const text = all('text')
      .map(({ delta }) => delta)
      .join('');
    return {
      batches,
      events,
      text,
      started: all('step_started'),
      finished: all('step_finished'),
      usages: all('model_usage'),
    };
  }

  const bodiesOf = (model: string): Body[] => simulator.requests.ofModel(model).map(({ body }) => body as Body);

  it('answers without tools straight from the model', async () => {
    const { text, started, usages } = await run(aTurn('sim-text-40', 'hi'));
    expect(text).toBe(expectedText('sim-text-40'));
    expect(started).toEqual([]);
    expect(usages).toHaveLength(1);
    expect(bodiesOf('sim-text-40')[0]).not.toHaveProperty('tools');
  });

  it.each([
    ['all-read', ['host_inspect', 'write_todos', 'echo', 'failing', 'deaf']],
    ['read-and-probe', ['host_inspect', 'write_todos', 'echo', 'failing', 'deaf', 'net_probe']],
    [
      ['net_probe', 'echo', 'nothing'],
      ['echo', 'net_probe'],
    ],
  ])('offers of its tools, asked for %j, these and no other', async (tools, offered) => {
    const model = `sim-text-3-offer-${offered.length}`;
    await run(aTurn(model, 'hi', { tools: tools as AgentTurn['tools'] }));
    const [body] = bodiesOf(model);
    const names = body?.tools?.map((tool) => (tool as { function: { name: string } }).function.name);
    expect(names).toEqual(offered);
  });

  it('probes what it is allowed to reach, and tells the model what was refused', async () => {
    const open = JSON.stringify({ target: `${simulator.url}/nowhere` });
    const shut = JSON.stringify({ target: '127.0.0.1:1' });
    const { finished, started } = await run(
      aTurn('sim-tools-probe', `call:net_probe ${open} call:net_probe ${shut}`, { tools: 'read-and-probe' }),
    );
    expect(started.map(({ risk, label }) => [risk, label.zh])).toEqual(Array(2).fill(['probe', '网络探测']));
    const told = new Map(finished.map(({ state, observation }) => [state, observation]));
    expect(told.get('succeeded')).toContain('"step":"http","state":"passed"');
    expect(told.get('refused')).toContain('OPSAGENT_OUTBOUND_ALLOW');
  });

  it.each(['openai', 'ollama'] as const)(
    'runs parallel tools of %s and answers from their results',
    async (provider) => {
      const model = `sim-tools-${provider}`;
      const turn = aTurn(model, 'call:echo {"word":"a"} call:echo {"word":"b"}', { tools: ['echo'], provider });
      const { batches, text, started, finished, usages } = await run(turn);
      expect(started.map(({ position, round, tool, input }) => [position, round, tool, input])).toEqual([
        [1, 1, 'echo', '{"word":"a"}'],
        [2, 1, 'echo', '{"word":"b"}'],
      ]);
      expect(batches.find((batch) => batch[0]?.type === 'step_started')).toHaveLength(2);
      expect(finished.map(({ state, observation }) => [state, observation])).toEqual([
        ['succeeded', '{"status":"ok","word":"a"}'],
        ['succeeded', '{"status":"ok","word":"b"}'],
      ]);
      for (const [index, { observation, step_id }] of finished.entries())
        expect(text).toContain(digestOf(untrusted(observation, step_id, index + 1)));
      expect(usages).toHaveLength(2);
    },
  );

  it('looks at this machine', async () => {
    const { finished } = await run(
      aTurn('sim-tool-once-host', 'call:host_inspect {"section":"overview"}', { tools: ['host_inspect'] }),
    );
    const { status, cpu_count, memory_mb } = JSON.parse(finished[0]?.observation ?? '{}');
    expect([status, cpu_count > 0, memory_mb.total > 0]).toEqual(['ok', true, true]);
  });

  it('tells the model that a tool failed', async () => {
    const { finished, text } = await run(aTurn('sim-tool-once-fail', 'call:failing {}', { tools: ['failing'] }));
    expect(finished[0]).toMatchObject({
      state: 'failed',
      observation: '{"status":"error","message":"the disk is on fire"}',
    });
    expect(text).not.toBe('');
  });

  it.each([
    ['sim-tool-unknown', 'There is no tool named'],
    ['sim-tool-bad-json', 'The arguments are not valid JSON'],
  ])('lets the model read what is wrong with the call of %s', async (model, words) => {
    const { finished, text } = await run(aTurn(model, 'hi', { tools: ['echo'] }));
    expect(finished[0]?.state).toBe('failed');
    expect(finished[0]?.observation).toContain(words);
    expect(text).not.toBe('');
  });

  it('lets the model read which argument is wrong', async () => {
    const { finished } = await run(aTurn('sim-tool-once-wrong', 'call:echo {"word":7}', { tools: ['echo'] }));
    expect(finished[0]).toMatchObject({ state: 'failed' });
    expect(finished[0]?.observation).toContain('word must be of type string');
  });

  it('runs the same call once, then points to its step and makes the model answer', async () => {
    const { finished, text } = await run(aTurn('sim-tool-loop', 'go', { tools: ['echo'] }));
    expect(finished.map(({ state }) => state)).toEqual(['succeeded', 'refused', 'refused', 'refused']);
    expect(finished[1]?.observation).toContain('in step 1');
    expect(text).not.toBe('');
    const last = bodiesOf('sim-tool-loop').at(-1);
    expect(last).not.toHaveProperty('tools');
    expect(last?.messages.at(-1)).toMatchObject({ role: 'user' });
  });

  it('keeps what the model says before its calls as text of that round', async () => {
    const { events, started } = await run(aTurn('sim-tool-thought', 'go', { tools: ['echo'] }));
    const firstStep = events.findIndex(({ type }) => type === 'step_started');
    expect(events.slice(0, firstStep).some(({ type }) => type === 'text')).toBe(true);
    expect(started[0]?.round).toBe(1);
  });

  it('sends the reasoning back to a provider that wants it', async () => {
    await run(aTurn('sim-reasoning-tools-back', 'go', { tools: ['echo'], provider: 'deepseek' }));
    const assistant = bodiesOf('sim-reasoning-tools-back')[1]?.messages.find(({ role }) => role === 'assistant');
    expect(assistant?.reasoning_content).toEqual(expect.stringMatching(/./));
  });

  it('ends within half a second when it is stopped inside a tool that does not listen', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const finished: Event<'step_finished'>[] = [];
    let at = 0;
    const emit = (events: readonly TurnEvent[]): void => {
      for (const event of events) {
        if (event.type === 'step_finished') finished.push(event);
        if (event.type !== 'step_started') continue;
        at = performance.now();
        setImmediate(() => stop.abort(reason));
      }
    };
    const failed = runner.run(aTurn('sim-tool-once-deaf', 'call:deaf {}', { tools: ['deaf'] }), emit, stop.signal);
    expect(await failed.catch((error: unknown) => error)).toBe(reason);
    expect(performance.now() - at).toBeLessThan(500);
    expect(finished.map(({ state }) => state)).toEqual(['stopped']);
  });

  it('asks a model that takes no tools without them', async () => {
    const turn = aTurn('sim-no-tools', 'hi', { tools: ['echo'] });
    expect((await run(turn)).text).toBe(expectedText('sim-no-tools'));
    await run(turn);
    expect(bodiesOf('sim-no-tools').map((body) => 'tools' in body)).toEqual([true, false, false]);
  });

  it('fails when the provider filtered the answer, and keeps what came before', async () => {
    const events: TurnEvent[] = [];
    const failed = runner.run(
      aTurn('sim-content-filter', 'hi'),
      (batch) => void events.push(...batch),
      new AbortController().signal,
    );
    await expect(failed).rejects.toMatchObject({ fault: 'content_filter' });
    expect(events.some(({ type }) => type === 'text')).toBe(true);
  });

  it('fails with the fault of a later model call', async () => {
    const failed = runner.run(
      aTurn('sim-tool-truncated', 'hi', { tools: ['echo'] }),
      () => {},
      new AbortController().signal,
    );
    await expect(failed).rejects.toMatchObject({ fault: 'truncated_tool_call' });
  });

  it('tells the model the whole conversation, earlier tool calls included', async () => {
    const step = {
      round: 1,
      thought: 'Let me look. ',
      ...{ id: 's1', position: 1, reasoning: '', tool: 'echo' },
      input: '{"word":"x"}',
      observation: '{"status":"ok"}',
    };
    const history = [
      { query: 'first', answer: 'Let me look. It is x.', reasoning: '', steps: [step] },
      { query: 'lost', answer: '', reasoning: '', steps: [] },
    ];
    await run(aTurn('sim-text-2-history', 'and now?', { tools: ['echo'], history, systemPrompt: 'Be kind.' }));
    expect(bodiesOf('sim-text-2-history')[0]?.messages).toEqual([
      { role: 'system', content: expect.stringMatching(/^Be kind\.\n/) },
      { role: 'user', content: 'first' },
      {
        role: 'assistant',
        content: 'Let me look. ',
        tool_calls: [{ id: 'call_0_1_0', type: 'function', function: { name: 'echo', arguments: '{"word":"x"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_0_1_0', content: untrusted('{"status":"ok"}', 's1', 1) },
      { role: 'assistant', content: 'It is x.' },
      { role: 'user', content: 'lost\n\nand now?' },
    ]);
  });

  it('waits for a slow reader', async () => {
    let open = 0;
    let most = 0;
    await runner.run(
      aTurn('sim-text-60', 'hi'),
      async () => {
        most = Math.max(most, (open += 1));
        await new Promise(setImmediate);
        open -= 1;
      },
      new AbortController().signal,
    );
    expect(most).toBe(1);
  });
});
