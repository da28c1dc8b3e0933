import type { ChatEvent, UsageDto } from '@opsagent/contracts';
import { DifyEncoder } from './dify-encoder.js';
import { toMessage } from './message.js';
import { thoughtId } from './thought-id.js';

type Told = Record<string, unknown> & { event: string };
type Loose<E> = E extends ChatEvent ? Omit<E, 'seq' | 'run_id' | 'message_id'> : never;

const RUN = {
  runId: '11111111-1111-4111-8111-111111111111',
  messageId: '22222222-2222-4222-8222-222222222222',
  sessionId: '33333333-3333-4333-8333-333333333333',
  createdAt: new Date(1_705_395_332_900),
  cost: null,
  readyAnswer: null,
};
const IDS = {
  conversation_id: RUN.sessionId,
  message_id: RUN.messageId,
  created_at: 1_705_395_332,
  task_id: RUN.runId,
};
const HOSTILE = 'a"b\\c\n\r\t</script>你好🦊\u2028\u2029\u0085\0 data: x\n\nevent: y';
const LABEL = { en: 'Inspect', zh: '查看' };
const USAGE: UsageDto = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  cached_tokens: 0,
  reasoning_tokens: 0,
  estimated: false,
};

const started: Loose<ChatEvent> = {
  type: 'turn_started',
  session_id: RUN.sessionId,
  llm_config_id: RUN.runId,
  model_name: 'm',
};
const finished: Loose<ChatEvent> = { type: 'turn_finished', status: 'finished' };
const text = (delta: string): Loose<ChatEvent> => ({ type: 'text', delta });
const calls = (id: string, tool: string, input: string, round = 1): Loose<ChatEvent> => ({
  ...{ type: 'step_started', step_id: id, position: 1, round, tool, label: LABEL, input, risk: 'read' },
});
const answers = (id: string, observation: string): Loose<ChatEvent> => ({
  ...{ type: 'step_finished', step_id: id, state: 'succeeded', observation },
});

function encode(mode: 'chat' | 'agent-chat', ...batches: Loose<ChatEvent>[][]): string[] {
  const encoder = new DifyEncoder(RUN, mode);
  return batches.map((batch) => encoder.encode(batch as ChatEvent[]));
}

function read(frames: string): Told[] {
  const blocks = frames.split('\n\n');
  expect(blocks.pop()).toBe('');
  return blocks.map((block) => {
    expect(block).toMatch(/^data: \{.*\}$/);
    return JSON.parse(block.slice(6)) as Told;
  });
}

const ofThoughts = (told: Told[]): Told[] => told.filter(({ event }) => event === 'agent_thought');

describe('a chat on Dify’s wire', () => {
  it('tells each delta in an event of its own, unchanged, on one line whoever counts lines', () => {
    const [frames = ''] = encode('chat', [started, text('你'), text(HOSTILE)]);
    expect(read(frames)).toEqual([
      { event: 'message', ...IDS, id: RUN.messageId, answer: '你', from_variable_selector: null },
      { event: 'message', ...IDS, id: RUN.messageId, answer: HOSTILE, from_variable_selector: null },
    ]);
    expect(frames).not.toMatch(/[\r\u0085\u2028\u2029]/);
    expect(frames).toContain('"answer":"你"');
  });

  it('ends with one message_end that carries the usage', () => {
    const [, end = ''] = encode(
      'chat',
      [started, text('x')],
      [
        { type: 'usage', usage: USAGE, first_token_ms: 400, total_ms: 910, total_price: null, currency: null },
        finished,
      ],
    );
    expect(read(end)).toEqual([
      {
        ...{ event: 'message_end', ...IDS, id: RUN.messageId, files: null },
        metadata: {
          annotation_reply: null,
          retriever_resources: [],
          usage: {
            ...{ prompt_tokens: 12, completion_tokens: 5, total_tokens: 17, currency: 'USD', total_price: '0' },
            ...{ prompt_unit_price: '0', prompt_price_unit: '0', prompt_price: '0' },
            ...{ completion_unit_price: '0', completion_price_unit: '0', completion_price: '0' },
            ...{ latency: 0.91, time_to_first_token: 0.4, time_to_generate: 0.51 },
          },
        },
      },
    ]);
  });

  it('sends zeros where the provider told nothing', () => {
    const [frames = ''] = encode('chat', [started, finished]);
    expect(read(frames)).toMatchObject([
      {
        event: 'message_end',
        metadata: { usage: { prompt_tokens: 0, total_tokens: 0, latency: 0, time_to_first_token: null } },
      },
    ]);
  });

  it('tells a failure in an error event without a task, and nothing after it', () => {
    const [frames = ''] = encode('chat', [
      started,
      text('x'),
      { type: 'turn_failed', kind: 'rate_limit', code: 'c', detail: 'Busy.' },
    ]);
    const { task_id: _task, ...ids } = IDS;
    expect(read(frames)[1]).toEqual({
      event: 'error',
      ...ids,
      code: 'completion_request_error',
      message: 'Busy.',
      status: 400,
    });
  });

  it('shows no reasoning and no steps', () => {
    const [frames] = encode('chat', [
      started,
      { type: 'reasoning', delta: 'hm' },
      calls('a', 't', '{}'),
      answers('a', 'o'),
    ]);
    expect(frames).toBe('');
  });
});

describe('an agent on Dify’s wire', () => {
  it('opens a round with an empty thought before its first delta, and repeats its text at the end', () => {
    const told = read(encode('agent-chat', [started], [text('Hel'), text('lo')], [finished]).join(''));
    expect(told.map(({ event }) => event)).toEqual([
      'agent_thought',
      'agent_message',
      'agent_message',
      'agent_thought',
      'message_end',
    ]);
    expect(told[0]).toEqual({
      ...{ event: 'agent_thought', ...IDS, id: thoughtId(RUN.messageId, 1), position: 1, message_files: [] },
      ...{ thought: '', observation: '', tool: '', tool_labels: {}, tool_input: '' },
    });
    expect(told[3]).toEqual({ ...told[0], thought: 'Hello' });
    expect(told[1]).toEqual({ event: 'agent_message', ...IDS, id: RUN.messageId, answer: 'Hel' });
  });

  it('tells a round’s tools together, then their answers together, then opens the next round', () => {
    const told = read(
      encode(
        'agent-chat',
        [started, text('Let me see.')],
        [calls('a', 'disk', '{"host": "db1"}'), calls('b', 'load', '{}')],
        [answers('b', 'low')],
        [answers('a', '82%')],
        [text('All good.'), finished],
      ).join(''),
    );
    expect(told.map(({ event, thought, position }) => [event, position, thought])).toEqual([
      ['agent_thought', 1, ''],
      ['agent_message', undefined, undefined],
      ['agent_thought', 1, 'Let me see.'],
      ['agent_thought', 1, 'Let me see.'],
      ['agent_thought', 2, ''],
      ['agent_message', undefined, undefined],
      ['agent_thought', 2, 'All good.'],
      ['message_end', undefined, undefined],
    ]);
    expect(told[2]).toMatchObject({
      tool: 'disk;load',
      tool_input: '{"disk":{"host":"db1"},"load":{}}',
      observation: '',
    });
    expect(told[3]).toMatchObject({ tool: 'disk;load', observation: '{"disk":"82%","load":"low"}' });
    expect(told[3]).toMatchObject({ tool_labels: { disk: { en_US: 'Inspect', zh_Hans: '查看' } } });
    expect(new Set(ofThoughts(told).map(({ id }) => id)).size).toBe(2);
  });

  it('keeps both answers of a tool that is called twice in a round', () => {
    const told = read(
      encode('agent-chat', [
        started,
        calls('a', 'ping', '1'),
        calls('b', 'ping', '2'),
        answers('a', 'x'),
        answers('b', 'y'),
      ]).join(''),
    );
    expect(told.at(-1)).toMatchObject({
      tool: 'ping;ping',
      tool_input: '{"ping":[1,2]}',
      observation: '{"ping":["x","y"]}',
    });
  });

  it('passes on arguments that are no JSON as the model wrote them', () => {
    const told = read(encode('agent-chat', [started, calls('a', 'ping', '{"x')]).join(''));
    expect(told.at(-1)).toMatchObject({ tool_input: '{"ping":"{\\"x"}' });
  });

  it('leaves no empty thought behind when it is stopped after its tools', () => {
    const told = read(
      encode(
        'agent-chat',
        [started, calls('a', 'ping', '{}')],
        [answers('a', 'x')],
        [{ type: 'turn_finished', status: 'stopped' }],
      ).join(''),
    );
    expect(told.map(({ event }) => event)).toEqual(['agent_thought', 'agent_thought', 'agent_thought', 'message_end']);
    expect(told[2]).toMatchObject({ position: 1, observation: '{"ping":"x"}' });
  });

  it('shows the same thoughts in the history as in the stream', () => {
    const told = read(
      encode(
        'agent-chat',
        [started, text('Let me see.'), calls('a', 'disk', '{}')],
        [answers('a', 'ok'), text('Good.'), finished],
      ).join(''),
    );
    const last = new Map(
      ofThoughts(told).map(({ id, thought, tool, observation, position }) => [
        id,
        { id, thought, tool, observation, position },
      ]),
    );
    const step = {
      id: 'a',
      round: 1,
      position: 1,
      thought: 'Let me see.',
      tool: 'disk',
      label: LABEL,
      input: '{}',
      observation: 'ok',
    };
    const { agent_thoughts: kept } = toMessage(
      {
        ...{
          id: RUN.messageId,
          sessionId: RUN.sessionId,
          query: 'q',
          answer: 'Let me see.Good.',
          inputs: {},
          status: 'finished',
        },
        ...{
          error: null,
          usage: null,
          firstTokenMs: 1,
          totalMs: 2,
          totalPrice: null,
          currency: null,
          files: [],
          createdAt: RUN.createdAt,
        },
        steps: [{ ...step, state: 'succeeded', createdAt: RUN.createdAt }],
      },
      'agent-chat',
      undefined,
    );
    expect(
      kept.map(({ id, thought, tool, observation, position }) => ({ id, thought, tool, observation, position })),
    ).toEqual([...last.values()]);
  });
});
