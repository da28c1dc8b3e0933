import { BULK_ACTION } from '@opsagent/contracts';
import type {
  AnnotationDto,
  AppDto,
  BulkAction,
  CreatedAppKeyDto,
  InvitedUserDto,
  JobDto,
  LlmConfigDto,
  LlmConfigRevisionListDto,
  LlmConfigTemplateDto,
  RunbookDto,
  McpServerDto,
  SessionDto,
  SignInListDto,
  ToolSourceDto,
  TotpSecretDto,
} from '@opsagent/contracts';
import { StartupNotes } from '../src/platform/config/startup-notes.js';
import { codeOf } from './support/authenticator.js';
import { bearer } from './support/cast.js';
import { ConsoleServer } from './support/console.js';
import { eventually } from './support/eventually.js';
import { leastRequest, OPERATIONS, type Operation } from './support/operations.js';
import { rowDigests } from './support/row-digests.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

/** What makes an operation succeed, besides its least body. */
interface Request {
  /** What stands in its path, in order. */
  ids?: string[];
  body?: object;
  headers?: Record<string, string>;
  at?: TestApp;
}

/** Operations that leave no entry of their own, and why. */
const EXCEPTIONS: Record<string, string> = {
  'POST /api/llm-configs/import/plan': 'It reads a file that its sender has, and changes nothing.',
  'POST /api/llm-configs/bulk': 'It starts a job; each of its items leaves an entry, in the transaction of its change.',
  'POST /api/jobs/{id}/undo': 'It starts a job; each of its items leaves an entry, in the transaction of its change.',
  'PUT /api/apps/{id}/annotation-reply': 'It starts a job, which leaves an entry in the transaction of its change.',
  'POST /api/jobs/{id}/cancel': 'It ends one’s own work; what was done until then has its entries.',
  'POST /api/sessions/{id}/messages': 'A turn of chat is use: the conversation itself is its record.',
  'POST /api/approvals/{id}/decision': 'Its entry is looked at where a call really waits: approvals.e2e-spec.ts.',
  'POST /api/approvals/{id}/acknowledge': 'The same: approvals-across-processes.e2e-spec.ts.',
  'POST /api/runs/{id}/stop': 'It ends a turn of chat, which is use.',
  'PUT /api/messages/{id}/feedback': 'Part of one’s own conversation, which is use.',
  'DELETE /api/messages/{id}/feedback': 'Part of one’s own conversation, which is use.',
};

/** Attempts are counted whether they come to something or not, and what answers took is written down behind them. */
const COUNTERS = ['rate_limits', 'usage_hourly'];
const PASSWORD = 'a long enough password';
/** Limits that hold nobody up here. */
const wide = { requests_per_minute: 100_000 };
const CHANGES = OPERATIONS.filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'));

describe('every operation that changes something or touches a secret', () => {
  let console: ConsoleServer;
  let fresh: TestApp;

  beforeAll(async () => {
    console = await ConsoleServer.start();
    const nobody = { OPSAGENT_ADMIN_EMAIL: undefined, OPSAGENT_ADMIN_PASSWORD: undefined };
    fresh = await startTestApp({ ...nobody, OPSAGENT_ADMIN_TOKEN: undefined });
  });

  afterAll(async () => {
    await console.close();
    await fresh.close();
  });

  const make = <T>(path: string, body: object = {}, status = 201) => console.call<T>('POST', path, body, status);
  const values = () => ({
    ...{ name: `config ${crypto.randomUUID()}`, provider: 'openai', model_name: 'sim-text', api_key: 'sim-key' },
    base_url: `${console.simulator.url}/openai/v1`,
  });
  const config = () => make<LlmConfigDto>('/api/llm-configs', values());
  const ofConfig = async (): Promise<Request> => ({ ids: [(await config()).id] });
  const app = () => make<AppDto>('/api/apps', { name: `app ${crypto.randomUUID()}` });
  const ofApp = async (body?: object): Promise<Request> => ({ ids: [(await app()).id], ...(body && { body }) });
  const aSource = () => ({
    ...{ name: `s-${crypto.randomUUID()}`, kind: 'prometheus' },
    settings: { url: 'http://127.0.0.1:9' },
  });
  const aServer = () => ({ name: 'a-server', transport: 'http', url: 'http://127.0.0.1:9/mcp' });
  const source = () => make<ToolSourceDto>('/api/tool-sources', aSource());
  const ofSource = async (body?: object): Promise<Request> => ({ ids: [(await source()).id], ...(body && { body }) });
  const mcpServer = () =>
    make<McpServerDto>('/api/mcp-servers', { ...aServer(), name: `m-${crypto.randomUUID().slice(0, 8)}` });
  const ofMcpServer = async (body?: object): Promise<Request> => ({
    ids: [(await mcpServer()).id],
    ...(body && { body }),
  });
  /** A server that named a tool when it was asked. */
  const ofMcpTools = async (): Promise<Request> => {
    const { id } = await mcpServer();
    const told = { name: 't', title: '', description: '', inputSchema: {}, parameters: {}, hints: {}, hash: 'h' };
    const tool = { ...told, problem: null, risk: 'dangerous', allowedHash: null, isListed: true };
    await console.app.query('update mcp_servers set tools = $2 where id = $1', [id, JSON.stringify([tool])]);
    return { ids: [id], body: { tools: [{ name: 't', hash: 'h', is_allowed: true }] } };
  };
  const annotation = { question: 'why?', answer: 'because' };
  const ofAnnotation = async (): Promise<Request> => {
    const { id } = await app();
    const made = await make<AnnotationDto>(`/api/apps/${id}/annotations`, annotation);
    return { ids: [id, made.id] };
  };
  const runbook = () => make<RunbookDto>('/api/runbooks', { title: 'disk full', body: 'df -h' });
  const ofRunbook = async (body?: object): Promise<Request> => ({ ids: [(await runbook()).id], ...(body && { body }) });
  const ofKey = async (): Promise<Request> => {
    const { id } = await app();
    return { ids: [id, (await make<CreatedAppKeyDto>(`/api/apps/${id}/keys`, { name: 'key' })).id] };
  };
  const session = async () =>
    (await make<SessionDto>('/api/sessions', { llm_config_id: (await config()).id })).session_id;
  const template = { name: 'kept', values: { provider: 'openai', temperature: 0.5 } };
  const deleted = async (kind: string, id: string): Promise<Request> => {
    await console.fetch('DELETE', `/api/${kind}/${id}`);
    return { ids: [id] };
  };
  const invite = () =>
    make<InvitedUserDto>('/api/users', { email: `${crypto.randomUUID()}@example.org`, role: 'viewer' });
  const ofUser = async (body?: object): Promise<Request> => ({ ids: [(await invite()).id], ...(body && { body }) });

  const post = (path: string, body: object, headers: object = {}) =>
    fetch(console.app.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  /** Somebody in a browser, with a password. */
  async function signedIn(): Promise<{ id: string; email: string; headers: { cookie: string } }> {
    const { id, email, invitation } = await invite();
    const response = await post('/api/auth/invitation', { invitation, password: PASSWORD });
    const headers = { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
    await beSeen(id, headers);
    return { id, email, headers };
  }

  /** That somebody was here is noted with their first request, and then no more for a while. */
  async function beSeen(id: string, headers: Record<string, string>): Promise<void> {
    await console.app.query('update users set last_seen_at = null where id = $1', [id]);
    await fetch(`${console.app.url}/api/me`, { headers });
    const seen = () => console.app.query('select 1 from users where id = $1 and last_seen_at is not null', [id]);
    await eventually(async () => (await seen()).length > 0);
  }

  const asSignedIn = async (body?: object): Promise<Request> => ({
    headers: (await signedIn()).headers,
    ...(body && { body }),
  });

  async function secretOf(headers: object): Promise<string> {
    const response = await post('/api/me/totp', { current_password: PASSWORD }, headers);
    return ((await response.json()) as TotpSecretDto).secret;
  }

  /** Somebody with a second factor, and a code that is still good. */
  async function withFactor(): Promise<{ id: string; headers: { cookie: string }; code: string }> {
    const { id, headers } = await signedIn();
    const secret = await secretOf(headers);
    await post('/api/me/totp/confirm', { code: codeOf(secret) }, headers);
    await console.app.query('update user_totp set last_step = last_step - 10');
    await beSeen(id, headers);
    return { id, headers, code: codeOf(secret) };
  }

  /** Somebody whom a provider signs in as well. */
  async function linked(): Promise<{ id: string; headers: { cookie: string } }> {
    const user = await signedIn();
    await console.app.query(
      `insert into user_identities (user_id, issuer, subject) values ($1, 'https://id', 'sub')
       on conflict on constraint uq_user_identities_issuer_subject do update set user_id = $1`,
      [user.id],
    );
    return user;
  }

  async function withSecret(): Promise<Request> {
    const { headers } = await signedIn();
    return { headers, body: { code: codeOf(await secretOf(headers)) } };
  }

  async function renewingCodes(): Promise<Request> {
    const { headers, code } = await withFactor();
    return { headers, body: { code } };
  }

  async function removingFactor(): Promise<Request> {
    const { headers, code } = await withFactor();
    return { headers, body: { current_password: PASSWORD, code } };
  }

  async function ownSignIn(): Promise<Request> {
    const { email, headers } = await signedIn();
    await post('/api/auth/login', { email, password: PASSWORD });
    const answer = await fetch(`${console.app.url}/api/me/sign-ins`, { headers });
    const other = ((await answer.json()) as SignInListDto).items.find(({ is_current: isCurrent }) => !isCurrent);
    return { ids: [other?.id ?? ''], headers };
  }

  async function ownToken(): Promise<Request> {
    const { headers } = await signedIn();
    const { id } = (await (await post('/api/tokens', { name: 'token' }, headers)).json()) as { id: string };
    return { ids: [id], headers };
  }

  async function earlierRevision(): Promise<Request> {
    const { id } = await config();
    await console.call('PUT', `/api/llm-configs/${id}`, { temperature: 0.5 });
    const path = `/api/llm-configs/${id}/revisions`;
    const { items } = await console.call<LlmConfigRevisionListDto>('GET', path);
    return { ids: [id, items.at(-1)?.id ?? ''] };
  }

  const setUp = (): Promise<Request> => {
    const code = /one-time code ([A-Z2-9-]{14})/.exec(fresh.app.get(StartupNotes).lines.join('\n'))?.[1];
    return Promise.resolve({ at: fresh, body: { code, email: ADMIN.email, password: PASSWORD }, headers: {} });
  };

  const importing = (): Promise<Request> => {
    const content = `model_list:\n  - model_name: imported\n    litellm_params:\n      model: openai/gpt-4o\n      api_key: sk-imported-0001\n`;
    return Promise.resolve({ body: { content } });
  };

  const WAYS: Record<string, () => Promise<Request>> = {
    'POST /api/setup': setUp,
    'POST /api/auth/login': () =>
      Promise.resolve({ body: { email: ADMIN.email, password: ADMIN.password }, headers: {} }),
    'POST /api/auth/invitation': async () => ({
      ...{ body: { invitation: (await invite()).invitation, password: PASSWORD }, headers: {} },
    }),
    'POST /api/auth/logout': asSignedIn,
    'PATCH /api/me': () => asSignedIn({ name: 'Ann' }),
    'PUT /api/me/password': () => asSignedIn({ current_password: PASSWORD, password: 'another long password' }),
    'POST /api/me/sign-ins/end-others': asSignedIn,
    'DELETE /api/me/sign-ins/{id}': ownSignIn,
    'POST /api/me/totp': () => asSignedIn({ current_password: PASSWORD }),
    'POST /api/me/totp/confirm': withSecret,
    'POST /api/me/totp/recovery-codes': renewingCodes,
    'DELETE /api/me/totp': removingFactor,
    'DELETE /api/me/identities': async () => ({ headers: (await linked()).headers }),
    'DELETE /api/users/{id}/identities': async () => ({ ids: [(await linked()).id] }),
    'POST /api/tokens': () => asSignedIn({ name: 'token' }),
    'DELETE /api/tokens/{id}': ownToken,
    'POST /api/master-key/rotation': () => Promise.resolve({}),
    'POST /api/users': () => Promise.resolve({ body: { email: 'one@example.org', role: 'viewer' } }),
    'PATCH /api/users/{id}': () => ofUser({ role: 'operator' }),
    'POST /api/users/{id}/invitation': ofUser,
    'POST /api/users/{id}/sign-out': ofUser,
    'DELETE /api/users/{id}/totp': async () => ({ ids: [(await withFactor()).id] }),
    'POST /api/audit/verify': () => Promise.resolve({}),
    'POST /api/about/diagnostics': () => Promise.resolve({}),
    'PUT /api/approval-policy': () => Promise.resolve({ body: { allows_requester: false, expires_after_minutes: 10 } }),
    'PUT /api/limits/{kind}/{subject}': () => Promise.resolve({ ids: ['role', 'viewer'], body: wide }),
    'DELETE /api/limits/{kind}/{subject}': async () => {
      await console.call('PUT', '/api/limits/role/operator', wide, 200);
      return { ids: ['role', 'operator'] };
    },
    'POST /api/providers/{provider}/models': () =>
      Promise.resolve({
        ids: ['openai'],
        body: { api_key: 'sim-key', base_url: `${console.simulator.url}/openai/v1` },
      }),
    'POST /api/llm-configs': () => Promise.resolve({ body: values() }),
    'PUT /api/llm-configs/{id}': async () => ({ ...(await ofConfig()), body: { temperature: 0.5 } }),
    'DELETE /api/llm-configs/{id}': ofConfig,
    'POST /api/llm-configs/{id}/duplicate': ofConfig,
    'POST /api/llm-configs/{id}/restore': async () => deleted('llm-configs', (await config()).id),
    'POST /api/llm-configs/{id}/revisions/{revision_id}/restore': earlierRevision,
    'POST /api/llm-configs/{id}/toggle-status': ofConfig,
    'POST /api/llm-configs/{id}/set-default': ofConfig,
    'POST /api/llm-configs/{id}/test': ofConfig,
    'POST /api/llm-configs/{id}/test/stream': ofConfig,
    'POST /api/llm-configs/test': () => Promise.resolve({ body: values() }),
    'POST /api/llm-configs/test/stream': () => Promise.resolve({ body: values() }),
    'POST /api/llm-configs/export': () => Promise.resolve({ body: { format: 'json' } }),
    'POST /api/llm-configs/import': importing,
    'POST /api/llm-config-templates': () => Promise.resolve({ body: template }),
    'DELETE /api/llm-config-templates/{id}': async () => ({
      ids: [(await make<LlmConfigTemplateDto>('/api/llm-config-templates', { ...template, name: 'left' })).id],
    }),
    'POST /api/sessions': async () => ({ body: { llm_config_id: (await config()).id } }),
    'PATCH /api/sessions/{id}': async () => ({ ids: [await session()], body: { session_name: 'renamed' } }),
    'DELETE /api/sessions/{id}': async () => ({ ids: [await session()] }),
    'POST /api/sessions/{id}/restore': async () => deleted('sessions', await session()),
    'POST /api/tool-sources': () => Promise.resolve({ body: aSource() }),
    'PATCH /api/tool-sources/{id}': () => ofSource({ description: 'other' }),
    'DELETE /api/tool-sources/{id}': () => ofSource(),
    'POST /api/tool-sources/{id}/restore': async () => deleted('tool-sources', (await source()).id),
    'POST /api/tool-sources/{id}/test': () => ofSource(),
    'POST /api/runbooks': () => Promise.resolve({ body: { title: 'disk full', body: 'df -h' } }),
    'POST /api/runbooks/import': () => Promise.resolve({ body: { files: [{ name: 'disk.md', text: 'df -h' }] } }),
    'PATCH /api/runbooks/{id}': () => ofRunbook({ body: 'du' }),
    'DELETE /api/runbooks/{id}': () => ofRunbook(),
    'POST /api/runbooks/{id}/restore': async () => deleted('runbooks', (await runbook()).id),
    'POST /api/mcp-servers': () => Promise.resolve({ body: aServer() }),
    'PATCH /api/mcp-servers/{id}': () => ofMcpServer({ description: 'other' }),
    'DELETE /api/mcp-servers/{id}': () => ofMcpServer(),
    'POST /api/mcp-servers/{id}/restore': async () => deleted('mcp-servers', (await mcpServer()).id),
    'POST /api/mcp-servers/{id}/test': () => ofMcpServer(),
    'PATCH /api/mcp-servers/{id}/tools': ofMcpTools,
    'POST /api/apps': () => Promise.resolve({ body: { name: 'an app' } }),
    'PATCH /api/apps/{id}': () => ofApp({ name: 'renamed' }),
    'DELETE /api/apps/{id}': () => ofApp(),
    'POST /api/apps/{id}/restore': async () => deleted('apps', (await app()).id),
    'POST /api/apps/{id}/annotations': () => ofApp(annotation),
    'PUT /api/apps/{id}/annotations/{annotation_id}': async () => ({
      ...{ ...(await ofAnnotation()), body: { ...annotation, answer: 'for that' } },
    }),
    'DELETE /api/apps/{id}/annotations/{annotation_id}': ofAnnotation,
    'POST /api/apps/{id}/keys': () => ofApp({ name: 'key' }),
    'POST /api/apps/{id}/keys/{key_id}/rotate': ofKey,
    'DELETE /api/apps/{id}/keys/{key_id}': ofKey,
  };

  const send = (operation: Operation, { ids = [], body, headers = bearer(ADMIN.token), at = console.app }: Request) => {
    const left = [...ids];
    const least = leastRequest(operation);
    return fetch(at.url + operation.path.replaceAll(/\{\w+\}/g, () => left.shift() ?? ''), {
      ...{ ...least, headers: { ...least.headers, ...headers } },
      ...(body && { body: JSON.stringify(body) }),
    });
  };

  async function stored({ at = console.app }: Request) {
    const digests = Object.entries(await rowDigests(at));
    return Object.fromEntries(digests.filter(([table]) => !COUNTERS.includes(table)));
  }

  /** Sends it while no entry can be added. */
  async function sendUnheard(operation: Operation, request: Request): Promise<number> {
    const { at = console.app } = request;
    await at.query('alter table audit_log add constraint full_log check (false) not valid');
    try {
      const answer = await send(operation, request);
      // A stream writes its entry at its end.
      await answer.text();
      return answer.status;
    } finally {
      await at.query('alter table audit_log drop constraint full_log');
    }
  }

  it.each(CHANGES.filter(({ name }) => !(name in EXCEPTIONS)).map((one) => [one.name, one] as const))(
    'leaves an entry, and comes to nothing where it cannot: %s',
    async (name, operation) => {
      const request = await WAYS[name]?.();
      if (!request) throw new Error(`Tell here how ${name} succeeds, or why it leaves no entry.`);
      const before = await stored(request);
      const unheard = await sendUnheard(operation, request);
      // A stream has begun by then.
      expect([name, unheard]).toEqual([name, name.endsWith('/stream') ? 200 : 500]);
      expect(await stored(request)).toEqual(before);

      const done = await send(operation, request);
      expect([name, done.ok, done.ok ? '' : await done.text()]).toEqual([name, true, '']);
      await done.text();
      const entries = await (request.at ?? console.app).query(
        'select action from audit_log where request_id = $1 and not refused',
        [done.headers.get('x-request-id')],
      );
      expect(entries).not.toEqual([]);
    },
  );

  it('is thought of, and nothing that is gone', () => {
    const names = CHANGES.map(({ name }) => name);
    expect([...Object.keys(WAYS), ...Object.keys(EXCEPTIONS)].sort()).toEqual(names.sort());
  });

  const whenOver = async (id: string): Promise<JobDto> => {
    const read = () => console.call<JobDto>('GET', `/api/jobs/${id}`);
    await eventually(async () => (await read()).state !== 'running', 30_000);
    return read();
  };
  /** What the log tells of those, by who did it: which action how often. */
  const toldOf = async (ids: string[], after: string): Promise<string[]> => {
    const rows = await console.app.query<{ told: string }>(
      `select action || ' ' || coalesce(actor_name, '') || ' ' || count(*) told from audit_log
        where target_id = any($1) and seq > $2 group by action, actor_name order by 1`,
      [ids, after],
    );
    return rows.map(({ told }) => told);
  };

  const OF_BULK: Record<BulkAction, { more: object; does: string; undoes: string | null }> = {
    test: { more: {}, does: 'llm_config.test', undoes: null },
    disable: { more: {}, does: 'llm_config.toggle_status', undoes: 'llm_config.toggle_status' },
    enable: { more: {}, does: 'llm_config.toggle_status', undoes: 'llm_config.toggle_status' },
    delete: { more: {}, does: 'llm_config.delete', undoes: 'llm_config.restore' },
    tag: { more: { tags: ['team'] }, does: 'llm_config.update', undoes: 'llm_config.update' },
    untag: { more: { tags: ['prod'] }, does: 'llm_config.update', undoes: 'llm_config.update' },
    set_timeout: { more: { total_ms: 5000 }, does: 'llm_config.update', undoes: 'llm_config.update' },
  };

  it.each(BULK_ACTION.values)('leaves an entry of every item of a job, and of its undoing: %s', async (action) => {
    const made = [];
    const more = { is_active: action !== 'enable', is_default: false, tags: ['prod'] };
    for (let n = 0; n < 3; n += 1) made.push(await make<LlmConfigDto>('/api/llm-configs', { ...values(), ...more }));
    const ids = made.map(({ id }) => id);
    const last = async () => (await console.app.query<{ seq: string }>('select seq from audit_head'))[0]?.seq ?? '';
    const { does, undoes, more: input } = OF_BULK[action];
    const before = await last();
    const { id } = await whenOver((await make<JobDto>('/api/llm-configs/bulk', { action, ids, ...input }, 202)).id);
    expect(await toldOf(ids, before)).toEqual([`${does} ${ADMIN.email} 3`]);
    if (undoes === null) return;
    const between = await last();
    await whenOver((await make<JobDto>(`/api/jobs/${id}/undo`, {}, 202)).id);
    expect(await toldOf(ids, between)).toEqual([`${undoes} ${ADMIN.email} 3`]);
  });

  it('leaves an entry of every imported configuration, and of its undoing', async () => {
    const content = JSON.stringify({
      model_list: [1, 2].map((n) => ({
        model_name: `in job ${n}`,
        litellm_params: { model: 'openai/gpt-4o', api_key: 'sk-1' },
      })),
    });
    const { id, items } = await make<JobDto>('/api/llm-configs/import', { content }, 200);
    const ids = items.flatMap(({ target_id }) => target_id ?? []);
    expect(await toldOf(ids, '0')).toEqual([`llm_config.import ${ADMIN.email} 2`]);
    await whenOver((await make<JobDto>(`/api/jobs/${id}/undo`, {}, 202)).id);
    expect(await toldOf(ids, '0')).toEqual([
      `llm_config.delete ${ADMIN.email} 2`,
      `llm_config.import ${ADMIN.email} 2`,
    ]);
  });
});
