import { digestOf, startSimulator, type Simulator } from '../simulator.ts';
import { ask, callsOfChunks, CHAT, chatBody, finishOf, stream, textOfChunks, TOOLS } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const offering = { tools: TOOLS };

function saying(content: string): object {
  return { tools: TOOLS, messages: [{ role: 'user', content }] };
}

describe('sim-tools', () => {
  it('calls two tools that need no arguments, in parallel', async () => {
    const chunks = await stream(simulator, 'sim-tools', offering);
    const calls = callsOfChunks(chunks);
    expect(calls.map((call) => [call.name, call.arguments])).toEqual([
      ['host_inspect', '{}'],
      ['list_nodes', '{}'],
    ]);
    expect(new Set(calls.map((call) => call.id)).size).toBe(2);
    expect(finishOf(chunks)).toBe('tool_calls');
  });

  it('calls what the user names, with the arguments as written, in pieces', async () => {
    const written = '{"name": "nginx \\"}\\" 重启", "deep": {"a": [1]}}';
    const chunks = await stream(simulator, 'sim-tools', saying(`call:restart_service ${written} and call:list_nodes`));
    expect(callsOfChunks(chunks).map((call) => [call.name, call.arguments])).toEqual([
      ['restart_service', written],
      ['list_nodes', '{}'],
    ]);
    expect(chunks.length).toBeGreaterThan(8);
  });

  it('invents required arguments when nothing easier is offered', async () => {
    const calls = callsOfChunks(await stream(simulator, 'sim-tools', { tools: TOOLS.slice(0, 1) }));
    expect(calls.map((call) => call.arguments)).toEqual(['{"name":"sample"}']);
  });

  it('answers the results with their digests', async () => {
    const first = await ask(simulator, CHAT, chatBody('sim-tools', offering));
    const { message } = (JSON.parse(first.text) as { choices: [{ message: { tool_calls: { id: string }[] } }] })
      .choices[0];
    const results = message.tool_calls.map(({ id }, index) => ({
      role: 'tool',
      tool_call_id: id,
      content: `结果 ${index}`,
    }));
    const messages = [{ role: 'user', content: 'How?' }, message, ...results];
    const chunks = await stream(simulator, 'sim-tools', { messages, ...offering });
    expect(finishOf(chunks)).toBe('stop');
    for (const { content } of results) expect(textOfChunks(chunks)).toContain(digestOf(content));
  });

  it('calls again in the next turn', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'list_nodes', arguments: '{}' } };
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'fine' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ];
    expect(callsOfChunks(await stream(simulator, 'sim-tools', { messages, ...offering }))).toHaveLength(2);
  });

  it.each([
    ['without tools', {}],
    ['when calling is forbidden', { tools: TOOLS, tool_choice: 'none' }],
  ])('answers text %s', async (_, changes) => {
    const chunks = await stream(simulator, 'sim-tools', changes);
    expect([callsOfChunks(chunks), textOfChunks(chunks)]).toEqual([[], expect.stringContaining('No tool was offered')]);
  });
});

describe('the other tool scenarios', () => {
  const afterResult = {
    ...offering,
    messages: [
      { role: 'user', content: 'a' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'list_nodes', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'fine' },
    ],
  };

  it('sim-tool-once calls once, then answers', async () => {
    expect(callsOfChunks(await stream(simulator, 'sim-tool-once', offering))).toHaveLength(1);
    expect(callsOfChunks(await stream(simulator, 'sim-tool-once', afterResult))).toHaveLength(0);
  });

  it('sim-tool-loop never stops calling', async () => {
    expect(callsOfChunks(await stream(simulator, 'sim-tool-loop', afterResult))).toHaveLength(1);
  });

  it('sim-tool-thought speaks before it calls', async () => {
    const chunks = await stream(simulator, 'sim-tool-thought', offering);
    expect([textOfChunks(chunks), callsOfChunks(chunks).length]).toEqual(['我先看一下 this host. ', 1]);
  });

  it('sim-reasoning-tools thinks before it calls', async () => {
    const chunks = await stream(simulator, 'sim-reasoning-tools', offering);
    expect(chunks[1]?.choices[0]?.delta.reasoning_content).toBeTruthy();
    expect(callsOfChunks(chunks)).toHaveLength(1);
  });

  it('sim-tool-unknown calls what nobody offered', async () => {
    expect(callsOfChunks(await stream(simulator, 'sim-tool-unknown', offering))[0]?.name).toBe('no_such_tool');
  });

  it('sim-tool-bad-json writes arguments that do not parse', async () => {
    const [call] = callsOfChunks(await stream(simulator, 'sim-tool-bad-json', offering));
    expect(() => JSON.parse(call.arguments) as unknown).toThrow(SyntaxError);
  });

  it('sim-tool-truncated ends by length in the middle of the arguments', async () => {
    const chunks = await stream(simulator, 'sim-tool-truncated', offering);
    expect([finishOf(chunks), callsOfChunks(chunks)[0]?.arguments]).toEqual(['length', '{"path": "/var/lo']);
  });

  it('sim-tool-no-id calls without an id', async () => {
    expect(callsOfChunks(await stream(simulator, 'sim-tool-no-id', offering))[0]).toMatchObject({
      id: undefined,
      name: 'host_inspect',
    });
  });

  it('sim-tool-object-args sends an object where a string belongs', async () => {
    const chunks = await stream(simulator, 'sim-tool-object-args', saying('call:host_inspect {"part":"load"}'));
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(deltas.map((delta) => delta.function.arguments)).toEqual([{ part: 'load' }]);
  });
});
