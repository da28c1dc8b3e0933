import { randomUUID } from 'node:crypto';
import { answerIn, APP_KEY, DifyServer, type Reply } from './support/dify-server.js';
import { eventually } from './support/eventually.js';

interface Refusal {
  code: string;
  message: string;
  status: number;
}

const BODY = { query: 'x', inputs: {}, user: 'tester' };

describe('errors on Dify’s wire', () => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: 'chat' });
  });

  afterAll(() => dify.close());

  const raw = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Reply<Refusal>> => {
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(dify.app.url + path, init);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Refusal };
  };
  const keyed = { authorization: `Bearer ${APP_KEY}` };
  const json = { ...keyed, 'content-type': 'application/json' };

  it.each([
    [undefined, "Authorization header must be provided and start with 'Bearer'"],
    ['Bearer', "Authorization header must be provided and start with 'Bearer'"],
    ['Basic abc', "Authorization scheme must be 'Bearer'"],
    ['Bearer app-unknownunknownunknownun', 'Access token is invalid'],
  ])('answers 401 to %s before it looks at anything else', async (authorization, message) => {
    const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
    const { status, headers: answered, body } = await raw('POST', '/v1/chat-messages', headers, '{no json');
    expect(status).toBe(401);
    expect(answered.get('www-authenticate')).toBe('Bearer realm="api"');
    expect(answered.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answered.get('x-version')).toBe('1.13.3');
    expect(body).toEqual({ code: 'unauthorized', message, status: 401 });
  });

  it('accepts the scheme in any case', async () => {
    expect((await raw('GET', '/v1/info', { authorization: `bEaReR ${APP_KEY}` })).status).toBe(200);
  });

  it.each([
    ['{no json', 400, 'bad_request'],
    ['[]', 400, 'invalid_param'],
    ['null', 400, 'invalid_param'],
  ])('answers the body %s with %i %s', async (text, status, code) => {
    expect(await raw('POST', '/v1/chat-messages', json, text)).toMatchObject({ status, body: { code, status } });
  });

  it('asks for JSON where none was sent', async () => {
    const empty = await raw('POST', '/v1/chat-messages', json);
    expect(empty.body).toEqual({
      ...{ code: 'bad_request', status: 400, message: 'Invalid JSON payload received or JSON payload is empty.' },
    });
    const other = await raw('POST', '/v1/chat-messages', { ...keyed, 'content-type': 'text/plain' }, '{}');
    expect(other).toMatchObject({ status: 415, body: { code: 'unsupported_media_type', status: 415 } });
    expect((await raw('POST', '/v1/chat-messages', keyed)).status).toBe(415);
    expect((await raw('DELETE', `/v1/conversations/${randomUUID()}`, keyed)).status).toBe(415);
    expect((await raw('DELETE', `/v1/conversations/${randomUUID()}`, json)).status).toBe(400);
  });

  it('takes a body of several megabytes and refuses one over 15', async () => {
    const model_config_id = await dify.config('sim-echo');
    const query = 'x'.repeat(2_000_000);
    const { status, body } = await dify.call('POST', '/v1/chat-messages', { ...BODY, query, model_config_id });
    expect(status).toBe(200);
    expect(body['answer'] === query).toBe(true);
    const over = await raw(
      'POST',
      '/v1/chat-messages',
      json,
      JSON.stringify({ ...BODY, query: 'x'.repeat(15 * 1024 * 1024) }),
    );
    expect(over).toMatchObject({ status: 413, body: { code: 'request_entity_too_large', status: 413 } });
  });

  it('checks the user first, then the rest', async () => {
    const { user: _user, ...nameless } = BODY;
    const { status, body } = await dify.call<Refusal>('POST', '/v1/chat-messages', { ...nameless, query: '' });
    expect({ status, body }).toEqual({
      status: 400,
      body: { code: 'invalid_param', message: 'Arg user must be provided.', status: 400 },
    });
    const { inputs: _inputs, ...without } = BODY;
    expect(await dify.call('POST', '/v1/chat-messages', without)).toMatchObject({
      status: 400,
      body: { code: 'invalid_param' },
    });
    expect(await dify.call('POST', `/v1/chat-messages/${randomUUID()}/stop`, {})).toMatchObject({
      ...{ status: 400, body: { code: 'invalid_param', message: 'Arg user must be provided.' } },
    });
  });

  it('survives hostile keys and ignores fields it does not know', async () => {
    const model_config_id = await dify.config('sim-echo');
    const text = `{"query":"ok","inputs":{"__proto__":{"a":1},"constructor":2},"user":"tester","__proto__":{"user":"x"},"model_config_id":"${model_config_id}","pinned":1}`;
    const { status, body } = await raw('POST', '/v1/chat-messages', json, text);
    expect(status).toBe(200);
    expect(body).toMatchObject({ answer: 'ok' });
  });

  it('does not know other people’s conversations', async () => {
    const conversation_id = String((await dify.ask('sim-echo', 'mine')).body['conversation_id']);
    const gone = { code: 'not_found', message: 'Conversation Not Exists.', status: 404 };
    const other = { user: 'other' };
    const attempts = [
      dify.call('POST', '/v1/chat-messages', { ...BODY, ...other, conversation_id }),
      dify.call('POST', '/v1/chat-messages', { ...BODY, conversation_id: randomUUID() }),
      dify.call('POST', '/v1/chat-messages', { ...BODY, response_mode: 'streaming', conversation_id: randomUUID() }),
      dify.call('GET', `/v1/messages?user=other&conversation_id=${conversation_id}`),
      dify.call('POST', `/v1/conversations/${conversation_id}/name`, { ...other, name: 'x' }),
      dify.call('POST', `/v1/conversations/${conversation_id}/name`, { ...other, auto_generate: true }),
      dify.call('DELETE', `/v1/conversations/${conversation_id}`, other),
    ];
    for (const { status, body } of await Promise.all(attempts))
      expect({ status, body }).toEqual({ status: 404, body: gone });
  });

  it('refuses model configurations that are not there or not usable, and never takes another', async () => {
    const ask = (model_config_id: string) =>
      dify.call<Refusal>('POST', '/v1/chat-messages', { ...BODY, model_config_id });
    expect(await ask(randomUUID())).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await ask('abc')).toMatchObject({ status: 400, body: { code: 'invalid_param' } });
    const id = await dify.config('sim-text-switched-off', { is_active: false });
    const { status, body } = await ask(id);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'model_currently_not_support' });
    expect(body.message).toContain('sim-text-switched-off');
  });

  it.each([
    ['sim-401', 'provider_not_initialize'],
    ['sim-402', 'provider_quota_exceeded'],
    ['sim-404', 'model_currently_not_support'],
    ['sim-429-bare', 'completion_request_error'],
    ['sim-500', 'completion_request_error'],
    ['sim-200-error', 'completion_request_error'],
    ['sim-context', 'completion_request_error'],
    ['sim-cut', 'completion_request_error'],
    ['sim-reset', 'completion_request_error'],
    ['sim-error-frame', 'completion_request_error'],
  ])(
    'answers %s with 400 %s, as a status and as an event, and keeps it',
    async (model, code) => {
      // Side by side: the faults that are tried again take their time.
      await dify.config(model);
      const [whole, { status, events }] = await Promise.all([
        dify.ask(model, 'x'),
        dify.stream(model, 'x', { user: model }),
      ]);
      expect(whole).toMatchObject({ status: 400, body: { code, status: 400 } });
      expect(status).toBe(200);
      const last = events.at(-1);
      expect(last).toMatchObject({ event: 'error', code, status: 400 });
      expect(last).not.toHaveProperty('task_id');
      expect(events.filter(({ event }) => event !== 'message')).toHaveLength(1);
      expect(JSON.stringify([whole.body, last])).not.toContain('sim-key');

      const { body } = await dify.call<{ data: unknown[] }>(
        'GET',
        `/v1/messages?user=${model}&conversation_id=${String(last?.['conversation_id'])}`,
      );
      expect(body.data).toMatchObject([{ status: 'error', error: last?.['message'], answer: answerIn(events) }]);
      const renamed = await dify.call('POST', `/v1/conversations/${String(last?.['conversation_id'])}/name`, {
        user: model,
        auto_generate: true,
      });
      expect(renamed).toMatchObject({ status: 200, body: { name: 'x' } });
    },
    30_000,
  );

  it('says so when there is no model to ask', async () => {
    const bare = await DifyServer.start();
    try {
      expect(await bare.call('POST', '/v1/chat-messages', BODY)).toMatchObject({
        status: 400,
        body: { code: 'provider_not_initialize' },
      });
    } finally {
      await bare.close();
    }
  });

  it('knows no other paths, methods or ids', async () => {
    const notFound = { status: 404, body: { code: 'not_found', status: 404 } };
    expect(await raw('GET', '/v1/nothing', {})).toMatchObject(notFound);
    expect(await raw('POST', '/v1/nothing', json, '{no json')).toMatchObject(notFound);
    expect(await raw('DELETE', '/v1/conversations/abc', json, '{"user":"x"}')).toMatchObject(notFound);
    expect(await raw('POST', '/v1/conversations/abc/name', json, '{"name":"x"}')).toMatchObject(notFound);
    const wrong = await raw('GET', '/v1/chat-messages', keyed);
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed', status: 405 } });
    expect(wrong.headers.get('allow')).toBe('POST');
    expect(wrong.headers.get('x-version')).toBe('1.13.3');
  });

  it('lets any web page call it, preflight without a key', async () => {
    const response = await fetch(`${dify.app.url}/v1/chat-messages`, {
      method: 'OPTIONS',
      headers: { origin: 'https://chat.example', 'access-control-request-method': 'POST' },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, PUT, POST, DELETE, OPTIONS, PATCH');
    expect(response.headers.get('access-control-allow-headers')).toBe('Content-Type, Authorization, X-App-Code');
    const called = await raw('GET', '/v1/info', { ...keyed, origin: 'https://chat.example' });
    expect(called.headers.get('access-control-allow-origin')).toBe('*');
    expect(called.headers.get('access-control-expose-headers')).toContain('X-Version');
  });

  it('stops nothing, and says success, for a task that is none', async () => {
    for (const task of [randomUUID(), 'abc']) {
      const { status, body } = await dify.call('POST', `/v1/chat-messages/${task}/stop`, { user: 'tester' });
      expect({ status, body }).toEqual({ status: 200, body: { result: 'success' } });
    }
  });

  it('stores an end user once, whoever speaks for it at once', async () => {
    const users = Array.from({ length: 20 }, (_, number) => `crowd-${number % 4}`);
    await Promise.all(users.map((user) => dify.call('GET', `/v1/conversations?user=${user}`)));
    await dify.call('GET', '/v1/conversations');
    let names: { session_id: string; is_anonymous: boolean }[] = [];
    await eventually(async () => {
      names = await dify.app.query(
        "select session_id, is_anonymous from end_users where session_id like 'crowd-%' or is_anonymous order by 1",
      );
      return names.length === 5;
    });
    expect(names.filter(({ is_anonymous }) => is_anonymous)).toEqual([
      { session_id: 'DEFAULT-USER', is_anonymous: true },
    ]);
  });
});
