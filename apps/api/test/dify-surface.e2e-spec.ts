import { randomUUID } from 'node:crypto';
import { endUserId } from '../src/dify/end-users/end-user-id.js';
import { Cast } from './support/cast.js';
import { DifyServer, type Reply } from './support/dify-server.js';

type Json = Record<string, unknown>;

const SUCCESS = { status: 200, body: { result: 'success' } };
const INVALID = { status: 400, body: { code: 'invalid_param', status: 400 } };
const NO_CONVERSATION = { status: 404, body: { code: 'not_found', message: 'Conversation Not Exists.', status: 404 } };
const NO_MESSAGE = { status: 404, body: { code: 'not_found', message: 'Message Not Exists.', status: 404 } };

describe('what surrounds a chat on Dify’s wire', () => {
  let dify: DifyServer;
  let otherKey: string;

  beforeAll(async () => {
    dify = await DifyServer.start();
    otherKey = await new Cast(dify.app).appKey();
  });

  afterAll(() => dify.close());

  const asked = async (user: string): Promise<{ conversation: string; message: string }> => {
    const { body } = await dify.ask('sim-echo', 'x', { user });
    return { conversation: String(body['conversation_id']), message: String(body['message_id']) };
  };

  describe('feedback', () => {
    const rate = (message: string, body: Json): Promise<Reply> =>
      dify.call('POST', `/v1/messages/${message}/feedbacks`, body);
    const feedbackOf = async (user: string, conversation: string): Promise<unknown> => {
      const path = `/v1/messages?user=${user}&conversation_id=${conversation}`;
      return (await dify.call<{ data: Json[] }>('GET', path)).body.data[0]?.['feedback'];
    };

    it('is kept, overwritten, read back in the history and taken back', async () => {
      const { conversation, message } = await asked('rater');
      expect(await rate(message, { rating: 'like', user: 'rater', content: '' })).toMatchObject(SUCCESS);
      expect(await feedbackOf('rater', conversation)).toEqual({ rating: 'like' });
      expect(await rate(message.toUpperCase(), { rating: 'dislike', user: 'rater', content: 'a\0b' })).toMatchObject(
        SUCCESS,
      );
      expect(await feedbackOf('rater', conversation)).toEqual({ rating: 'dislike' });
      const { body } = await dify.call<{ data: Json[] }>('GET', '/v1/app/feedbacks');
      expect(body.data).toEqual([
        {
          ...{ id: expect.any(String) as string, app_id: expect.any(String) as string },
          ...{ conversation_id: conversation, message_id: message, rating: 'dislike', content: 'ab' },
          ...{ from_source: 'user', from_end_user_id: endUserId(String(body.data[0]?.['app_id']), 'rater') },
          ...{ from_account_id: null, created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string },
          updated_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        },
      ]);
      expect(await rate(message, { rating: null, user: 'rater' })).toMatchObject(SUCCESS);
      expect(await feedbackOf('rater', conversation)).toBeNull();
      expect(await rate(message, { user: 'rater' })).toMatchObject(INVALID);
    });

    it('is refused where it cannot be', async () => {
      const { message } = await asked('refused');
      const user = 'refused';
      for (const body of [{ rating: 'like' }, { rating: 'love', user }, { rating: 1, user }, { content: 7, user }])
        expect(await rate(message, body)).toMatchObject(INVALID);
      expect(await rate(message, { rating: 'like', user: 'somebody else' })).toMatchObject(NO_MESSAGE);
      expect(await rate(randomUUID(), { rating: 'like', user })).toMatchObject(NO_MESSAGE);
      expect(await rate('abc', { rating: 'like', user })).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect((await dify.call('POST', `/v1/messages/${message}/feedbacks`)).status).toBe(415);
    });

    it('is listed newest first, for its own app alone', async () => {
      const messages: string[] = [];
      for (const user of ['one', 'two', 'three']) {
        const { message } = await asked(user);
        await rate(message, { rating: 'like', user });
        messages.unshift(message);
      }
      const page = async (query: string, key?: string): Promise<unknown[]> =>
        (await dify.call<{ data: Json[] }>('GET', `/v1/app/feedbacks?${query}`, undefined, key)).body.data.map(
          (item) => item['message_id'],
        );
      expect(await page('limit=2')).toEqual(messages.slice(0, 2));
      expect(await page('limit=2&page=2')).toEqual(messages.slice(2));
      expect(await page('limit=101', otherKey)).toEqual([]);
      for (const query of ['limit=0', 'limit=102', 'page=0', 'page=x'])
        expect(await dify.call('GET', `/v1/app/feedbacks?${query}`)).toMatchObject(INVALID);
    });
  });

  describe('suggested questions', () => {
    const suggested = (message: string, user: string): Promise<Reply> =>
      dify.call('GET', `/v1/messages/${message}/suggested?user=${user}`);
    const messageOf = async (model: string, query: string, user: string): Promise<string> =>
      String((await dify.ask(model, query, { user })).body['message_id']);

    it('are what the model of the conversation finds in its last turns', async () => {
      // This model says what it is told, so that the turns come back as its answer.
      const message = await messageOf('sim-echo', 'Next: ["磁盘满了吗？", "Since when?"]', 'curious');
      expect(await suggested(message, 'curious')).toMatchObject({
        ...{ status: 200, body: { result: 'success', data: ['磁盘满了吗？', 'Since when?'] } },
      });
    });

    it.each(['sim-echo', 'sim-401', 'sim-empty'])('are none where %s finds none', async (model) => {
      const user = `none-${model}`;
      await dify.ask(model, 'x', { user });
      const { body } = await dify.call<{ data: Json[] }>('GET', `/v1/conversations?user=${user}`);
      const page = await dify.call<{ data: Json[] }>(
        'GET',
        `/v1/messages?user=${user}&conversation_id=${String(body.data[0]?.['id'])}`,
      );
      expect(await suggested(String(page.body.data[0]?.['id']), user)).toMatchObject({
        ...{ status: 200, body: { result: 'success', data: [] } },
      });
    });

    it('are for the message’s own user', async () => {
      const message = await messageOf('sim-echo', 'x', 'owner');
      expect(await suggested(message, 'stranger')).toMatchObject(NO_MESSAGE);
      expect(await suggested(randomUUID(), 'owner')).toMatchObject(NO_MESSAGE);
      expect(await suggested(message, '')).toMatchObject(INVALID);
    });

    it('can be switched off', async () => {
      const { body } = await dify.api('POST', '/api/apps', { name: 'Silent', suggests_after_answer: false });
      const key = await dify.api('POST', `/api/apps/${String(body['id'])}/keys`, { name: 'k' });
      const path = `/v1/messages/${randomUUID()}/suggested?user=x`;
      expect(await dify.call('GET', path, undefined, String(key.body['key']))).toMatchObject({
        ...{ status: 403, body: { code: 'app_suggested_questions_after_answer_disabled', status: 403 } },
      });
    });
  });

  it('asks for what the app’s form asks for, and tells the model and the reader', async () => {
    const form = { type: 'text-input', label: 'Host', variable: 'host', required: true, max_length: 8 };
    const app = await dify.api('POST', '/api/apps', {
      ...{
        name: 'Form',
        mode: 'chat',
        system_prompt: 'You look after {{host}}.',
        opening_statement: 'Hello {{host}}!',
      },
      input_form: [form],
    });
    const made = await dify.api('POST', `/api/apps/${String(app.body['id'])}/keys`, { name: 'k' });
    const key = String(made.body['key']);
    const model_config_id = await dify.config('sim-history');
    const ask = (more: Json): Promise<Reply> =>
      dify.call('POST', '/v1/chat-messages', { query: 'x', user: 'filler', model_config_id, ...more }, key);

    for (const inputs of [undefined, {}, { host: '' }, { host: 7 }, { host: 'much too long' }])
      expect(await ask({ inputs })).toMatchObject(INVALID);
    const first = await ask({ inputs: { host: 'db1', other: 'x' } });
    expect(String(first.body['answer'])).toContain('You look after db1.');
    const conversation_id = String(first.body['conversation_id']);
    const second = await ask({ conversation_id, inputs: { host: 'not this' } });
    expect(String(second.body['answer'])).toContain('You look after db1.');
    const { body } = await dify.call<{ data: Json[] }>('GET', '/v1/conversations?user=filler', undefined, key);
    expect(body.data).toMatchObject([{ id: conversation_id, inputs: { host: 'db1' }, introduction: 'Hello db1!' }]);
  });

  it('has no variables in a conversation', async () => {
    const { conversation } = await asked('variable');
    const path = `/v1/conversations/${conversation}/variables`;
    expect((await dify.call('GET', `${path}?user=variable&variable_name=a-b_c.1&last_id=`)).body).toEqual({
      ...{ limit: 20, has_more: false, data: [] },
    });
    for (const query of ['limit=0', 'limit=101', 'last_id=x', 'variable_name=a%20b'])
      expect(await dify.call('GET', `${path}?user=variable&${query}`)).toMatchObject(INVALID);
    expect(await dify.call('GET', `${path}?user=stranger`)).toMatchObject(NO_CONVERSATION);
    const variable = `${path}/${randomUUID()}`;
    expect(await dify.call('PUT', variable, { value: 1, user: 'variable' })).toMatchObject({
      ...{ status: 404, body: { code: 'not_found', message: 'Conversation Variable Not Exists.' } },
    });
    expect(await dify.call('PUT', variable, { user: 'variable' })).toMatchObject(INVALID);
    expect(await dify.call('PUT', variable, { value: 1, user: 'stranger' })).toMatchObject(NO_CONVERSATION);
    expect((await dify.call('PUT', variable)).status).toBe(415);
  });

  it('tells of an end user at once, and of those of its own app alone', async () => {
    await asked('seen');
    const [app] = await dify.app.query<{ id: string }>('select id from apps order by created_at limit 1');
    const id = endUserId(String(app?.id), 'seen');
    expect((await dify.call('GET', `/v1/end-users/${id}`)).body).toEqual({
      ...{ id, tenant_id: expect.any(String) as string, app_id: app?.id, type: 'service_api' },
      ...{ external_user_id: 'seen', name: null, is_anonymous: false, session_id: 'seen' },
      ...{ created_at: expect.stringMatching(/Z$/) as string, updated_at: expect.stringMatching(/Z$/) as string },
    });
    const missing = { status: 404, body: { code: 'end_user_not_found', status: 404 } };
    expect(await dify.call('GET', `/v1/end-users/${id}`, undefined, otherKey)).toMatchObject(missing);
    expect(await dify.call('GET', `/v1/end-users/${randomUUID()}`)).toMatchObject(missing);
    expect(await dify.call('GET', '/v1/end-users/abc')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it.each([
    ['POST', '/completion-messages', 'app_unavailable'],
    ['POST', '/completion-messages/x/stop', 'app_unavailable'],
    ['POST', '/workflows/run', 'not_workflow_app'],
    ['POST', '/workflows/x/run', 'not_workflow_app'],
    ['POST', '/workflows/tasks/x/stop', 'not_workflow_app'],
    ['GET', '/workflows/run/x', 'not_workflow_app'],
    ['GET', '/workflows/logs', 'not_workflow_app'],
    ['GET', '/workflow/x/events', 'not_workflow_app'],
  ])('refuses %s %s as a chat app does', async (method, path, code) => {
    const isReading = method === 'GET';
    const body = { inputs: {}, user: 'prober' };
    expect(await dify.call(method, `/v1${path}?user=prober`, isReading ? undefined : body)).toMatchObject({
      ...{ status: 400, body: { code, message: expect.any(String) as string, status: 400 } },
    });
    if (!isReading) expect(await dify.call(method, `/v1${path}`, { inputs: {} })).toMatchObject(INVALID);
    expect((await dify.call(method, `/v1${path}`, isReading ? undefined : body, 'app-wrong')).status).toBe(401);
  });

  it('knows no form of a workflow', async () => {
    for (const method of ['GET', 'POST'])
      expect(await dify.call(method, '/v1/form/human_input/x')).toMatchObject({
        ...{ status: 404, body: { code: 'not_found' } },
      });
  });

  it('shows an icon for each tool of an agent', async () => {
    const { body } = await dify.call<{ tool_icons: Json }>('GET', '/v1/meta');
    expect(body.tool_icons).toHaveProperty('host_inspect', { background: '#D5F5F6', content: '🔧' });
  });
});
