import { AnswerUnusable, ErrorFrame } from './answer.js';
import { FoldedAnswer } from './folded-answer.js';
import type { ModelDelta } from './model-wire.js';
import { OpenAiAnswer } from './openai-answer.js';

const REQUEST = { messages: [{ role: 'user', content: 'hello' } as const] };

/** Reads frames as one answer and folds it. */
function answerOf(frames: unknown[]): FoldedAnswer {
  const answer = new OpenAiAnswer(REQUEST);
  const deltas: ModelDelta[] = [];
  for (const frame of frames) answer.read(frame, deltas);
  answer.end(deltas);
  const folded = new FoldedAnswer();
  folded.add(deltas);
  return folded;
}

const delta = (fields: object, finish: string | null = null): unknown => ({
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
});
const call = (fields: object): unknown => delta({ tool_calls: [fields] });
const DONE = delta({}, 'tool_calls');

describe('an answer of the OpenAI wire', () => {
  it('reads text and reasoning whatever else is null or missing', () => {
    const { text, reasoning } = answerOf([
      delta({ role: 'assistant', content: '', reasoning_content: null }),
      delta({ content: null, reasoning_content: 'hm ' }),
      delta({ reasoning: 'so' }),
      delta({ content: 'y', tool_calls: null }),
      delta({ content: [{ type: 'text', text: 'es' }, null], reasoning: { summary: [] } }),
      { choices: [{ index: 1, delta: { content: 'another answer' } }] },
      { choices: [], usage: null },
      delta({}, 'stop'),
    ]);
    expect([text, reasoning]).toEqual(['yes', 'hm so']);
  });

  it.each([
    [
      'in the last choice',
      [
        delta({ content: 'x' }),
        { choices: [{ delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 5, completion_tokens: 7 } }] },
      ],
    ],
    [
      'in a frame of its own',
      [delta({ content: 'x' }, 'stop'), { choices: [], usage: { prompt_tokens: 5, completion_tokens: 7 } }],
    ],
    [
      'in a frame without choices',
      [delta({ content: 'x' }, 'stop'), { usage: { prompt_tokens: 5, completion_tokens: 7 } }],
    ],
    [
      'growing with every chunk',
      [1, 4, 7].map((n) => ({
        choices: [{ delta: { content: 'x' }, finish_reason: n === 7 ? 'stop' : '' }],
        usage: { prompt_tokens: 5, completion_tokens: n },
      })),
    ],
  ])('takes the usage %s once', (_, frames) => {
    expect(answerOf(frames).usage).toMatchObject({ promptTokens: 5, completionTokens: 7, estimated: false });
  });

  it.each([
    [{ prompt_tokens_details: { cached_tokens: 3 } }],
    [{ prompt_cache_hit_tokens: 3 }],
    [{ cached_tokens: 3 }],
  ])('finds cached tokens in %j', (fields) => {
    const usage = {
      prompt_tokens: 5,
      completion_tokens: 1,
      completion_tokens_details: { reasoning_tokens: 2 },
      ...fields,
    };
    expect(answerOf([delta({ content: 'x' }, 'stop'), { usage }]).usage).toMatchObject({
      cachedTokens: 3,
      reasoningTokens: 2,
    });
  });

  it.each([-1, 2.5, 2 ** 40, '7', null])('takes %j tokens for no report', (count) => {
    const usage = { prompt_tokens: count, completion_tokens: 1 };
    expect(answerOf([delta({ content: 'x' }, 'stop'), { usage }]).usage).toMatchObject({ estimated: true });
    const cached = { prompt_tokens: 5, completion_tokens: count, cached_tokens: 9 };
    expect(answerOf([delta({ content: 'x' }, 'stop'), { usage: cached }]).usage).toMatchObject({
      ...{ completionTokens: 0, cachedTokens: 5 },
    });
  });

  it('estimates what nobody counted', () => {
    expect(answerOf([delta({ content: '四个汉字' }, 'stop')]).usage).toMatchObject({
      promptTokens: 2,
      completionTokens: 3,
      estimated: true,
    });
  });

  it.each<[string, unknown[], string[]]>([
    [
      'pieces by index',
      [
        call({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
        call({ index: 0, function: { arguments: '{"x"' } }),
        call({ index: 0, id: '', function: { name: '', arguments: ':1}' } }),
      ],
      ['a f {"x":1}'],
    ],
    [
      'repeated ids and names',
      [
        call({ index: 0, id: 'a', function: { name: 'f', arguments: '{' } }),
        call({ index: 0, id: 'a', function: { name: 'f', arguments: '}' } }),
      ],
      ['a f {}'],
    ],
    [
      'whole calls, all with index 0',
      [
        call({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }),
        call({ index: 0, id: 'b', function: { name: 'g', arguments: '{}' } }),
      ],
      ['a f {}', 'b g {}'],
    ],
    [
      'calls without an index',
      [
        call({ id: 'a', function: { name: 'f', arguments: '{' } }),
        call({ function: { arguments: '}' } }),
        call({ id: 'b', function: { name: 'g', arguments: '{}' } }),
      ],
      ['a f {}', 'b g {}'],
    ],
    [
      'two in one delta',
      [
        delta({
          tool_calls: [
            { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } },
            { index: 1, id: 'b', function: { name: 'g', arguments: '{}' } },
          ],
        }),
      ],
      ['a f {}', 'b g {}'],
    ],
    [
      'arguments as an object',
      [call({ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } })],
      ['a f {"x":1}'],
    ],
  ])('puts tool calls together: %s', (_, frames, expected) => {
    const { toolCalls, finish } = answerOf([...frames, DONE]);
    expect(toolCalls.map(({ id, name, arguments: text }) => `${id} ${name} ${text}`)).toEqual(expected);
    expect(finish).toBe('tool_calls');
  });

  it('gives calls without an id one of their own, each another', () => {
    const piece = { index: 0, id: null, function: { name: 'f', arguments: '{}' } };
    const { toolCalls } = answerOf([call(piece), call(piece), DONE]);
    expect(toolCalls).toHaveLength(2);
    expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
  });

  it('takes no token at all for an answer', () => {
    expect(answerOf([delta({ content: '' }, 'stop')])).toMatchObject({ text: '', finish: 'stop' });
  });

  it('takes a reason nobody knows for an end like any other', () => {
    expect(answerOf([delta({ content: 'x' }, 'constructor')])).toMatchObject({ text: 'x', finish: 'stop' });
  });

  it('decides by the calls, not by the finish reason', () => {
    const frames = [call({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }), delta({}, 'stop')];
    expect(answerOf(frames).finish).toBe('tool_calls');
  });

  it.each([
    [{ error: { message: 'no', code: 'x' } }, { message: 'no', code: 'x' }],
    [
      { code: 'Throttling', message: 'slow down' },
      { message: 'slow down', code: 'Throttling' },
    ],
    [
      { error_code: 336, error_msg: 'bad' },
      { message: 'bad', code: '336' },
    ],
  ])('takes %j for an error', (frame, said) => {
    const failed = (): unknown => answerOf([frame]);
    expect(failed).toThrow(ErrorFrame);
    expect(failed).toThrow(expect.objectContaining({ said: expect.objectContaining(said) }));
  });

  it.each([
    ['cut_off', [delta({ content: 'half' })]],
    ['empty_answer', [delta({ reasoning_content: 'hm' }, 'stop')]],
    [
      'truncated_tool_call',
      [call({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }), delta({}, 'length')],
    ],
    ['overloaded', [delta({ content: 'x' }, 'insufficient_system_resource')]],
    ['server', [delta({ content: 'x' }, 'error')]],
    ['content_filter', [call({ id: 'a', function: { name: 'f', arguments: '{' } }), delta({}, 'content_filter')]],
  ])('is unusable: %s', (fault, frames) => {
    const failed = (): unknown => answerOf(frames);
    expect(failed).toThrow(AnswerUnusable);
    expect(failed).toThrow(expect.objectContaining({ fault }));
  });
});
