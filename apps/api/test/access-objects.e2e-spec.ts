import type { RunStartedDto, SessionDto } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { bearer, Cast } from './support/cast.js';
import { APP_KEY, DifyServer } from './support/dify-server.js';
import { eventually } from './support/eventually.js';
import { forAll, leastRequest, OF_APPS, OF_USERS, type Operation, OPERATIONS } from './support/operations.js';
import { rowDigests } from './support/row-digests.js';

type Headers = Record<string, string>;

/** Whose path begins like this is about something that belongs to one user, or to one app's end user. */
const OWNED = {
  '/api/sessions/{id}': 'session',
  '/api/messages/{id}': 'message',
  '/api/runs/{id}': 'run',
  '/api/jobs/{id}': 'job',
  '/api/tokens/{id}': 'token',
  '/api/me/sign-ins/{id}': 'signIn',
  '/v1/conversations/{conversation_id}': 'conversation',
  '/v1/chat-messages/{task_id}': 'task',
  '/v1/messages/{message_id}': 'answer',
} as const;

/** These are everybody's whose role reaches them; their own rules are tested where they are. */
const SHARED = [
  ...['/api/llm-configs/{id}', '/api/llm-config-templates/{id}', '/api/providers/{provider}', '/api/apps/{id}'],
  ...['/api/users/{id}', '/api/audit/{seq}', '/v1/end-users/{end_user_id}', '/v1/files/{file_id}'],
  ...['/api/tool-sources/{id}', '/api/runbooks/{id}', '/api/mcp-servers/{id}'],
  ...['/api/limits/{kind}', '/api/approvals/{id}', '/api/artifacts/{id}'],
  ...['/v1/apps/annotations/{annotation_id}', '/v1/apps/annotation-reply/{action}'],
  // Chat apps refuse these whatever they name.
  ...['/v1/completion-messages/{task_id}', '/v1/workflows/{workflow_id}', '/v1/workflows/tasks/{task_id}'],
  ...['/v1/workflows/run/{workflow_run_id}', '/v1/workflow/{workflow_run_id}', '/v1/form/human_input/{form_token}'],
];

/** The tables that hold it. */
const TABLES = ['user_sessions', 'messages', 'message_feedbacks', 'runs', 'jobs', 'job_items', 'sign_ins'];

/** Dify's clients do not expect to be told what they stopped. */
const ALWAYS_DONE = 'POST /v1/chat-messages/{task_id}/stop';

type Kind = (typeof OWNED)[keyof typeof OWNED];

const headOf = (path: string): string => path.slice(0, path.indexOf('}') + 1);
const kindOf = ({ path }: Operation): Kind | undefined => OWNED[headOf(path) as keyof typeof OWNED];
const named = (operations: readonly Operation[]) => operations.map((one) => [one.name, one] as const);

describe('what belongs to somebody else', () => {
  let server: DifyServer;
  let owner: { id: string; headers: Headers };
  let things: Record<Kind, string>;
  let strangers: { name: string; headers: Headers }[];
  let otherApp: Headers;

  beforeAll(async () => {
    server = await DifyServer.start();
    owner = await aUser(server.app, 'operator');
    things = await thingsOfOwner();
    strangers = [
      { name: 'another operator', headers: (await aUser(server.app, 'operator')).headers },
      { name: 'an administrator', headers: server.app.admin.headers },
    ];
    otherApp = bearer(await new Cast(server.app).appKey());
  });

  afterAll(() => server.close());

  async function thingsOfOwner(): Promise<Record<Kind, string>> {
    const llm_config_id = await server.config('sim-text-2');
    const asOwner = async <T>(path: string, body: object): Promise<T> =>
      (await server.send<T>('POST', path, { ...owner.headers, accept: 'application/json' }, { ...body })).body;
    const { session_id } = await asOwner<SessionDto>('/api/sessions', { llm_config_id });
    const sent = await asOwner<RunStartedDto>(`/api/sessions/${session_id}/messages`, { query: 'x' });
    const config = { name: 'theirs', provider: 'openai', model_name: 'm', api_key: 'sk-test-key-0001' };
    const { id } = await asOwner<{ id: string }>('/api/llm-configs', config);
    const job = await asOwner<{ id: string }>('/api/llm-configs/bulk', { action: 'disable', ids: [id] });
    const token = await asOwner<{ id: string }>('/api/tokens', { name: 'theirs' });
    const [signIn] = await server.app.query<{ id: string }>(
      `insert into sign_ins (user_id, token_hash, expires_at) values ($1, '\\x01', now() + interval '1 day') returning id`,
      [owner.id],
    );
    const { body: answer } = await server.ask('sim-text-2', 'x');
    await eventually(async () => (await server.app.query("select 1 from runs where state = 'running'")).length === 0);
    return {
      ...{ session: session_id, message: sent.message_id, run: sent.run_id, job: job.id, token: token.id },
      ...{ signIn: signIn?.id ?? '', conversation: String(answer['conversation_id']), task: String(answer['task_id']) },
      answer: String(answer['message_id']),
    };
  }

  async function rowsOfOwners(): Promise<string[]> {
    const digests = await rowDigests(server.app);
    return TABLES.map((table) => digests[table] ?? 'no such table');
  }

  /** All of an answer but what tells one request from another. */
  async function answerOf(path: string, init: RequestInit, id: string): Promise<string> {
    const response = await fetch(server.app.url + path, init);
    const text = await response.text();
    const headers = [...response.headers].filter(([name]) => !/^(date|x-request-id|x-trace-id)$/.test(name));
    const body = text.replaceAll(id, 'ID').replaceAll(/"request_id":"[^"]*"/g, '');
    return JSON.stringify([response.status, headers, body]);
  }

  /** What is theirs is answered as what is not there; `path` and `init` are given the id. */
  async function isAsMissing(
    what: string,
    theirs: string,
    path: (id: string) => string,
    init: (id: string) => RequestInit,
  ) {
    const missing = crypto.randomUUID();
    const [one, other] = [
      await answerOf(path(theirs), init(theirs), theirs),
      await answerOf(path(missing), init(missing), missing),
    ];
    const isNotFound =
      one.startsWith('[404,') || (what === ALWAYS_DONE && one.startsWith('[200,')) || isFieldNamed(one, what);
    return one === other && isNotFound ? [] : [`${what}: ${one} instead of ${other}`];
  }

  const ofOwned = (operations: readonly Operation[]) => operations.filter((one) => kindOf(one));

  it.each(named(ofOwned(OF_USERS)))('is not there for others: %s', async (_name, operation) => {
    const kind = kindOf(operation) as Kind;
    const before = await rowsOfOwners();
    // Administrators look after the work of everybody.
    const asking = kind === 'job' ? strangers.slice(0, 1) : strangers;
    const complaints = await forAll(asking, ({ name, headers }) => {
      const init = leastRequest(operation);
      const sent = { ...init, headers: { ...init.headers, ...headers } };
      return isAsMissing(
        name,
        things[kind],
        (id) => operation.path.replace(/\{\w+\}/, id),
        () => sent,
      );
    });
    expect(complaints.flat()).toEqual([]);
    expect(await rowsOfOwners()).toEqual(before);
  });

  it.each(named(ofOwned(OF_APPS)))(
    'is not there for another app, nor for another end user: %s',
    async (_name, operation) => {
      const before = await rowsOfOwners();
      const asking = [
        { headers: otherApp, user: 'tester' },
        { headers: bearer(APP_KEY), user: 'somebody' },
      ];
      const complaints = await forAll(asking, ({ headers, user }) => {
        const isReading = operation.method === 'GET';
        const body = JSON.stringify({ user, name: 'mine now' });
        const sent = { body, headers: { ...headers, 'content-type': 'application/json' } };
        const init = { method: operation.method, ...(isReading ? { headers } : sent) };
        const query = isReading ? `?user=${user}` : '';
        const kind = kindOf(operation) as Kind;
        return isAsMissing(
          operation.name,
          things[kind],
          (id) => operation.path.replace(/\{\w+\}/, id).replace(/\{\w+\}/, crypto.randomUUID()) + query,
          () => init,
        );
      });
      expect(complaints.flat()).toEqual([]);
      expect(await rowsOfOwners()).toEqual(before);
    },
  );

  it('is there for its owner', async () => {
    const paths = [
      ...['/api/sessions/{session}', '/api/sessions/{session}/messages', '/api/runs/{run}/events', '/api/jobs/{job}'],
    ].map((path) => path.replace(/\{(\w+)\}/, (_, kind: Kind) => things[kind]));
    for (const path of paths) expect([path, (await fetch(server.app.url + path, owner)).status]).toEqual([path, 200]);
    const mine = `/v1/messages?user=tester&conversation_id=${things.conversation}`;
    expect((await server.call('GET', mine)).status).toBe(200);
  });

  it.each(named(OF_USERS.filter(({ method, path }) => method === 'GET' && !path.includes('{'))))(
    'stands in no list of others: %s',
    async (_name, { path }) => {
      const [stranger] = strangers;
      const text = await (await fetch(server.app.url + path, { headers: stranger?.headers ?? {} })).text();
      expect(Object.entries(things).filter(([, id]) => text.includes(id))).toEqual([]);
    },
  );

  it('stands in no list of another app, nor of another end user', async () => {
    for (const [key, user] of [
      [otherApp, 'tester'],
      [bearer(APP_KEY), 'somebody'],
    ] as const) {
      const { body } = await server.send('GET', `/v1/conversations?user=${user}`, key);
      expect(body).toMatchObject({ data: [] });
    }
  });

  it('cannot be referred to from what is one’s own', async () => {
    const [stranger] = strangers;
    const headers = { ...stranger?.headers, 'content-type': 'application/json' };
    const llm_config_id = await server.config('sim-text-2');
    const own = await server.send('POST', '/api/sessions', headers, { llm_config_id });
    const messages = `/api/sessions/${String(own.body['session_id'])}/messages`;
    const app = { ...otherApp, 'content-type': 'application/json' };
    const post = (sent: Headers, body: object): RequestInit => ({
      method: 'POST',
      headers: sent,
      body: JSON.stringify(body),
    });
    const chat = { query: 'x', inputs: {}, user: 'tester', response_mode: 'blocking', model_config_id: llm_config_id };
    const { message, session, conversation } = things;
    const at = (path: string) => () => path;
    const get = (sent: Headers) => () => ({ headers: sent });
    const complaints = [
      await isAsMissing('parent_id', message, at(messages), (id) => post(headers, { query: 'x', parent_id: id })),
      await isAsMissing('through', message, (id) => `${messages}?through=${id}`, get(headers)),
      await isAsMissing('chat', conversation, at('/v1/chat-messages'), (id) =>
        post(app, { ...chat, conversation_id: id }),
      ),
      await isAsMissing('chat with a session', session, at('/v1/chat-messages'), (id) =>
        post(app, { ...chat, conversation_id: id }),
      ),
      await isAsMissing('messages', conversation, (id) => `/v1/messages?user=tester&conversation_id=${id}`, get(app)),
      await isAsMissing('page', conversation, (id) => `/v1/conversations?user=tester&last_id=${id}`, get(app)),
      await isAsMissing('session by id', conversation, (id) => `/api/sessions/${id}`, get(headers)),
      await isAsMissing('app of the key', session, (id) => `/v1/messages?user=tester&conversation_id=${id}`, get(app)),
    ];
    expect(complaints.flat()).toEqual([]);
  });

  it('keeps a key with its own app', async () => {
    const { admin } = server.app;
    const keys = await server.app.query<{ id: string; app_id: string }>('select id, app_id from app_keys');
    const [first] = await server.app.query<{ id: string }>('select id from apps order by created_at limit 1');
    const foreign = keys.find(({ app_id }) => app_id !== first?.id);
    const path = `/api/apps/${first?.id}/keys/${foreign?.id}`;
    expect((await fetch(server.app.url + path, { method: 'DELETE', ...admin })).status).toBe(404);
    expect((await server.send('GET', '/v1/info', otherApp)).status).toBe(200);
  });

  it('is thought of for every operation that names something', () => {
    const known = [...Object.keys(OWNED), ...SHARED];
    const others = OPERATIONS.filter(({ path }) => path.includes('{') && !known.includes(headOf(path)));
    expect(others.map(({ name }) => name)).toEqual([]);
  });
});

/** What a body refers to and is not there is a fault of the body. */
function isFieldNamed(answer: string, field: string): boolean {
  return answer.startsWith('[400,') && answer.includes(`"field\\":\\"${field}\\"`);
}
