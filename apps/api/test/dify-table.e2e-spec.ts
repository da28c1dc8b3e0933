import { randomUUID } from 'node:crypto';
import { APP_KEY, DifyServer, eventsOf } from './support/dify-server.js';

type Json = Record<string, unknown>;

const ID = '4f1d3c1e-6d53-4a6f-8a52-0c6f5f0a9b11';
const QUESTION = { query: 'x', inputs: {}, user: 'tester', auto_generate_name: false };

/** Every call with what is wrong with it: the method, the path, the body, and the status and code of the refusal. */
const REFUSED: readonly [string, string, Json | undefined, number, string][] = [
  ['POST', '/chat-messages', { ...QUESTION, query: '' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, query: 7 }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, inputs: null }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, inputs: [] }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, user: '' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, user: {} }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, user: 'a\0b' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, response_mode: 'fast' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, conversation_id: 'abc' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, conversation_id: 7 }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, conversation_id: ID }, 404, 'not_found'],
  ['POST', '/chat-messages', { ...QUESTION, auto_generate_name: 'no' }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, files: {} }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, files: ['x'] }, 400, 'invalid_param'],
  ['POST', '/chat-messages', { ...QUESTION, model_config_id: 'abc' }, 400, 'invalid_param'],
  ['POST', '/chat-messages/x/stop', {}, 400, 'invalid_param'],
  ['GET', `/messages/${ID}/suggested`, undefined, 400, 'invalid_param'],
  ['GET', `/messages/${ID}/suggested?user=u`, undefined, 404, 'not_found'],
  ['GET', '/messages/abc/suggested?user=u', undefined, 404, 'not_found'],
  ['GET', '/messages', undefined, 400, 'invalid_param'],
  ['GET', `/messages?conversation_id=${ID}`, undefined, 404, 'not_found'],
  ['GET', `/messages?conversation_id=${ID}&limit=0`, undefined, 400, 'invalid_param'],
  ['GET', `/messages?conversation_id=${ID}&limit=101`, undefined, 400, 'invalid_param'],
  ['GET', `/messages?conversation_id=${ID}&first_id=abc`, undefined, 400, 'invalid_param'],
  ['POST', `/messages/${ID}/feedbacks`, { rating: 'like' }, 400, 'invalid_param'],
  ['POST', `/messages/${ID}/feedbacks`, { rating: 'like', user: 'u' }, 404, 'not_found'],
  ['DELETE', `/conversations/${ID}`, { user: 'u' }, 404, 'not_found'],
  ['POST', `/conversations/${ID}/name`, { name: 'x', user: 'u' }, 404, 'not_found'],
  ['POST', `/conversations/${ID}/name`, { name: ' ', user: 'u' }, 400, 'invalid_param'],
  ['POST', `/conversations/${ID}/name`, { auto_generate: 'yes', user: 'u' }, 400, 'invalid_param'],
  ['GET', `/conversations/${ID}/variables?user=u`, undefined, 404, 'not_found'],
  ['GET', `/files/${ID}/preview`, undefined, 404, 'file_not_found'],
  ['GET', '/files/abc/preview', undefined, 404, 'not_found'],
  ['POST', '/audio-to-text', undefined, 400, 'speech_to_text_disabled'],
  ['POST', '/text-to-audio', { text: 'x' }, 400, 'invalid_param'],
  ['GET', `/end-users/${ID}`, undefined, 404, 'end_user_not_found'],
  ['POST', '/completion-messages', { inputs: {}, user: 'u' }, 400, 'app_unavailable'],
  ['POST', '/workflows/run', { inputs: {}, user: 'u' }, 400, 'not_workflow_app'],
  ['GET', '/nothing', undefined, 404, 'not_found'],
  ['PUT', '/chat-messages', { ...QUESTION }, 405, 'method_not_allowed'],
  ['PATCH', `/conversations/${ID}`, {}, 405, 'method_not_allowed'],
  ['GET', '/text-to-audio', undefined, 405, 'method_not_allowed'],
  ['DELETE', '/files/upload', {}, 405, 'method_not_allowed'],
];

/** Calls with a JSON body. */
const WITH_JSON: readonly [string, string][] = [
  ['POST', '/chat-messages'],
  ['POST', '/chat-messages/x/stop'],
  ['POST', `/messages/${ID}/feedbacks`],
  ['DELETE', `/conversations/${ID}`],
  ['POST', `/conversations/${ID}/name`],
  ['PUT', `/conversations/${ID}/variables/${ID}`],
  ['POST', '/text-to-audio'],
  ['POST', '/completion-messages'],
  ['POST', '/workflows/run'],
  ['POST', '/apps/annotations'],
  ['PUT', `/apps/annotations/${ID}`],
  ['POST', '/apps/annotation-reply/enable'],
];

describe.each(['chat', 'agent-chat'])('Dify’s table of bad input, in the mode %s', (mode) => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    await dify.config('sim-text', { is_default: true });
  });

  afterAll(() => dify.close());

  const raw = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const response = await fetch(`${dify.app.url}/v1${path}`, { method, headers, ...(body ? { body } : {}) });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  };
  const keyed = { authorization: `Bearer ${APP_KEY}` };

  it.each(REFUSED)('answers %s %s %j with %i %s', async (method, path, body, status, code) => {
    const reply = await dify.call(method, `/v1${path}`, body);
    expect(reply).toMatchObject({ status, body: { code, status, message: expect.stringMatching(/\S/) as string } });
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect([reply.headers.get('x-version'), reply.headers.get('x-env')]).toEqual(['1.13.3', 'PRODUCTION']);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(
      Object.keys(reply.body)
        .filter((name) => name !== 'params')
        .sort(),
    ).toEqual(['code', 'message', 'status']);
  });

  it.each(WITH_JSON)('asks %s %s for JSON, after it has asked for a key', async (method, path) => {
    const json = { ...keyed, 'content-type': 'application/json' };
    expect(await raw(method, path, json)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    const broken = await raw(method, path, json, '{"user": ');
    expect(broken).toMatchObject({
      status: 400,
      body: { code: 'bad_request', message: expect.stringMatching(/JSON/) as string },
    });
    const form = { ...keyed, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await raw(method, path, form, 'user=x')).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    expect(await raw(method, path, { ...json, authorization: 'Bearer app-wrong' }, '{')).toMatchObject({
      ...{ status: 401, body: { code: 'unauthorized', message: 'Access token is invalid' } },
    });
  });

  it('takes everyday input that looks odd', async () => {
    const odd = {
      conversation_id: '',
      files: null,
      parent_message_id: 'x',
      retriever_from: 'dev',
      trace_id: '',
      pinned: 1,
    };
    const first = await dify.call('POST', '/v1/chat-messages', { ...QUESTION, ...odd, response_mode: null });
    expect(first).toMatchObject({ status: 200, body: { event: 'message', mode } });
    const again = { ...QUESTION, user: 42, conversation_id: null };
    expect((await dify.call('POST', '/v1/chat-messages', again)).status).toBe(200);
    for (const path of ['/conversations?user=42&limit=&last_id=&first_id=&pinned=&sort_by=', '/parameters?user=&x=1'])
      expect((await dify.call('GET', `/v1${path}`)).status).toBe(200);
  });

  it('has stored an answer, and named its conversation, when it says that it has ended', async () => {
    const response = await dify.open('sim-text-20', 'x', { user: 'fast' });
    let ended: Json | undefined;
    for await (const event of eventsOf(response)) {
      if (event.event !== 'message_end') continue;
      const history = `/v1/messages?user=fast&conversation_id=${String(event['conversation_id'])}`;
      ended = (await dify.call<{ data: Json[] }>('GET', history)).body.data[0];
    }
    expect(ended).toMatchObject({ status: 'normal', answer: expect.stringMatching(/\S/) as string });
    const { body } = await dify.call<{ data: Json[] }>('GET', '/v1/conversations?user=fast');
    expect(body.data).toMatchObject([{ name: 'x', inputs: {} }]);
  });

  it('gives nobody what is somebody else’s, and never says 403', async () => {
    const { body } = await dify.call('POST', '/v1/chat-messages', { ...QUESTION, user: 'mine' });
    const [conversation, message] = [String(body['conversation_id']), String(body['message_id'])];
    const user = 'not mine';
    const attempts = [
      dify.call('GET', `/v1/messages?user=${user}&conversation_id=${conversation}`),
      dify.call('GET', `/v1/conversations/${conversation}/variables?user=${user}`),
      dify.call('PUT', `/v1/conversations/${conversation}/variables/${randomUUID()}`, { value: 1, user }),
      dify.call('POST', `/v1/messages/${message}/feedbacks`, { rating: 'like', user }),
      dify.call('GET', `/v1/messages/${message}/suggested?user=${user}`),
      dify.call('GET', `/v1/conversations?user=${user}&last_id=${conversation}`),
      dify.call('DELETE', `/v1/conversations/${conversation}`, { user }),
    ];
    for (const reply of await Promise.all(attempts))
      expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await dify.call('GET', `/v1/conversations?user=${user}`)).body).toMatchObject({ data: [] });
  });
});
