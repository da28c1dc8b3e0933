import { StartupNotes } from '../src/platform/config/startup-notes.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';
import { ADMIN, startTestApp, type TestApp, type TestSettings } from './support/test-app.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const NO_ADMIN = {
  OPSAGENT_ADMIN_EMAIL: undefined,
  OPSAGENT_ADMIN_PASSWORD: undefined,
  OPSAGENT_ADMIN_TOKEN: undefined,
};

interface AuditRow {
  action: string;
  actor_kind: string;
  target_name: string | null;
  refused: boolean;
  request_id: string | null;
}

const auditOf = (server: TestApp): Promise<AuditRow[]> =>
  server.query<AuditRow>('select action, actor_kind, target_name, refused, request_id from audit_log order by seq');

function send(server: TestApp, method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : JSON_TYPE), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const login = (server: TestApp, password: string, email: string = ADMIN.email): Promise<Response> =>
  send(server, 'POST', '/api/auth/login', { email, password });

const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('signing in', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_ENVIRONMENT: 'test' });
  });

  afterAll(() => server.close());

  it('hands out a cookie that scripts and other sites cannot use', async () => {
    const response = await login(server, ADMIN.password);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ email: ADMIN.email, role: 'admin' });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-opsagent=[\w-]{43};/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000'])
      expect(cookie).toContain(attribute);
  });

  it('ignores the case of the address, and blanks around it', async () => {
    expect((await login(server, ADMIN.password, ' ADMIN@Example.ORG ')).status).toBe(200);
  });

  it('tells the user of a cookie who is asking', async () => {
    const cookie = cookieOf(await login(server, ADMIN.password));
    const response = await send(server, 'GET', '/api/me', undefined, { cookie });
    expect(await response.json()).toEqual({
      user: { id: expect.any(String), email: ADMIN.email, name: null, role: 'admin' },
      credential: 'sign_in',
      has_password: true,
      environment: 'test',
      has_totp: false,
      insecure_transport: false,
    });
  });

  it('says the same about a wrong password and an unknown address', async () => {
    const [wrong, unknown] = await Promise.all([login(server, 'wrong'), login(server, 'wrong', 'nobody@example.org')]);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const withoutId = async (response: Response): Promise<object> => {
      const { request_id: _id, ...rest } = (await response.json()) as { request_id: string };
      return rest;
    };
    expect(await withoutId(wrong)).toEqual(await withoutId(unknown));
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('stores neither cookies nor passwords', async () => {
    const secret = cookieOf(await login(server, ADMIN.password)).split('=')[1] ?? 'missing';
    const rows = await server.query<{ row: string }>(
      'select s::text as row from sign_ins s union all select u::text from users u',
    );
    const text = rows.map(({ row }) => row).join();
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(text).not.toContain(secret);
    expect(text).not.toContain(ADMIN.password);
  });

  it('ends a sign-in at once', async () => {
    const cookie = cookieOf(await login(server, ADMIN.password));
    expect((await send(server, 'GET', '/api/me', undefined, { cookie })).status).toBe(200);
    const response = await send(server, 'POST', '/api/auth/logout', undefined, { cookie });
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-opsagent=;.*Expires=Thu, 01 Jan 1970/);
    expect((await send(server, 'GET', '/api/me', undefined, { cookie })).status).toBe(401);
  });

  it('ends a sign-in that was not used for 30 days, and prolongs one that is used', async () => {
    const old = cookieOf(await login(server, ADMIN.password));
    await server.query("update sign_ins set expires_at = now() - interval '1 second'");
    expect((await send(server, 'GET', '/api/me', undefined, { cookie: old })).status).toBe(401);
    const used = cookieOf(await login(server, ADMIN.password));
    await server.query("update sign_ins set expires_at = now() + interval '1 day'");
    await send(server, 'GET', '/api/me', undefined, { cookie: used });
    const [row] = await server.query<{ prolonged: boolean }>(
      "select max(expires_at) > now() + interval '29 days' as prolonged from sign_ins",
    );
    expect(row?.prolonged).toBe(true);
  });

  it('writes down sign-ins, refused ones and sign-outs', async () => {
    // One that has refused nobody yet: what follows within a minute is gathered.
    await server.close();
    server = await startTestApp({ OPSAGENT_ENVIRONMENT: 'test' });
    const before = (await auditOf(server)).length;
    await login(server, 'wrong', 'somebody@example.org');
    const cookie = cookieOf(await login(server, ADMIN.password));
    await send(server, 'POST', '/api/auth/logout', undefined, { cookie });
    const rows = (await auditOf(server)).slice(before);
    expect(rows.map(({ action, refused, target_name }) => [action, refused, target_name])).toEqual([
      ['auth.sign_in', true, 'somebody@example.org'],
      ['auth.sign_in', false, ADMIN.email],
      ['auth.sign_out', false, ADMIN.email],
    ]);
    expect(rows.map(({ actor_kind }) => actor_kind)).toEqual(['anonymous', 'anonymous', 'user']);
    expect(rows.every(({ request_id }) => request_id !== null)).toBe(true);
  });

  it('logs neither passwords nor tokens nor cookies', async () => {
    const cookie = cookieOf(await login(server, ADMIN.password));
    await send(server, 'GET', '/api/me', undefined, server.admin.headers);
    const log = server.log.join('');
    expect(log).toContain('/api/auth/login');
    for (const secret of [ADMIN.password, ADMIN.token, cookie.split('=')[1] ?? 'missing'])
      expect(log).not.toContain(secret);
  });
});

describe('the sign-in cookie of an installation behind a proxy', () => {
  it('is secure over HTTPS, and plain with a warning over HTTP from elsewhere', async () => {
    const server = await startTestApp({ OPSAGENT_TRUST_PROXY: 'loopback' });
    const from = (headers: Record<string, string>): Promise<Response> =>
      send(server, 'POST', '/api/auth/login', { email: ADMIN.email, password: ADMIN.password }, headers);
    const https = await from({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'ops.example.org' });
    expect(https.headers.get('set-cookie')).toMatch(/^__Host-opsagent=.*; Secure/);
    const http = await from({ 'x-forwarded-proto': 'http', 'x-forwarded-host': 'ops.example.org' });
    expect(http.headers.get('set-cookie')).toMatch(/^opsagent=/);
    expect(http.headers.get('set-cookie')).not.toContain('Secure');
    const cookie = cookieOf(http);
    const me = await send(server, 'GET', '/api/me', undefined, { cookie, 'x-forwarded-host': 'ops.example.org' });
    expect(await me.json()).toMatchObject({ insecure_transport: true });
    await server.close();
  });
});

describe('personal tokens', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });

  afterAll(() => server.close());

  const admin = (method: string, path: string, body?: unknown): Promise<Response> =>
    send(server, method, path, body, server.admin.headers);

  it('are shown once, work, are listed without their value, and stop at once', async () => {
    const created = await admin('POST', '/api/tokens', { name: 'deploy' });
    expect(created.status).toBe(201);
    const { token, ...rest } = (await created.json()) as { token: string; id: string };
    expect(token).toMatch(/^ops-[\w-]{43}$/);
    const headers = { authorization: `Bearer ${token}` };
    expect((await send(server, 'GET', '/api/me', undefined, headers)).status).toBe(200);
    const list = (await (await admin('GET', '/api/tokens')).json()) as { items: object[]; total: number };
    expect(list).toMatchObject({ total: 1, items: [{ ...rest, last_used_at: expect.any(String) }] });
    expect(JSON.stringify(list)).not.toContain(token);
    expect((await admin('DELETE', `/api/tokens/${rest.id}`)).status).toBe(204);
    expect((await send(server, 'GET', '/api/me', undefined, headers)).status).toBe(401);
  });

  it('stop on every process', async () => {
    const other = await startTestApp({}, server.database);
    const { token, id } = (await (await admin('POST', '/api/tokens', { name: 'both' })).json()) as {
      token: string;
      id: string;
    };
    const headers = { authorization: `Bearer ${token}` };
    expect((await send(other, 'GET', '/api/me', undefined, headers)).status).toBe(200);
    await admin('DELETE', `/api/tokens/${id}`);
    const deadline = Date.now() + 2_000;
    let status = 200;
    while (status === 200 && Date.now() < deadline)
      ({ status } = await send(other, 'GET', '/api/me', undefined, headers));
    expect(status).toBe(401);
    await other.close();
  });

  it('of somebody else cannot be seen or deleted', async () => {
    const [row] = await server.query<{ id: string }>(
      `with u as (insert into users (email, role) values ('other@example.org', 'admin') returning id)
       insert into user_tokens (user_id, name, token_hash, last_four) select id, 'theirs', '\\x01', 'abcd' from u returning id`,
    );
    const response = await admin('DELETE', `/api/tokens/${row?.id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'identity/token-not-found' });
  });

  it('past their end are refused', async () => {
    const { token } = (await (await admin('POST', '/api/tokens', { name: 'short' })).json()) as { token: string };
    await server.query("update user_tokens set expires_at = now() - interval '1 second' where name = 'short'");
    const headers = { authorization: `Bearer ${token}` };
    expect((await send(server, 'GET', '/api/me', undefined, headers)).status).toBe(401);
  });

  it('are written down in the audit log, without their value', async () => {
    const actions = (await auditOf(server)).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['token.create', 'token.delete']));
  });

  it('from the environment work as long as they are set, and over restarts', async () => {
    const again = await startTestApp({}, server.database);
    expect((await send(again, 'GET', '/api/me', undefined, again.admin.headers)).status).toBe(200);
    await again.close();
    const without = await startTestApp({ OPSAGENT_ADMIN_TOKEN: undefined }, server.database);
    expect((await send(without, 'GET', '/api/me', undefined, without.admin.headers)).status).toBe(401);
    await without.close();
  });
});

describe('the first start', () => {
  let database: TestDatabase;
  let started: TestApp[];

  beforeEach(async () => {
    database = await createTestDatabase();
    started = [];
  });

  afterEach(async () => {
    await Promise.all(started.map((server) => server.close()));
    await database.drop();
  });

  async function start(settings: TestSettings): Promise<TestApp> {
    const server = await startTestApp(settings, database);
    started.push(server);
    return server;
  }

  const codeIn = (text: string | undefined): string =>
    /one-time code (?:is now )?([A-Z2-9-]{14})/.exec(text ?? '')?.[1] ?? 'no code';
  const notesOf = (server: TestApp): string => server.app.get(StartupNotes).lines.join('\n');
  const NEW_ADMIN = { email: 'first@example.org', password: 'twelve or more' };

  it('makes the administrator with the printed code, and signs in right away', async () => {
    const server = await start(NO_ADMIN);
    expect(await (await send(server, 'GET', '/api/setup')).json()).toMatchObject({
      needed: true,
      authentication: true,
    });
    const response = await send(server, 'POST', '/api/setup', { code: codeIn(notesOf(server)), ...NEW_ADMIN });
    expect(response.status).toBe(201);
    const me = await send(server, 'GET', '/api/me', undefined, { cookie: cookieOf(response) });
    expect(await me.json()).toMatchObject({ user: { email: NEW_ADMIN.email, role: 'admin' } });
    expect(await (await send(server, 'GET', '/api/setup')).json()).toMatchObject({ needed: false });
    expect((await auditOf(server)).map(({ action }) => action)).toEqual(['setup.create_admin', 'auth.sign_in']);
  });

  it('takes the code in any case and without its hyphens', async () => {
    const server = await start(NO_ADMIN);
    const code = codeIn(notesOf(server)).toLowerCase().replaceAll('-', ' ');
    expect((await send(server, 'POST', '/api/setup', { code, ...NEW_ADMIN })).status).toBe(201);
  });

  it('prints a new code after five wrong ones', async () => {
    const server = await start(NO_ADMIN);
    const first = codeIn(notesOf(server));
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const response = await send(server, 'POST', '/api/setup', { code: 'AAAA-AAAA', ...NEW_ADMIN });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'identity/wrong-setup-code' });
    }
    expect((await send(server, 'POST', '/api/setup', { code: first, ...NEW_ADMIN })).status).toBe(403);
    const second = codeIn(server.log.join(''));
    expect((await send(server, 'POST', '/api/setup', { code: second, ...NEW_ADMIN })).status).toBe(201);
  });

  it('lets exactly one of several racing set-ups win, on two processes', async () => {
    const servers = await Promise.all([start(NO_ADMIN), start(NO_ADMIN)]);
    const attempts = servers.flatMap((server, at) =>
      Array.from({ length: 5 }, (_, number) =>
        send(server, 'POST', '/api/setup', {
          code: codeIn(notesOf(server)),
          email: `racer-${at}-${number}@example.org`,
          password: NEW_ADMIN.password,
        }),
      ),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
    const [row] = await servers[0].query<{ count: string }>('select count(*) from users');
    expect(row?.count).toBe('1');
  });

  it('makes the administrator of the environment once, however many processes start', async () => {
    const servers = await Promise.all([start({}), start({})]);
    expect((await login(servers[0], ADMIN.password)).status).toBe(200);
    expect(notesOf(servers[0])).toContain(ADMIN.email);
    expect(notesOf(servers[0])).not.toContain(ADMIN.password);
    const [row] = await servers[0].query<{ count: string }>('select count(*) from users');
    expect(row?.count).toBe('1');
  });

  it('gives the administrator of a former trial a password rather than failing over the address', async () => {
    const trial = await start({ ...NO_ADMIN, OPSAGENT_AUTH: 'off' });
    const me = (await (await send(trial, 'GET', '/api/me')).json()) as { user: { email: string } };
    expect(notesOf(trial)).toContain('OPSAGENT_AUTH=off');
    expect(await (await send(trial, 'GET', '/api/setup')).json()).toMatchObject({
      needed: false,
      authentication: false,
    });
    const server = await start(NO_ADMIN);
    expect(await (await send(server, 'GET', '/api/setup')).json()).toMatchObject({ needed: true });
    const code = codeIn(notesOf(server));
    const setup = { code, email: me.user.email, password: NEW_ADMIN.password };
    expect((await send(server, 'POST', '/api/setup', setup)).status).toBe(201);
  });

  it('refuses a short password and says which field is wrong', async () => {
    const server = await start(NO_ADMIN);
    const response = await send(server, 'POST', '/api/setup', { code: 'x', email: 'no address', password: 'short' });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(expect.arrayContaining(['email', 'password']));
  });
});
