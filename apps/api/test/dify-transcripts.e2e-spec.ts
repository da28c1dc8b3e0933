import type { AppDto } from '@opsagent/contracts';
import { APP_KEY, DifyServer, eventsIn, type Reply, type StreamReply, type Told } from './support/dify-server.js';
import * as recorded from './support/dify-recordings.js';
import { unlike } from './support/like-recorded.js';

const FILES = {
  ...{ enabled: true, allowed_file_types: ['document'], allowed_file_extensions: [], number_limits: 3 },
  allowed_file_upload_methods: ['local_file'],
};
const USER = 'recorder';

describe.each(['chat', 'agent-chat'] as const)('beside what Dify answers, an app of mode %s', (mode) => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    await dify.api('POST', `/api/llm-configs/${await dify.config('sim-echo')}/set-default`);
    const { body } = await dify.api<{ items: AppDto[] }>('GET', '/api/apps');
    await dify.api('PATCH', `/api/apps/${body.items[0]?.id}`, {
      ...{ file_upload: FILES, opening_statement: 'Hello.', suggested_questions: ['How full is the disk?'] },
    });
  });

  afterAll(() => dify.close());

  const expectLike = async (answer: Reply | Promise<Reply>, status: number, recording: object): Promise<Reply> => {
    const reply = await answer;
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(reply.headers.get('x-version')).toMatch(/^1\.\d+\.\d+$/);
    expect(unlike(recording, reply.body)).toEqual([]);
    return reply;
  };
  const upload = async (): Promise<Reply> => {
    const form = new FormData();
    form.append('file', new Blob(['芝麻'], { type: 'text/plain' }), 'note.txt');
    form.append('user', USER);
    const headers = { authorization: `Bearer ${APP_KEY}` };
    const response = await fetch(`${dify.app.url}/v1/files/upload`, { method: 'POST', headers, body: form });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Reply['body'] };
  };

  it('tells of itself in the same fields', async () => {
    await expectLike(dify.call('GET', '/v1/info'), 200, recorded.INFO);
    await expectLike(dify.call('GET', '/v1/site'), 200, recorded.SITE);
    await expectLike(dify.call('GET', '/v1/parameters'), 200, recorded.PARAMETERS);
    await expectLike(dify.call('GET', '/v1/meta'), 200, { tool_icons: {} });
  });

  it('answers a conversation with all around it in the same fields', async () => {
    const file = await expectLike(upload(), 201, recorded.UPLOADED);
    const files = [{ type: 'document', transfer_method: 'local_file', upload_file_id: file.body['id'] }];
    const asked = dify.call('POST', '/v1/chat-messages', { query: 'How full?', inputs: {}, user: USER, files });
    const { body } = await expectLike(asked, 200, recorded.BLOCKING_ANSWER);
    expect(body['mode']).toBe(mode);
    const [conversation, message] = [String(body['conversation_id']), String(body['message_id'])];
    const rating = { rating: 'like', content: 'Good.', user: USER };
    await expectLike(dify.call('POST', `/v1/messages/${message}/feedbacks`, rating), 200, recorded.SUCCESS);
    const history = `/v1/messages?user=${USER}&conversation_id=${conversation}`;
    await expectLike(dify.call('GET', history), 200, recorded.MESSAGES[mode]);
    await expectLike(dify.call('GET', `/v1/conversations?user=${USER}`), 200, recorded.CONVERSATIONS);
    await expectLike(dify.call('GET', '/v1/app/feedbacks'), 200, recorded.FEEDBACKS);
    const suggested = `/v1/messages/${message}/suggested?user=${USER}`;
    await expectLike(dify.call('GET', suggested), 200, recorded.SUGGESTED);
    const stop = `/v1/chat-messages/${String(body['task_id'])}/stop`;
    await expectLike(dify.call('POST', stop, { user: USER }), 200, recorded.SUCCESS);
    await expectLike(dify.call('GET', `/v1/end-users/${String(file.body['created_by'])}`), 200, recorded.END_USER);
    const variables = `/v1/conversations/${conversation}/variables?user=${USER}`;
    await expectLike(dify.call('GET', variables), 200, recorded.NO_VARIABLES);
    const name = `/v1/conversations/${conversation}/name`;
    await expectLike(dify.call('POST', name, { name: 'Disk', user: USER }), 200, recorded.RENAMED);
  });

  it('keeps annotations in the same fields', async () => {
    const made = dify.call('POST', '/v1/apps/annotations', { question: 'Q', answer: 'A' });
    const { body } = await expectLike(made, 201, recorded.ANNOTATION);
    await expectLike(dify.call('GET', '/v1/apps/annotations'), 200, recorded.ANNOTATIONS);
    const path = `/v1/apps/annotations/${String(body['id'])}`;
    await expectLike(dify.call('PUT', path, { question: 'Q', answer: 'B' }), 200, recorded.ANNOTATION);
    expect(await dify.call('DELETE', path)).toMatchObject({ status: 204, body: {} });
  });

  it('refuses in the same fields', async () => {
    const unknown = { conversation_id: '7f0c3b1e-6a52-4c8e-9a51-0d2f4b6c8e10', query: 'x', inputs: {}, user: USER };
    const lost = await expectLike(dify.call('POST', '/v1/chat-messages', unknown), 404, recorded.NOT_FOUND);
    expect(lost.body).toEqual(recorded.NOT_FOUND);
    const nobody = dify.call('POST', '/v1/chat-messages', { query: 'x', inputs: {} });
    expect((await expectLike(nobody, 400, recorded.INVALID)).body).toEqual(recorded.INVALID);
  });

  it('streams the same events with the same fields in the same order', async () => {
    const recording = mode === 'chat' ? recorded.CHAT_STREAM : recorded.AGENT_STREAM;
    const stream = await dify.stream(mode === 'chat' ? 'sim-text' : 'sim-tool-thought', 'How full is the disk?');
    expectStream(stream);
    const [wanted, told] = [withoutRepeats(eventsIn(recording)), withoutRepeats(stream.events)];
    expect(told.map(({ event }) => event)).toEqual(wanted.map(({ event }) => event));
    expect(told.flatMap((event, place) => unlike(wanted[place], event, `${place} ${event.event}`))).toEqual([]);
    // Which texts of a thought are empty, and when they are filled.
    expect(told.map(emptyTexts)).toEqual(wanted.map(emptyTexts));
    expect(told.map(({ position }) => position)).toEqual(wanted.map(({ position }) => position));
  });

  it('ends a stream that fails with the same event', async () => {
    const stream = await dify.stream('sim-401', 'x');
    expectStream(stream);
    const failed = stream.events.filter(({ event }) => event !== 'agent_thought');
    expect(failed.map((event) => unlike(eventsIn(recorded.FAILED_STREAM)[0], event))).toEqual([[]]);
  });
});

/** Every frame is one of the two that Dify sends, and so are the headers. */
function expectStream({ status, headers, text }: StreamReply): void {
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(headers.get('cache-control')).toMatch(/^no-cache/);
  expect(headers.get('content-encoding')).toBeNull();
  const frames = [text, recorded.CHAT_STREAM, recorded.AGENT_STREAM].flatMap((whole) => whole.split(/(?<=\n\n)/));
  expect(frames.filter((frame) => !/^(data: \{[^\n\r]+\}|event: ping)\n\n$/.test(frame))).toEqual([]);
}

/** How many pieces an answer comes in is the model's business. */
function withoutRepeats(events: readonly Told[]): Told[] {
  const isDelta = ({ event }: Told): boolean => event === 'message' || event === 'agent_message';
  return events.filter((event, place) => !(isDelta(event) && event.event === events[place - 1]?.event));
}

function emptyTexts(event: Told): string[] {
  return ['thought', 'tool', 'tool_input', 'observation'].filter((name) => event[name] === '');
}
