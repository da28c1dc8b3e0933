import { digestOf, expectedReasoning, expectedText, startSimulator, type Simulator } from '../simulator.ts';
import { ask, chatBody, lines, OLLAMA_CHAT, post, TOOLS } from './client.ts';

interface Line {
  readonly message?: {
    readonly content: string;
    readonly thinking?: string;
    readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: object } }[];
  };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly eval_count?: number;
  readonly error?: string;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

function textOf(all: readonly Line[]): string {
  return all.map((line) => line.message?.content ?? '').join('');
}

describe('chat on the native wire', () => {
  it('streams lines of JSON unless told not to, and closes with the figures', async () => {
    const all = await lines<Line>(simulator, 'sim-text-30');
    expect(textOf(all)).toBe(expectedText('sim-text-30'));
    expect(all.at(-1)).toMatchObject({
      done: true,
      done_reason: 'stop',
      eval_count: 30,
      prompt_eval_count: expect.any(Number) as number,
    });
  });

  it.each([
    'sim-text',
    'sim-crlf',
    'sim-burst',
    'sim-split',
    'sim-no-usage',
    'sim-empty',
    'sim-first-5',
    'sim-slow-1-3',
  ])('%s sends the text that is expected of it', async (model) => {
    expect(textOf(await lines<Line>(simulator, model))).toBe(expectedText(model));
  });

  it('answers in one object without streaming', async () => {
    const answer = await ask(simulator, OLLAMA_CHAT, chatBody('sim-text', { stream: false }));
    expect(JSON.parse(answer.text)).toMatchObject({ message: { content: expectedText('sim-text') }, done: true });
  });

  it('takes the name with the tag Ollama adds', async () => {
    expect(textOf(await lines<Line>(simulator, 'sim-text-3:latest'))).toBe(expectedText('sim-text-3'));
  });

  it('thinks in a field of its own, and not when told not to', async () => {
    const thought = await lines<Line>(simulator, 'sim-reasoning', { think: true });
    const quick = await lines<Line>(simulator, 'sim-reasoning', { think: false });
    const thinking = (all: Line[]): string => all.map((line) => line.message?.thinking ?? '').join('');
    expect([thinking(thought), thinking(quick)]).toEqual([expectedReasoning('sim-reasoning'), '']);
    expect(textOf(quick)).toBe(expectedText('sim-reasoning'));
  });

  it('stops at num_predict', async () => {
    const all = await lines<Line>(simulator, 'sim-text', { options: { num_predict: 2 } });
    expect([textOf(all), all.at(-1)?.done_reason]).toEqual([expectedText('sim-text-2'), 'length']);
  });

  it('only loads the model for an empty conversation', async () => {
    const answer = await ask(simulator, OLLAMA_CHAT, { model: 'sim-text' });
    expect(JSON.parse(answer.text)).toMatchObject({ done: true, done_reason: 'load' });
  });

  it('calls tools whole, with objects and without ids, then answers the results', async () => {
    const all = await lines<Line>(simulator, 'sim-tools', { tools: TOOLS });
    const calls = all.flatMap((line) => line.message?.tool_calls ?? []);
    expect(calls).toEqual([
      { function: { name: 'host_inspect', arguments: {} } },
      { function: { name: 'list_nodes', arguments: {} } },
    ]);
    const results = calls.map((call) => ({
      role: 'tool',
      tool_name: call.function.name,
      content: `${call.function.name} is fine`,
    }));
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: '', tool_calls: calls },
      ...results,
    ];
    const final = textOf(await lines<Line>(simulator, 'sim-tools', { tools: TOOLS, messages }));
    for (const { content } of results) expect(final).toContain(digestOf(content));
  });

  it('reports a fault in a line of the stream', async () => {
    const all = await lines<Line>(simulator, 'sim-error-frame-2');
    expect([textOf(all.slice(0, -1)), all.at(-1)]).toEqual([
      expectedText('sim-text-2'),
      { error: expect.stringContaining('terminated') as string },
    ]);
  });

  it('ends a cut stream without the last line', async () => {
    expect((await lines<Line>(simulator, 'sim-cut')).some((line) => line.done)).toBe(false);
  });
});

describe('refusals on the native wire', () => {
  it.each([
    ['sim-401', 401, 'unauthorized'],
    ['sim-429', 429, 'too many requests'],
    ['sim-500', 500, 'terminated'],
    ['sim-503-once-x', 503, 'server busy'],
    ['sim-html', 502, '<html>'],
    ['sim-200-error', 200, '"error"'],
    ['llama9', 404, 'model \\"llama9\\" not found, try pulling it first'],
    ['sim-402', 404, 'try pulling it first'],
    ['sim-embed', 400, 'does not support chat'],
  ])('%s answers %i', async (model, status, words) => {
    const answer = await ask(simulator, OLLAMA_CHAT, chatBody(model));
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  it.each([
    ['no model', { model: undefined }, 'model is required'],
    ['an unknown role', { messages: [{ role: 'robot', content: '' }] }, 'invalid role'],
    ['a list as content', { messages: [{ role: 'user', content: [] }] }, 'messages.content'],
    [
      'call arguments as text',
      { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'a', arguments: '{}' } }] }] },
      'api.ToolCallFunctionArguments',
    ],
    ['an unknown way to think', { think: 'hard' }, 'invalid think value'],
    ['stream as text', { stream: 'yes' }, 'ChatRequest.stream'],
  ])('%s is refused', async (_, changes, words) => {
    const answer = await ask(simulator, OLLAMA_CHAT, chatBody('sim-text', changes));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  });

  it('refuses tools for a model without', async () => {
    const answer = await ask(simulator, OLLAMA_CHAT, chatBody('sim-no-tools', { tools: TOOLS }));
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('does not support tools')]);
  });
});

describe('the rest of the native wire', () => {
  it('says it is running and which version', async () => {
    const root = await fetch(`${simulator.url}/ollama/`);
    const version = await fetch(`${simulator.url}/ollama/api/version`);
    expect([await root.text(), await version.json()]).toEqual([
      'Ollama is running',
      { version: expect.any(String) as string },
    ]);
  });

  it('lists its models', async () => {
    const tags = await fetch(`${simulator.url}/ollama/api/tags`);
    expect(await tags.json()).toMatchObject({
      models: expect.arrayContaining([expect.objectContaining({ model: 'sim-text:latest' })]) as unknown,
    });
  });

  it('shows what a model can do', async () => {
    const capabilities = async (model: string): Promise<unknown> => {
      const response = await post(simulator, '/ollama/api/show', { model });
      return ((await response.json()) as { capabilities: unknown }).capabilities;
    };
    expect(await capabilities('sim-reasoning')).toEqual(['completion', 'tools', 'thinking']);
    expect(await capabilities('sim-no-tools')).toEqual(['completion']);
    expect(await capabilities('sim-embed')).toEqual(['embedding']);
  });

  it('answers unknown paths in its own form', async () => {
    const answer = await ask(simulator, '/ollama/api/nothing', {});
    expect([answer.status, JSON.parse(answer.text)]).toEqual([404, { error: '404 page not found' }]);
  });
});
