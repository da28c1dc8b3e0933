import type {
  InvitedUserDto,
  MeDto,
  ProblemDto,
  SignInListDto,
  UserDetailsDto,
  UserListDto,
} from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { eventually } from './support/eventually.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const PASSWORD = 'a long enough password';

describe('users', () => {
  let server: TestApp;

  beforeEach(async () => {
    server = await startTestApp();
  });

  afterEach(() => server.close());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}, at = server) =>
    fetch(at.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const asAdmin = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await (await send(method, path, body, server.admin.headers)).json()) as T;
  const invite = (email = 'new@example.org', role = 'operator') =>
    asAdmin<InvitedUserDto>('POST', '/api/users', { email, role });
  const accept = (invitation: string, password = PASSWORD) =>
    send('POST', '/api/auth/invitation', { invitation, password });
  const login = (email: string, password = PASSWORD) => send('POST', '/api/auth/login', { email, password });
  const cookieOf = (response: Response) => ({ cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' });
  const statusOfMe = async (headers: Record<string, string>) =>
    (await send('GET', '/api/me', undefined, headers)).status;

  it('are invited, choose a password once, and are signed in', async () => {
    const invited = await invite();
    expect(invited).toMatchObject({ email: 'new@example.org', role: 'operator', has_password: false, sign_ins: 0 });
    expect(invited.invited_until).not.toBeNull();
    expect((await login('new@example.org')).status).toBe(401);
    const first = await accept(invited.invitation);
    expect(first.status).toBe(200);
    expect(await statusOfMe(cookieOf(first))).toBe(200);
    expect(((await (await accept(invited.invitation)).json()) as ProblemDto).code).toBe('identity/invitation-invalid');
    expect((await login('NEW@example.org')).status).toBe(200);
    const { items } = await asAdmin<UserListDto>('GET', '/api/users');
    expect(items.map(({ email }) => email)).toEqual([ADMIN.email, 'new@example.org']);
    expect(items[1]).toMatchObject({ has_password: true, sign_ins: 2, invited_until: null });
    const dump = JSON.stringify(await server.query('select * from user_invitations, users, audit_log'));
    expect(dump).not.toContain(invited.invitation);
  });

  it('have one address each, however it is written, also when two are made at once', async () => {
    const answers = await Promise.all(
      ['Two@example.org', 'two@example.org', 'TWO@example.org'].map((email) =>
        send('POST', '/api/users', { email, role: 'viewer' }, server.admin.headers),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('choose a lost password anew, which ends what was signed in', async () => {
    const { id, invitation } = await invite();
    const before = cookieOf(await accept(invitation));
    const again = await asAdmin<InvitedUserDto>('POST', `/api/users/${id}/invitation`);
    const newest = await asAdmin<InvitedUserDto>('POST', `/api/users/${id}/invitation`);
    expect((await accept(again.invitation)).status).toBe(400);
    expect((await accept(newest.invitation, 'another long password')).status).toBe(200);
    expect(await statusOfMe(before)).toBe(401);
    expect((await login('new@example.org')).status).toBe(401);
    expect((await login('new@example.org', 'another long password')).status).toBe(200);
  });

  it('are switched off and on, and changed in role, at once on every process', async () => {
    const other = await startTestApp({}, server.database);
    try {
      const { id, headers } = await aUser(server, 'operator');
      const there = async () => (await send('GET', '/api/apps', undefined, headers, other)).status;
      expect(await there()).toBe(200);
      await asAdmin('PATCH', `/api/users/${id}`, { role: 'viewer' });
      await eventually(async () => (await there()) === 403);
      await asAdmin('PATCH', `/api/users/${id}`, { is_active: false });
      expect(await statusOfMe(headers)).toBe(401);
      await eventually(async () => (await there()) === 401);
      await asAdmin('PATCH', `/api/users/${id}`, { is_active: true, role: 'operator' });
      expect(await statusOfMe(headers)).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('always keep one administrator who can sign in, however many are unmade at once', async () => {
    const made = await Promise.all(['a', 'b', 'c'].map((name) => invite(`${name}@example.org`, 'admin')));
    for (const { invitation } of made.slice(0, 2)) expect((await accept(invitation)).status).toBe(200);
    const { items } = await asAdmin<UserListDto>('GET', '/api/users');
    const able = items.filter((user) => user.has_password);
    expect(able).toHaveLength(3);
    const answers = await Promise.all(
      able.map(({ id }) => send('PATCH', `/api/users/${id}`, { role: 'viewer' }, server.admin.headers)),
    );
    const [left] = await server.query<{ n: number }>(
      `select count(*)::int n from users where role = 'admin' and is_active and password_hash is not null`,
    );
    expect(left?.n).toBeGreaterThan(0);
    const refused = await Promise.all(answers.filter(({ status }) => status === 409).map((answer) => answer.json()));
    for (const problem of refused) expect(problem).toMatchObject({ code: 'identity/last-admin' });
  });

  it('are seen by auditors and changed by administrators alone', async () => {
    const { id } = await invite();
    for (const [role, read, write] of [
      ['operator', 403, 403],
      ['approver', 403, 403],
      ['auditor', 200, 403],
      ['admin', 200, 200],
    ] as const) {
      const { headers } = await aUser(server, role);
      expect((await send('GET', `/api/users/${id}`, undefined, headers)).status).toBe(read);
      expect((await send('PATCH', `/api/users/${id}`, { role: 'viewer' }, headers)).status).toBe(write);
    }
  });

  it('see where they are signed in and end it there', async () => {
    await accept((await invite()).invitation);
    const [here, there, elsewhere] = [
      cookieOf(await login('new@example.org')),
      cookieOf(await login('new@example.org')),
      cookieOf(await login('new@example.org')),
    ];
    const list = async () => (await (await send('GET', '/api/me/sign-ins', undefined, here)).json()) as SignInListDto;
    const { items, total } = await list();
    expect(total).toBe(4);
    expect(items.filter(({ is_current }) => is_current)).toHaveLength(1);
    const [newest] = items;
    expect((await send('DELETE', `/api/me/sign-ins/${newest?.id}`, undefined, there)).status).toBe(204);
    expect(await statusOfMe(elsewhere)).toBe(401);
    expect((await send('DELETE', `/api/me/sign-ins/${newest?.id}`, undefined, there)).status).toBe(404);
    expect((await send('DELETE', `/api/me/sign-ins/${items[1]?.id}`, undefined, server.admin.headers)).status).toBe(
      404,
    );
    expect((await send('POST', '/api/me/sign-ins/end-others', undefined, here)).status).toBe(204);
    expect(await statusOfMe(there)).toBe(401);
    expect((await list()).total).toBe(1);
  });

  it('change their password, which signs out every other browser', async () => {
    await accept((await invite()).invitation);
    const [here, there] = [cookieOf(await login('new@example.org')), cookieOf(await login('new@example.org'))];
    const change = (current_password: string, password: string) =>
      send('PUT', '/api/me/password', { current_password, password }, here);
    const wrong = await change('not the password', 'another long password');
    expect([wrong.status, ((await wrong.json()) as ProblemDto).errors?.[0]?.field]).toEqual([400, 'current_password']);
    expect((await change(PASSWORD, 'short')).status).toBe(400);
    expect(await statusOfMe(there)).toBe(200);
    expect((await change(PASSWORD, 'another long password')).status).toBe(204);
    expect(await statusOfMe(here)).toBe(200);
    expect(await statusOfMe(there)).toBe(401);
    expect((await login('new@example.org')).status).toBe(401);
  });

  it('say what they are called, which others see beside the address that says who they are', async () => {
    const { invitation, id } = await invite();
    const first = await send('POST', '/api/auth/invitation', { invitation, password: PASSWORD, name: ' Ann Li ' });
    expect(await first.json()).toMatchObject({ name: 'Ann Li' });
    const here = cookieOf(first);
    const rename = async (name: unknown) => {
      const answer = await send('PATCH', '/api/me', { name }, here);
      return { status: answer.status, user: ((await answer.json()) as MeDto).user };
    };
    expect((await rename('李安')).user).toEqual({ id, email: 'new@example.org', name: '李安', role: 'operator' });
    expect((await send('POST', '/api/me/sign-ins/end-others', undefined, here)).status).toBe(204);
    expect(await asAdmin<UserDetailsDto>('GET', `/api/users/${id}`)).toMatchObject({ name: '李安' });
    const entries = await server.query<{ name: string; before: unknown; after: unknown }>(
      `select actor_name name, before, after from audit_log where actor_id = $1 order by seq`,
      [id],
    );
    expect(entries).toEqual([
      { name: 'Ann Li (new@example.org)', before: { name: 'Ann Li' }, after: { name: '李安' } },
      { name: '李安 (new@example.org)', before: null, after: null },
    ]);
    expect((await rename(null)).user.name).toBeNull();
    expect((await rename('名'.repeat(80))).status).toBe(200);
  });

  it.each([
    ...['', ' ', 'a\u0000b', 'two\nlines', 'tab\there', 'right\u202eleft', '\u200b', '名'.repeat(81)],
    ...[7, ['Ann'], { $ne: '' }],
  ])('cannot be called %j', async (name) => {
    const answer = await send('PATCH', '/api/me', { name }, server.admin.headers);
    expect([answer.status, ((await answer.json()) as ProblemDto).errors?.[0]?.field]).toEqual([400, 'name']);
  });

  it('are signed out everywhere by an administrator', async () => {
    const { id, invitation } = await invite();
    const browser = cookieOf(await accept(invitation));
    expect((await send('POST', `/api/users/${id}/sign-out`, undefined, server.admin.headers)).status).toBe(204);
    expect(await statusOfMe(browser)).toBe(401);
    expect(await asAdmin<UserDetailsDto>('GET', `/api/users/${id}`)).toMatchObject({ sign_ins: 0 });
    const actions = await server.query<{ action: string }>(
      `select action from audit_log where target_id = $1 order by seq`,
      [id],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'user.create',
      'user.accept_invitation',
      'auth.sign_in',
      'user.sign_out',
    ]);
  });
});
