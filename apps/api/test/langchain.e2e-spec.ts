import { jest } from '@jest/globals';
import type { LlmProvider } from '@opsagent/contracts';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAICompletions } from '@langchain/openai';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { OpsChatModel } from '../src/llm-config/langchain/ops-chat-model.js';
import type { ModelDelta } from '../src/llm-config/wire/model-wire.js';
import { ModelWires } from '../src/llm-config/wire/model-wires.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { aConfig } from './support/a-config.js';
import { SIMULATED } from './support/simulated-providers.js';

const TOOL = {
  type: 'function',
  function: {
    name: 'clock',
    description: 'Tells the time.',
    parameters: { type: 'object', properties: { zone: { type: 'string' } } },
  },
} as const;

/** A conversation with everything in it: instructions, a tool call of earlier and its result. */
const CONVERSATION = [
  new SystemMessage('Be brief.'),
  new HumanMessage('What time is it? 几点了？'),
  new AIMessage({
    content: 'Let me look.',
    tool_calls: [{ type: 'tool_call', id: 'call_1', name: 'clock', args: { zone: 'utc' } }],
  }),
  new ToolMessage({ content: '12:00', tool_call_id: 'call_1', name: 'clock' }),
  new AIMessage('Noon.'),
  new HumanMessage('call:clock {"zone":"Asia/Shanghai"} call:clock {"zone":"utc"}'),
];

describe('our model for LangChain', () => {
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

  function ours(provider: LlmProvider, modelName: string): OpsChatModel {
    const baseUrl = simulator.url + SIMULATED[provider];
    const parameters = { temperature: 0.5, maxTokens: 1000 };
    return new OpsChatModel(wires.open(aConfig({ provider, modelName, baseUrl, parameters })));
  }

  function theirs(provider: LlmProvider, model: string): ChatOllama | ChatOpenAICompletions {
    if (provider === 'ollama') {
      return new ChatOllama({
        model,
        baseUrl: `${simulator.url}/ollama`,
        temperature: 0.5,
        numPredict: 1000,
        maxRetries: 0,
      });
    }
    return new ChatOpenAICompletions({
      ...{ model, apiKey: 'sim-key', temperature: 0.5, maxTokens: 1000, maxRetries: 0 },
      configuration: { baseURL: simulator.url + SIMULATED[provider] },
    });
  }

  /** LangChain's streaming path, folded: without it their client asks in one piece. */
  async function folded(model: ChatOllama | ChatOpenAICompletions, messages: BaseMessage[], tools: (typeof TOOL)[]) {
    const stream = await (tools.length > 0 ? model.bindTools(tools) : model).stream(messages);
    let whole: Awaited<ReturnType<typeof model.invoke>> | undefined;
    for await (const chunk of stream) whole = whole ? whole.concat(chunk) : chunk;
    return whole as NonNullable<typeof whole>;
  }

  const calls = (message: AIMessage) => message.tool_calls?.map(({ name, args }) => ({ name, args }));
  const counted = ({ usage_metadata: usage }: AIMessage) => [
    usage?.input_tokens,
    usage?.output_tokens,
    usage?.total_tokens,
  ];

  // The others lose their reasoning or their usage in the stock client, or refuse what it sends.
  const READ_ALIKE = ['openai', 'ollama', 'tongyi', 'doubao', 'baidu', 'openai-compatible'] as const;

  describe.each(READ_ALIKE)('on the wire of %s', (provider) => {
    it.each([
      ['sim-text-50', []],
      ['sim-reasoning-6', []],
      ['sim-split', []],
      ['sim-tools', [TOOL]],
      ['sim-tool-thought', [TOOL]],
    ])('reads %s as the stock client does', async (model, tools: (typeof TOOL)[]) => {
      const own = await ours(provider, model).invoke(CONVERSATION, { tools });
      const stock = await folded(theirs(provider, model), CONVERSATION, tools);
      expect(own.text).toBe(stock.text);
      expect(calls(own)).toEqual(calls(stock));
      expect(counted(own)).toEqual(counted(stock));
      expect(own.additional_kwargs.reasoning_content).toEqual(stock.additional_kwargs.reasoning_content);
    });

    it('sends what the stock client sends', async () => {
      const model = `sim-tools-sent-${provider}`;
      await ours(provider, model).invoke(CONVERSATION, { tools: [TOOL] });
      await folded(theirs(provider, model), CONVERSATION, [TOOL]);
      const [own, stock] = simulator.requests.ofModel(model).map(({ body }) => body as Record<string, unknown>);
      const both = Object.keys(own ?? {}).filter((name) => name !== 'messages' && name in (stock ?? {}));
      expect(both).toEqual(expect.arrayContaining(['model', 'stream', 'tools']));
      for (const name of both) expect([name, own?.[name]]).toEqual([name, stock?.[name]]);
      expect(said(own)).toEqual(said(stock));
    });
  });

  it('hands on every delta as it comes and answers with the whole message', async () => {
    const deltas: ModelDelta[] = [];
    const onDeltas = (batch: readonly ModelDelta[]): void => void deltas.push(...batch);
    const answer = await ours('openai', 'sim-text-30').invoke('hi', { onDeltas });
    expect(deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('')).toBe(answer.text);
    expect(deltas.at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });

  it('keeps broken arguments apart from good ones', async () => {
    const answer = await ours('openai', 'sim-tool-bad-json').invoke('hi', { tools: [TOOL] });
    expect(answer.tool_calls).toEqual([]);
    expect(answer.invalid_tool_calls).toHaveLength(1);
  });

  it('counts tokens and asks for tools without a word to anybody else', async () => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    const model = ours('openai', 'sim-tools-alone');
    expect(await model.getNumTokens('四个汉字 and some English')).toBe(7);
    await model.invoke('hi', { tools: [TOOL] });
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it('traces to nobody, whatever the environment says', () => {
    expect(process.env.LANGSMITH_TRACING).toBe('false');
    expect(process.env.LANGCHAIN_TRACING_V2).toBe('false');
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const answer = ours('openai', 'sim-stall-2-langchain').invoke('hi', {
      signal: stop.signal,
      onDeltas: () => stop.abort(new Error('stopped')),
    });
    await expect(answer).rejects.toThrow();
    await simulator.requests.waitFor(({ model, aborted }) => model === 'sim-stall-2-langchain' && aborted, 2000);
  });
});

interface SentMessage {
  role: string;
  content: string | { text: string }[] | null;
  tool_call_id?: string;
  tool_calls?: { function: { name: string; arguments: unknown } }[];
}

/** The messages by what they mean: the stock clients write the same in other shapes. */
function said(body: Record<string, unknown> | undefined): unknown[] {
  return (body?.messages as SentMessage[]).map(({ role, content, tool_calls: calls = [], tool_call_id }) => ({
    role,
    content: Array.isArray(content) ? content.map(({ text }) => text).join('') : content,
    tool_call_id,
    calls: calls.map(({ function: { name, arguments: given } }) => ({
      name,
      arguments: typeof given === 'string' ? (JSON.parse(given) as unknown) : given,
    })),
  }));
}
