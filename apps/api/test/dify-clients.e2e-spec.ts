import { createDifyProvider } from 'dify-ai-provider';
import { ChatClient } from 'dify-client';
import { APP_KEY, DifyServer, answerIn, eventsIn } from './support/dify-server.js';

interface Axios<T = Record<string, unknown>> {
  status: number;
  data: T;
}

const QUESTION = '你好 "world"\n👩‍💻';

describe.each(['chat', 'agent-chat'] as const)('unmodified Dify clients on an app of mode %s', (mode) => {
  let dify: DifyServer;

  beforeAll(async () => {
    dify = await DifyServer.start({ OPSAGENT_APP_MODE: mode });
    const id = await dify.config('sim-echo');
    await dify.api('POST', `/api/llm-configs/${id}/set-default`);
  });

  afterAll(() => dify.close());

  it('serves dify-client', async () => {
    const client = new ChatClient(APP_KEY, `${dify.app.url}/v1`);
    const user = 'dify-client';
    const whole = (await client.createChatMessage({}, QUESTION, user)) as Axios;
    expect(whole.data).toMatchObject({ answer: QUESTION, mode });
    const conversation = String(whole.data['conversation_id']);

    const streamed = (await client.createChatMessage({}, 'again', user, true, conversation)) as Axios<
      AsyncIterable<Buffer>
    >;
    let text = '';
    for await (const chunk of streamed.data) text += chunk.toString();
    expect(answerIn(eventsIn(text))).toBe('again');

    const parameters = (await client.getApplicationParameters(user)) as Axios;
    expect(parameters.data).toHaveProperty('user_input_form');
    const listed = (await client.getConversations(user)) as Axios;
    expect(listed.data).toMatchObject({ data: [{ id: conversation }] });
    const messages = (await client.getConversationMessages(user, conversation)) as Axios;
    expect(messages.data).toMatchObject({
      data: [
        { query: QUESTION, answer: QUESTION },
        { query: 'again', answer: 'again' },
      ],
    });
    const renamed = (await client.renameConversation(conversation, 'Greeting', user)) as Axios;
    expect(renamed.data).toMatchObject({ name: 'Greeting' });
    const deleted = (await client.deleteConversation(conversation, user)) as Axios;
    expect(deleted.status).toBe(204);
    await expect(client.getConversationMessages(user, conversation)).rejects.toMatchObject({
      response: { status: 404 },
    });
  });

  it('serves dify-ai-provider', async () => {
    const provider = createDifyProvider({ baseURL: `${dify.app.url}/v1` });
    const model = provider('opsagent', { apiKey: APP_KEY, logger: false });
    const call = {
      prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: QUESTION }] }],
      headers: { 'user-id': 'ai' },
    };
    const { content, usage, finishReason } = await model.doGenerate(call);
    expect(content).toEqual([{ type: 'text', text: QUESTION }]);
    expect(usage.totalTokens).toBeGreaterThan(0);
    expect(finishReason).toBe('stop');

    const { stream } = await model.doStream(call);
    let text = '';
    let finishes = 0;
    for await (const part of stream) {
      if (part.type === 'text-delta') text += part.delta;
      if (part.type === 'finish') finishes += 1;
      expect(part.type).not.toBe('error');
    }
    expect({ text, finishes }).toEqual({ text: QUESTION, finishes: 1 });
  });

  it('tells dify-ai-provider what went wrong', async () => {
    const model = createDifyProvider({ baseURL: `${dify.app.url}/v1` })('opsagent', {
      apiKey: 'app-wrong',
      logger: false,
    });
    const call = {
      prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'x' }] }],
      headers: { 'user-id': 'ai' },
    };
    await expect(model.doGenerate(call)).rejects.toMatchObject({
      statusCode: 401,
      message: expect.stringContaining('Access token is invalid') as string,
    });
  });
});

describe('the older system’s clients', () => {
  const SESSION = { user_id: '550e8400-e29b-41d4-a716-446655440000' };
  const CHAT = { query: '你好', user: 'test_user', response_mode: 'blocking' };

  it.each(['off', 'on'] as const)('go on as they are with authentication %s', async (OPSAGENT_AUTH) => {
    const dify = await DifyServer.start({ OPSAGENT_AUTH });
    try {
      const id = await dify.config('sim-echo');
      const keyed: Record<string, string> = OPSAGENT_AUTH === 'off' ? {} : { authorization: `Bearer ${APP_KEY}` };
      const session = await dify.send('POST', '/api/sessions', OPSAGENT_AUTH === 'off' ? {} : dify.app.admin.headers, {
        ...SESSION,
        llm_config_id: id,
      });
      expect(session).toMatchObject({
        status: 201,
        body: { user_id: SESSION.user_id, llm_config_id: id, expires_at: null },
      });
      const chat = await dify.send('POST', '/v1/chat-messages', keyed, { ...CHAT, model_config_id: id });
      expect(chat).toMatchObject({ status: 200, body: { event: 'message', answer: '你好' } });
    } finally {
      await dify.close();
    }
  });
});
