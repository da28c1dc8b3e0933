import { APP_KEY, DifyServer } from './support/dify-server.js';

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
