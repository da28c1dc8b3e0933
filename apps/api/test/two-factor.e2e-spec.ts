import type {
  InvitedUserDto,
  MasterKeyDto,
  MeDto,
  ProblemDto,
  RecoveryCodesDto,
  TotpSecretDto,
  TotpStateDto,
  UserListDto,
} from '@opsagent/contracts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { workspaceRoot } from '../src/platform/config/workspace-root.js';
import { aUser } from './support/a-user.js';
import { codeOf } from './support/authenticator.js';
import { eventually } from './support/eventually.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

interface Answer<T> {
  readonly status: number;
  readonly body: T & Partial<ProblemDto>;
  readonly cookie: { readonly cookie: string };
}

describe('the second factor', () => {
  let server: TestApp;
  let here: { readonly cookie: string };

  beforeEach(async () => {
    server = await startTestApp({ OPSAGENT_ENVIRONMENT: 'test' });
    here = (await login()).cookie;
  });

  afterEach(() => server.close());

  const send = async <T = object>(
    method: string,
    path: string,
    body?: object,
    headers: object = here,
    at = server,
  ): Promise<Answer<T>> => {
    const response = await fetch(at.url + path, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const cookie = { cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as T & Partial<ProblemDto>, cookie };
  };
  const login = (code?: string, password = ADMIN.password, at?: TestApp) =>
    send('POST', '/api/auth/login', { email: ADMIN.email, password, code }, {}, at);
  const start = () => send<TotpSecretDto>('POST', '/api/me/totp', { current_password: ADMIN.password });
  const confirm = (code: string) => send<RecoveryCodesDto>('POST', '/api/me/totp/confirm', { code });
  const remove = (code: string, current_password = ADMIN.password) =>
    send('DELETE', '/api/me/totp', { current_password, code });
  const state = async () => (await send<TotpStateDto>('GET', '/api/me/totp')).body;
  const statusOfMe = async (headers: object) => (await send('GET', '/api/me', undefined, headers)).status;
  const actions = async () =>
    (
      await server.query<{ action: string; refused: boolean }>(
        `select action, refused from audit_log where target_type = 'user' order by seq`,
      )
    ).map(({ action, refused }) => (refused ? `${action} refused` : action));

  /** Sets it up, long enough ago for the codes of now and of the next step to be left. */
  async function turnOn(): Promise<{ secret: string; codes: string[] }> {
    const { secret } = (await start()).body;
    const { status, body } = await confirm(codeOf(secret));
    expect(status).toBe(200);
    await server.query('update user_totp set last_step = last_step - 10');
    return { secret, codes: body.recovery_codes };
  }

  it('is asked for once a first code has proved that the app has the secret, and not before', async () => {
    const elsewhere = (await login()).cookie;
    expect((await start()).status).toBe(201);
    const { uri, secret } = (await start()).body;
    expect(uri).toContain(`secret=${secret}`);
    expect(decodeURIComponent(new URL(uri).pathname)).toBe(`/OpsAgent test:${ADMIN.email}`);
    expect((await login()).status).toBe(200);
    expect(await state()).toEqual({ is_on: false, since: null, recovery_codes_left: 0 });

    expect((await confirm('000000')).body).toMatchObject({ code: 'identity/wrong-code', errors: [{ field: 'code' }] });
    const on = await confirm(codeOf(secret));
    expect(on.body.recovery_codes).toHaveLength(10);
    expect(await state()).toMatchObject({ is_on: true, since: expect.any(String), recovery_codes_left: 10 });
    expect([await statusOfMe(here), await statusOfMe(elsewhere)]).toEqual([200, 401]);
    expect((await send<MeDto>('GET', '/api/me')).body.has_totp).toBe(true);
    expect((await send<UserListDto>('GET', '/api/users')).body.items[0]).toMatchObject({ has_totp: true });
    expect([(await start()).body.code, (await confirm(codeOf(secret, 1))).body.code]).toEqual([
      'identity/totp-on',
      'identity/totp-on',
    ]);
  });

  it('is said to be missing to whoever has the password, and to nobody else', async () => {
    const { secret } = await turnOn();
    const missing = await login();
    expect([missing.status, missing.body.code, missing.cookie.cookie]).toEqual([
      401,
      'identity/second-factor-needed',
      '',
    ]);
    const wrong = await login('000000');
    expect([wrong.status, wrong.body.code, wrong.cookie.cookie]).toEqual([401, 'identity/wrong-second-factor', '']);
    for (const code of [undefined, codeOf(secret)]) {
      const { status, body } = await login(code, 'not the password');
      expect([status, body.code]).toEqual([401, 'identity/wrong-credentials']);
    }
    const right = await login(codeOf(secret));
    expect([right.status, await statusOfMe(right.cookie)]).toEqual([200, 200]);
  });

  it('signs in once with each code, also when two processes are asked at once', async () => {
    const other = await startTestApp({}, server.database);
    try {
      const { secret, codes } = await turnOn();
      const [recovery = ''] = codes;
      for (const code of [codeOf(secret), codeOf(secret, 1), recovery]) {
        const answers = await Promise.all(
          Array.from({ length: 6 }, (_, at) => login(code, ADMIN.password, at % 2 ? server : other)),
        );
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        const refused = answers.filter(({ status }) => status !== 200);
        for (const { body } of refused) expect(body.code).toBe('identity/wrong-second-factor');
      }
      // A code of a step before the last one that was used.
      expect((await login(codeOf(secret))).status).toBe(401);
      expect((await state()).recovery_codes_left).toBe(9);
    } finally {
      await other.close();
    }
  });

  it('leaves nobody signed in without it who signs in while it is switched on', async () => {
    const { secret } = (await start()).body;
    const [on] = await Promise.all([confirm(codeOf(secret)), ...Array.from({ length: 8 }, () => login())]);
    expect(on.status).toBe(200);
    expect(await server.query('select count(*)::int from sign_ins')).toEqual([{ count: 1 }]);
    expect(await statusOfMe(here)).toBe(200);
  });

  it('may be a recovery code, however it is written, until new ones are made', async () => {
    const { secret, codes } = await turnOn();
    const [first = '', second = '', third = ''] = codes;
    expect((await login(first.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect((await login(first)).status).toBe(401);
    const wrong = await send('POST', '/api/me/totp/recovery-codes', { code: '000000' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'identity/wrong-code']);
    const renewed = await send<RecoveryCodesDto>('POST', '/api/me/totp/recovery-codes', { code: codeOf(secret) });
    expect(renewed.body.recovery_codes).toHaveLength(10);
    expect((await login(second)).status).toBe(401);
    expect((await login(renewed.body.recovery_codes[0])).status).toBe(200);
    expect((await remove(third)).status).toBe(400);
    expect(await actions()).toEqual(
      expect.arrayContaining(['user.use_recovery_code', 'user.renew_recovery_codes', 'user.disable_totp refused']),
    );
  });

  it('is switched off with the password and a code together', async () => {
    const { secret } = await turnOn();
    const bad = await send('POST', '/api/me/totp', { current_password: 'not the password' });
    expect([bad.status, bad.body.errors?.[0]?.field]).toEqual([400, 'current_password']);
    expect((await remove(codeOf(secret), 'not the password')).body.code).toBe('identity/wrong-password');
    expect((await remove('000000')).body.code).toBe('identity/wrong-code');
    expect((await login()).status).toBe(401);
    expect((await remove(codeOf(secret))).status).toBe(204);
    expect((await login()).status).toBe(200);
    expect((await remove(codeOf(secret, 1))).body.code).toBe('identity/totp-off');
    expect((await actions()).filter((action) => /totp/.test(action))).toEqual([
      'user.start_totp',
      'user.enable_totp',
      'user.start_totp refused',
      'user.disable_totp refused',
      'user.disable_totp refused',
      'user.disable_totp',
    ]);
    expect(await server.query('select user_id from user_recovery_codes')).toEqual([]);
  });

  it('is guessed at twenty times at most, wherever it is asked for', async () => {
    await turnOn();
    for (let at = 0; at < 19; at += 1)
      expect((await send('POST', '/api/me/totp/recovery-codes', { code: '000000' })).status).toBe(400);
    expect((await login('000000')).status).toBe(401);
    const refused = [await login('000000'), await remove('000000')];
    for (const { status, body } of refused) expect([status, body.code]).toEqual([429, 'identity/too-many-sign-ins']);
  });

  it('is counted among the attempts to sign in', async () => {
    const { secret } = await turnOn();
    for (let at = 0; at < 5; at += 1) {
      expect((await login()).body.code).toBe('identity/second-factor-needed');
      expect((await login('000000')).body.code).toBe('identity/wrong-second-factor');
    }
    expect((await login(codeOf(secret))).status).toBe(429);
    expect(await actions()).toContain('auth.sign_in refused');
  });

  it('outlives a new password and an invitation, which then does not sign in by itself', async () => {
    const { secret } = await turnOn();
    const [{ id } = { id: '' }] = (await send<UserListDto>('GET', '/api/users')).body.items;
    const { invitation } = (await send<InvitedUserDto>('POST', `/api/users/${id}/invitation`)).body;
    const password = 'another long password';
    const accepted = await send('POST', '/api/auth/invitation', { invitation, password }, {});
    expect([accepted.status, accepted.cookie.cookie]).toEqual([200, '']);
    expect((await login(undefined, password)).body.code).toBe('identity/second-factor-needed');
    here = (await login(codeOf(secret), password)).cookie;
    const change = { current_password: password, password: ADMIN.password };
    expect((await send('PUT', '/api/me/password', change)).status).toBe(204);
    expect((await login()).body.code).toBe('identity/second-factor-needed');
    expect((await login(codeOf(secret, 1))).status).toBe(200);
  });

  it('is taken away by an administrator, also by the command, and by nobody else', async () => {
    await turnOn();
    const [{ id } = { id: '' }] = (await send<UserListDto>('GET', '/api/users')).body.items;
    const reset = async (headers: object) => (await send('DELETE', `/api/users/${id}/totp`, undefined, headers)).status;
    for (const role of ['viewer', 'approver', 'auditor'] as const)
      expect(await reset((await aUser(server, role)).headers)).toBe(403);
    expect((await send('DELETE', `/api/users/${crypto.randomUUID()}/totp`)).status).toBe(404);

    const args = ['tools/reset-second-factor.ts', '--url', server.url, '--token', ADMIN.token, '--email'];
    const run = (email: string) => promisify(execFile)(process.execPath, [...args, email], { cwd: workspaceRoot() });
    await expect(run('nobody@example.org')).rejects.toMatchObject({ code: 1 });
    expect((await run(ADMIN.email.toUpperCase())).stdout).toMatch(
      /^admin@example\.org signs in with the password alone/,
    );
    expect((await login()).status).toBe(200);
    expect(await reset(server.admin.headers)).toBe(409);
    expect((await actions()).filter((action) => action === 'user.reset_totp')).toHaveLength(1);
    expect(await statusOfMe(here)).toBe(200);
  });

  it('is sealed anew with a new master key, and goes on working', async () => {
    const { secret } = await turnOn();
    const sealedBy = async () =>
      (await server.query<{ id: string }>(`select split_part(secret, ':', 2) id from user_totp`))[0]?.id;
    const before = await sealedBy();
    const { key_id } = (await send<MasterKeyDto>('POST', '/api/master-key/rotation')).body;
    await eventually(async () => (await sealedBy()) === key_id);
    expect(before).not.toBe(key_id);
    expect((await login(codeOf(secret))).status).toBe(200);
  });

  it('shows its secrets once: in no later answer, no log line and no row', async () => {
    const { secret, codes } = await turnOn();
    await login(codes[0]);
    await login('000000');
    const paths = ['/api/me', '/api/me/totp', '/api/users', '/api/audit', '/api/me/sign-ins'];
    const answers = await Promise.all(paths.map(async (path) => (await send('GET', path)).body));
    const rows = await server.query('select * from user_totp, user_recovery_codes, audit_log');
    const said = JSON.stringify([answers, rows]) + server.log.join('\n');
    for (const hidden of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(said).not.toContain(hidden);
  });
});
