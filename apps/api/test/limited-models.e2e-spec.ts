import type { ChatEvent, LlmConfigDto, MessageListDto, ProblemDto, Role, SessionDto } from '@opsagent/contracts';
import { expectedText } from '../../../tools/provider-simulator/simulator.ts';
import { aUser } from './support/a-user.js';
import { ConsoleServer, eventsIn, readEvents, textOf } from './support/console.js';
import { APP_KEY } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

type Headers = Record<string, string>;

/** Nobody but administrators. */
const NOBODY = { scope: 'users', user_ids: [] };
const SLOW = 'sim-slow-120';

describe('answers of models that not everybody may use', () => {
  let server: ConsoleServer;
  let other: TestApp;

  beforeAll(async () => {
    server = await ConsoleServer.start({ OPSAGENT_APP_KEY: APP_KEY, OPSAGENT_FIRST_BYTE_MS: '300' });
    const allow = `127.0.0.1:${server.simulator.port}`;
    other = await startTestApp({ OPSAGENT_OUTBOUND_ALLOW: allow }, server.app.database);
    await aConfig('sim-text-2', { is_default: true });
  });

  afterAll(async () => {
    await other.close();
    await server.close();
  });

  const aConfig = (model: string, values: object = {}): Promise<LlmConfigDto> =>
    server.call('POST', '/api/llm-configs', {
      ...{ name: `${model} ${crypto.randomUUID()}`, provider: 'openai', model_name: model, api_key: 'sim-key' },
      ...{ base_url: `${server.simulator.url}/openai/v1`, is_default: false, ...values },
    });

  const limit = (id: string, access: object): Promise<LlmConfigDto> =>
    server.call('PUT', `/api/llm-configs/${id}`, { access });

  const send = (
    headers: Headers,
    method: string,
    path: string,
    body: object,
    url = server.app.url,
  ): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const aSession = async (headers: Headers, llm_config_id: string | null): Promise<string> => {
    const response = await send(headers, 'POST', '/api/sessions', { llm_config_id });
    return ((await response.json()) as SessionDto).session_id;
  };

  const ask = (headers: Headers, sessionId: string, more: object = {}, url?: string): Promise<Response> =>
    send(headers, 'POST', `/api/sessions/${sessionId}/messages`, { query: 'x', ...more }, url);

  const problemIn = async (response: Response): Promise<[number, string]> => [
    response.status,
    ((await response.json()) as ProblemDto).code,
  ];

  const lastOf = async (response: Response): Promise<ChatEvent | undefined> => (await readEvents(response)).at(-1);

  it('are given to those who may, and a model of somebody else’s is none', async () => {
    const { headers, id: userId } = await aUser(server.app, 'operator');
    const [own, foreign] = [
      await aConfig('sim-text-2', { access: { scope: 'users', user_ids: [userId] } }),
      await aConfig('sim-text-2', { access: NOBODY }),
    ];
    const session = await aSession(headers, own.id);
    expect((await lastOf(await ask(headers, session)))?.type).toBe('turn_finished');
    const named = await ask(headers, session, { llm_config_id: foreign.id });
    expect(await problemIn(named)).toEqual([404, 'llm-config/not-found']);
    for (const [method, path] of [
      ['POST', '/api/sessions'],
      ['PATCH', `/api/sessions/${session}`],
    ] as const)
      expect((await send(headers, method, path, { llm_config_id: foreign.id })).status).toBe(400);
  });

  it('end with the one under way when access is taken away; the conversation stays, and goes on with another', async () => {
    const { headers } = await aUser(server.app, 'operator');
    const config = await aConfig(SLOW);
    const session = await aSession(headers, config.id);
    const events: ChatEvent[] = [];
    for await (const event of eventsIn(await ask(headers, session))) {
      events.push(event);
      if (event.type === 'turn_started') await limit(config.id, NOBODY);
    }
    expect([textOf(events), events.at(-1)?.type]).toEqual([expectedText(SLOW), 'turn_finished']);
    for (const more of [{}, { llm_config_id: config.id }])
      expect(await problemIn(await ask(headers, session, more))).toEqual([403, 'llm-config/not-for-you']);
    const read = await fetch(`${server.app.url}/api/sessions/${session}/messages`, { headers });
    expect(((await read.json()) as MessageListDto).items).toMatchObject([{ answer: expectedText(SLOW) }]);
    expect((await send(headers, 'PATCH', `/api/sessions/${session}`, { llm_config_id: null })).status).toBe(200);
    expect((await lastOf(await ask(headers, session)))?.type).toBe('turn_finished');
  }, 20_000);

  it('are refused at once on another process as well, when access is taken away or the role of a user', async () => {
    const user = await aUser(server.app, 'approver');
    const config = await aConfig('sim-text-2', { access: { scope: 'roles', roles: ['approver'] } });
    const session = await aSession(user.headers, config.id);
    const there = () => ask(user.headers, session, {}, other.url);
    const isRefused = async () => (await there()).status === 403;
    const isAnswered = async () => (await lastOf(await there()))?.type === 'turn_finished';
    expect(await isAnswered()).toBe(true);
    await limit(config.id, NOBODY);
    await eventually(isRefused);
    await limit(config.id, { scope: 'roles', roles: ['approver'] });
    await eventually(isAnswered);
    const becomes = (role: Role) => server.call('PATCH', `/api/users/${user.id}`, { role });
    await becomes('operator');
    await eventually(isRefused);
    await becomes('approver');
    await eventually(isAnswered);
  }, 20_000);

  it('come from no member of a chain that the asker may not use, which the log tells once', async () => {
    const { headers } = await aUser(server.app, 'operator');
    const hidden = await aConfig('sim-text-3', { access: NOBODY });
    const spare = await aConfig('sim-text-4');
    const main = await aConfig('sim-401-limited', { fallback_ids: [hidden.id, spare.id] });
    const answeredBy = async (who: Headers): Promise<string | undefined> => {
      const events = await readEvents(await ask(who, await aSession(who, main.id)));
      return events.find((event) => event.type === 'model_changed')?.llm_config_id;
    };
    expect([await answeredBy(headers), await answeredBy(headers)]).toEqual([spare.id, spare.id]);
    expect(await answeredBy(server.app.admin.headers)).toBe(hidden.id);
    const log = [...server.app.log, ...other.log];
    expect(log.filter((line) => line.includes(hidden.id) && line.includes('passed over'))).toHaveLength(1);
  });

  describe('to a Dify client', () => {
    const key = { authorization: `Bearer ${APP_KEY}` };
    const chat = async (more: object): Promise<[number, string | undefined, string | undefined]> => {
      const body = { inputs: {}, query: 'x', user: 'u', response_mode: 'blocking', ...more };
      const response = await send(key, 'POST', '/v1/chat-messages', body);
      const { code, conversation_id } = (await response.json()) as { code?: string; conversation_id?: string };
      return [response.status, code, conversation_id];
    };
    const setApp = async (id: string | null): Promise<void> => {
      await server.app.query('update apps set llm_config_id = $1', [id]);
      await server.app.query(`select pg_notify('app_key_changed', '')`);
    };

    it('come from models for everybody, by name, and no longer when they are for some', async () => {
      const config = await aConfig('sim-text-2');
      const [status, , conversation_id] = await chat({ model_config_id: config.id });
      expect(status).toBe(200);
      await limit(config.id, { scope: 'roles', roles: ['viewer', 'operator', 'approver', 'auditor'] });
      expect((await chat({ model_config_id: config.id })).slice(0, 2)).toEqual([404, 'not_found']);
      expect((await chat({ conversation_id })).slice(0, 2)).toEqual([400, 'model_currently_not_support']);
    });

    it('come from the model that the app is set to, whoever else may use it', async () => {
      const config = await aConfig('sim-text-2', { access: NOBODY });
      await setApp(config.id);
      await eventually(async () => (await chat({ model_config_id: config.id }))[0] === 200);
      const [status, , conversation_id] = await chat({});
      expect([status, (await chat({ conversation_id }))[0]]).toEqual([200, 200]);
      await setApp(null);
      await eventually(async () => (await chat({ model_config_id: config.id }))[0] === 404);
    });
  });
});
