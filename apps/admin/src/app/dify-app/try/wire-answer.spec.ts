import { EventBlocks, type WireEvent } from './event-blocks.js';
import { answerOfBody, answerOfEvents, errorOfBody } from './wire-answer.js';

const IDS = { conversation_id: 'c', message_id: 'm', task_id: 't' };
const line = (event: object): string => `data: ${JSON.stringify({ ...IDS, ...event })}\n\n`;
const read = (...texts: string[]): WireEvent[] => {
  const blocks = new EventBlocks();
  return texts.flatMap((text, index) => blocks.read(text, index));
};

describe('EventBlocks', () => {
  it('reads the same events wherever the stream is cut', () => {
    const stream = `${line({ event: 'message', answer: '你' })}event: ping\n\n${line({ event: 'message_end', metadata: {} })}`;
    const whole = read(stream).map(({ raw, name }) => [name, raw]);
    expect(whole.map(([name]) => name)).toEqual(['message', 'ping', 'message_end']);
    for (let cut = 1; cut < stream.length; cut += 1)
      expect(read(stream.slice(0, cut), stream.slice(cut)).map(({ raw, name }) => [name, raw])).toEqual(whole);
  });

  it('keeps the time of each and data that is no JSON', () => {
    expect(read('data: [DONE]\n\n', line({ event: 'message' }))).toMatchObject([
      { index: 0, at: 0, raw: 'data: [DONE]', data: null },
      { index: 1, at: 1, name: 'message' },
    ]);
  });
});

describe('answerOfEvents', () => {
  it('appends deltas, replaces all, and takes the last word of each thought', () => {
    const thought = { event: 'agent_thought', id: '1', tool: 'net_probe', tool_input: '{}' };
    const events = read(
      line({ ...thought, tool: '', observation: '' }),
      line({ event: 'agent_message', answer: 'a' }),
      line({ ...thought, observation: 'ok' }),
      line({ event: 'message_replace', answer: 'no' }),
      line({ event: 'agent_message', answer: 'pe' }),
      line({ event: 'message_end', metadata: { usage: { total_tokens: 7 }, annotation_reply: null } }),
    );
    expect(answerOfEvents(events)).toMatchObject({
      text: 'nope',
      thoughts: [{ id: '1', tool: 'net_probe', observation: 'ok' }],
      conversationId: 'c',
      messageId: 'm',
      taskId: 't',
      tokens: 7,
      isAnnotation: false,
    });
  });

  it('keeps the part before an error, and the error as it was sent', () => {
    const events = read(
      line({ event: 'message', answer: 'part' }),
      line({ event: 'error', code: 'x', message: 'why', status: 400 }),
    );
    expect(answerOfEvents(events)).toMatchObject({ text: 'part', error: { code: 'x', message: 'why' } });
  });
});

describe('an answer given at once', () => {
  it('is read like the end of a stream', () => {
    const body = { ...IDS, answer: 'hi', metadata: { usage: { total_tokens: 3 }, annotation_reply: { id: 'a' } } };
    expect(answerOfBody(body)).toMatchObject({ text: 'hi', messageId: 'm', tokens: 3, isAnnotation: true });
  });

  it('is an error only with a code and a message', () => {
    expect(errorOfBody({ code: 'not_found', message: 'x', status: 404 })).toEqual({ code: 'not_found', message: 'x' });
    expect(errorOfBody({ result: 'success' })).toBeNull();
  });
});
