import { LLM_PROVIDER, type FaultKind, type LlmProvider } from '@opsagent/contracts';
import type { ExtraConfig, LlmConfigFacts } from '../src/llm-config/llm-config-facts.js';
import { PROVIDERS } from '../src/llm-config/providers/providers.js';
import { FoldedAnswer } from '../src/llm-config/wire/folded-answer.js';
import { UpstreamFailed, type ModelMessage, type ModelRequest } from '../src/llm-config/wire/model-wire.js';
import { ModelWires } from '../src/llm-config/wire/model-wires.js';
import { Environment } from '../src/platform/config/environment.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import {
  expectedReasoning,
  expectedText,
  startSimulator,
  type LogRecord,
  type Simulator,
} from '../../../tools/provider-simulator/simulator.ts';
import { aConfig } from './support/a-config.js';
import { SIMULATED } from './support/simulated-providers.js';

const CLOCK = { name: 'clock', description: 'Tells the time.', parameters: { type: 'object', properties: {} } };
const ZONES = 'call:clock {"zone":"a"} call:clock {"zone":"b"}';

/** What a real model of each is called, before the name of a scenario: what it refuses goes by that. */
const OWN_NAMES: Partial<Record<LlmProvider, string>> = {
  openai: 'gpt-6-luna-',
  zhipu: 'glm-5.3-',
  moonshot: 'kimi-k2.6-',
  doubao: 'doubao-seed-2-1-',
};

type Sent = Record<string, unknown>;

type Case = readonly [scenario: string, fault: FaultKind, asked: number];

const FAULTS: readonly Case[] = [
  ['sim-400', 'bad_request', 1],
  ['sim-401', 'invalid_key', 1],
  ['sim-403', 'permission', 1],
  ['sim-404', 'model_not_found', 1],
  ['sim-429', 'rate_limit', 3],
  ['sim-429-bare', 'rate_limit', 3],
  ['sim-429-long', 'rate_limit', 1],
  ['sim-500', 'server', 3],
  ['sim-503', 'overloaded', 3],
  ['sim-html', 'server', 3],
  ['sim-200-error', 'server', 1],
  ['sim-error-frame-3', 'server', 1],
  ['sim-cut-3', 'cut_off', 1],
  ['sim-reset-3', 'cut_off', 1],
  ['sim-reasoning-only', 'empty_answer', 1],
];
const ON_OPENAI_WIRE: readonly Case[] = [
  ['sim-402', 'insufficient_balance', 1],
  ['sim-context', 'context_too_long', 1],
  ['sim-error-frame-bare-3', 'server', 1],
  ['sim-tool-truncated', 'truncated_tool_call', 1],
];
const FILTERS: readonly Case[] = [
  ['sim-filter', 'content_filter', 1],
  ['sim-filter-frame-3', 'content_filter', 1],
];
const QUOTA: Case = ['sim-quota', 'quota_window', 1];

function casesOf(provider: LlmProvider): readonly Case[] {
  if (isNative(provider)) return FAULTS;
  const hasQuotas = ['tongyi', 'doubao', 'zhipu', 'moonshot', 'baidu'].includes(provider);
  return [...FAULTS, ...ON_OPENAI_WIRE, ...(provider === 'vllm' ? [] : FILTERS), ...(hasQuotas ? [QUOTA] : [])];
}

interface Asked {
  parameters?: Partial<LlmConfigFacts['parameters']>;
  extra?: ExtraConfig;
  request?: ModelRequest;
  signal?: AbortSignal;
}

let simulator: Simulator;
let outbound: Outbound;
let wires: ModelWires;
/** All at once: most of the time goes by between two tries. */
let outcomes: ReadonlyMap<LlmProvider, unknown[]>;

beforeAll(async () => {
  simulator = await startSimulator();
  const environment = new Environment();
  outbound = new Outbound(environment);
  outbound.allow('127.0.0.1', simulator.port);
  wires = new ModelWires(outbound, environment);
  const request: ModelRequest = { messages: [{ role: 'user', content: 'hi' }], tools: [CLOCK] };
  const outcome = async (provider: LlmProvider, scenario: string) => {
    const fault = await faultOf(provider, scenario, { request });
    return [scenario, fault, recordsOf(provider, scenario).length];
  };
  const all = LLM_PROVIDER.values.map(async (provider) => {
    const own = casesOf(provider).map(([scenario]) => outcome(provider, scenario));
    return [provider, await Promise.all(own)] as const;
  });
  outcomes = new Map(await Promise.all(all));
}, 20_000);

afterAll(async () => {
  await outbound.onApplicationShutdown();
  await simulator.close();
});

async function ask(provider: LlmProvider, scenario: string, asked: Asked = {}): Promise<FoldedAnswer> {
  const { parameters, extra = {}, request = { messages: [{ role: 'user', content: 'hi' }] } } = asked;
  const modelName = nameOf(provider, scenario);
  const key = PROVIDERS[provider].keyRequired ? 'sim-key' : null;
  const baseUrl = simulator.url + SIMULATED[provider];
  const model = wires.open(aConfig({ provider, modelName, baseUrl, parameters, extra, key }));
  const answer = new FoldedAnswer();
  const signal = asked.signal ?? new AbortController().signal;
  for await (const deltas of model.stream(request, signal)) answer.add(deltas);
  return answer;
}

async function faultOf(provider: LlmProvider, scenario: string, asked?: Asked): Promise<string> {
  const failure = await ask(provider, scenario, asked).catch((error: unknown) => error);
  return failure instanceof UpstreamFailed ? failure.fault : `no fault, but ${String(failure)}`;
}

function nameOf(provider: LlmProvider, scenario: string): string {
  return (OWN_NAMES[provider] ?? '') + scenario;
}

function recordsOf(provider: LlmProvider, scenario: string): LogRecord[] {
  const own = simulator.requests.ofModel(nameOf(provider, scenario));
  return own.filter(({ path }) => path.startsWith(`${SIMULATED[provider]}/`));
}

function isNative(provider: LlmProvider): boolean {
  return PROVIDERS[provider].wire === 'ollama';
}

describe.each(LLM_PROVIDER.values)('the provider %s, as strict as it is', (provider) => {
  const logged = (scenario: string) => recordsOf(provider, scenario);
  const sentTo = (scenario: string): Sent[] => logged(scenario).map(({ body }) => body as Sent);

  it('answers text, and is sent nothing that was not set', async () => {
    const answer = await ask(provider, 'sim-text-30');
    expect(answer).toMatchObject({ text: expectedText('sim-text-30'), finish: 'stop', reasoning: '' });
    expect(answer.usage).toMatchObject({ completionTokens: 30, estimated: false });
    const [record] = logged('sim-text-30');
    const options = PROVIDERS[provider].streamOptions ? { stream_options: { include_usage: true } } : {};
    expect(record.body).toEqual({
      ...{ model: nameOf(provider, 'sim-text-30'), messages: [{ role: 'user', content: 'hi' }], stream: true },
      ...options,
    });
    expect(record.violations).toEqual([]);
    expect(record.path).toMatch(isNative(provider) ? /\/api\/chat$/ : /\/chat\/completions$/);
  });

  it('thinks before it speaks', async () => {
    const answer = await ask(provider, 'sim-reasoning-6');
    expect([answer.reasoning, answer.text]).toEqual([
      expectedReasoning('sim-reasoning-6'),
      expectedText('sim-reasoning-6'),
    ]);
  });

  /** Asks, answers its calls as a tool would, asks again. */
  async function toolLoop(scenario: string, content: string): Promise<[FoldedAnswer, FoldedAnswer, Sent[]]> {
    const messages: ModelMessage[] = [{ role: 'user', content }];
    const first = await ask(provider, scenario, { request: { messages, tools: [CLOCK] } });
    const { text, reasoning, toolCalls } = first;
    messages.push({ role: 'assistant', content: text, reasoning, toolCalls });
    for (const { id, name } of toolCalls) messages.push({ role: 'tool', toolCallId: id, name, content: `noon ${id}` });
    const last = await ask(provider, scenario, { request: { messages, tools: [CLOCK] } });
    return [first, last, sentTo(scenario).at(-1)?.messages as Sent[]];
  }

  it('calls two tools at once and answers with what they found', async () => {
    const [first, last, history] = await toolLoop('sim-tools', ZONES);
    expect(first.toolCalls.map((call) => JSON.parse(call.arguments) as unknown)).toEqual([
      { zone: 'a' },
      { zone: 'b' },
    ]);
    expect(first.finish).toBe('tool_calls');
    expect(last.text).toContain('2.');
    expect(history.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
    const ids = first.toolCalls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    if (!isNative(provider)) expect(history.slice(2).map((message) => message.tool_call_id)).toEqual(ids);
  });

  it('gets its reasoning back where it wants it, and nowhere else', async () => {
    const [first, , history] = await toolLoop('sim-reasoning-tools', 'hi');
    expect(first.reasoning).not.toBe('');
    const back = provider === 'deepseek' || provider === 'moonshot' ? first.reasoning : undefined;
    expect(history[1].reasoning_content).toBe(back);
    expect(history[1]).not.toHaveProperty('reasoning');
    expect(history[1]).not.toHaveProperty('thinking');
  });

  const SAMPLING = { temperature: 0.5, topP: 0.6, frequencyPenalty: 0.1, presencePenalty: 0.2, maxTokens: 100 };
  const ALL = { temperature: 0.5, top_p: 0.6, frequency_penalty: 0.1, presence_penalty: 0.2, max_tokens: 100 };
  const TAKEN: Record<LlmProvider, object> = {
    openai: { max_completion_tokens: 100 },
    deepseek: ALL,
    tongyi: { temperature: 0.5, top_p: 0.6, presence_penalty: 0.2, max_tokens: 100 },
    ollama: {
      options: { temperature: 0.5, top_p: 0.6, frequency_penalty: 0.1, presence_penalty: 0.2, num_predict: 100 },
    },
    vllm: ALL,
    doubao: ALL,
    zhipu: { max_tokens: 100 },
    moonshot: { max_completion_tokens: 100 },
    baidu: ALL,
    'openai-compatible': ALL,
  };

  it('is sent the parameters it takes, and not those it refuses', async () => {
    await ask(provider, 'sim-text-2-sampling', { parameters: SAMPLING });
    const [{ model, messages, stream, stream_options, ...sent }] = sentTo('sim-text-2-sampling');
    expect(model && messages && stream).toBe(true);
    expect(sent).toEqual(TAKEN[provider]);
  });

  const LOW = { reasoning_effort: 'low' };
  const THINKING: Record<LlmProvider, readonly [on: object, off: object]> = {
    openai: [LOW, LOW],
    deepseek: [{ thinking: { type: 'enabled' }, ...LOW }, { thinking: { type: 'disabled' } }],
    tongyi: [{ enable_thinking: true, ...LOW, thinking_budget: 50 }, { enable_thinking: false }],
    ollama: [{ think: 'low' }, { think: false }],
    vllm: [
      { chat_template_kwargs: { enable_thinking: true, thinking: true }, ...LOW },
      { chat_template_kwargs: { enable_thinking: false, thinking: false } },
    ],
    doubao: [{ thinking: { type: 'enabled' }, ...LOW }, { thinking: { type: 'disabled' } }],
    zhipu: [{ thinking: { type: 'enabled' }, ...LOW }, { thinking: { type: 'disabled' } }],
    moonshot: [{ thinking: { type: 'enabled' }, ...LOW }, { thinking: { type: 'disabled' } }],
    baidu: [{ enable_thinking: true, thinking_budget: 50 }, { enable_thinking: false }],
    'openai-compatible': [LOW, LOW],
  };

  it.each(['on', 'off'] as const)('is told to think in its own words: %s', async (thinking) => {
    const scenario = `sim-reasoning-2-thinking-${thinking}`;
    const extra: ExtraConfig = { thinking, reasoning_effort: 'low', thinking_budget: 50 };
    // What cannot be turned off says so, and its words come to the user.
    if (provider === 'zhipu' && thinking === 'off')
      expect(await faultOf(provider, scenario, { extra })).toBe('bad_request');
    else await ask(provider, scenario, { extra });
    const [{ model, messages, stream, stream_options, ...sent }] = sentTo(scenario);
    expect(model && messages && stream).toBe(true);
    expect(sent).toEqual(THINKING[provider][thinking === 'on' ? 0 : 1]);
  });

  it('fails for the reason it gives, and is asked again only where that helps', () => {
    expect(outcomes.get(provider)).toEqual(casesOf(provider));
  });

  it('is left at once: before its first byte, in the middle, and when it falls silent', async () => {
    const stop = new AbortController();
    const timeouts = { first_byte_ms: 200, idle_ms: 200 };
    const left = ['sim-silent-left', 'sim-stall-2-left'].map((scenario) =>
      faultOf(provider, scenario, { signal: stop.signal }).catch(String),
    );
    const late = ['sim-silent-late', 'sim-stall-2-late'].map((scenario) =>
      faultOf(provider, scenario, { extra: { timeouts } }),
    );
    const isOf = (scenario: string, record: LogRecord): boolean => logged(scenario).includes(record);
    await simulator.requests.waitFor((record) => isOf('sim-silent-left', record));
    await simulator.requests.waitFor((record) => isOf('sim-stall-2-left', record) && record.firstByteAt !== null);
    stop.abort(new Error('left'));
    expect(await Promise.all(left)).toEqual(Array(2).fill('no fault, but Error: left'));
    expect(await Promise.all(late)).toEqual(['timeout', 'timeout']);
    for (const scenario of ['sim-silent-left', 'sim-stall-2-left', 'sim-silent-late', 'sim-stall-2-late']) {
      await simulator.requests.waitFor(
        (record) => isOf(scenario, record) && record.aborted && record.closedAt !== null,
      );
      expect(logged(scenario)).toHaveLength(1);
    }
  });

  it('has its tokens estimated where it does not count them', async () => {
    const { usage } = await ask(provider, 'sim-no-usage');
    expect(usage).toMatchObject({ estimated: true });
    expect(usage?.completionTokens).toBeGreaterThan(0);
  });
});
