import type { InvitedUserDto, ProblemDto, UserDetailsDto } from '@opsagent/contracts';
import {
  CLIENT,
  type IdentityProvider,
  startIdentityProvider,
} from '../../../tools/identity-provider/identity-provider.ts';
import { aUser } from './support/a-user.js';
import type { FetchBrowser } from './support/fetch-browser.js';
import { browserOf, callbackFor, endOf, me, PUBLIC, signIn, startOf } from './support/oidc-journey.js';
import { ADMIN, startTestApp, type TestApp, type TestSettings } from './support/test-app.js';

let provider: IdentityProvider;

function start(more: TestSettings = {}): Promise<TestApp> {
  return startTestApp({
    OPSAGENT_PUBLIC_URL: PUBLIC,
    OPSAGENT_OIDC_ISSUER: provider.issuer,
    OPSAGENT_OIDC_CLIENT_ID: CLIENT.id,
    OPSAGENT_OIDC_CLIENT_SECRET: CLIENT.secret,
    OPSAGENT_OIDC_NAME: 'Corp ID',
    OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer',
    OPSAGENT_OIDC_ROLE_CLAIM: 'groups',
    OPSAGENT_OIDC_ROLES: 'ops-admins=admin,ops=operator',
    ...more,
  });
}

const verified = (email: string, groups: string[] = []) => ({ email, email_verified: true, groups });

async function send<T>(server: TestApp, method: string, path: string, body: object): Promise<T> {
  const headers = { ...server.admin.headers, 'content-type': 'application/json' };
  const response = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
  return (await response.json()) as T;
}

const login = (browser: FetchBrowser, email: string, password: string): Promise<Response> =>
  browser.send(`${PUBLIC}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });

/** A user with a password, as the invitation makes one. */
async function withPassword(server: TestApp, email: string, role = 'operator'): Promise<string> {
  const { id, invitation } = await send<{ id: string; invitation: string }>(server, 'POST', '/api/users', {
    email,
    role,
  });
  await send(server, 'POST', '/api/auth/invitation', { invitation, password: ADMIN.password });
  return id;
}

beforeAll(async () => {
  provider = await startIdentityProvider(PUBLIC);
});

afterAll(() => provider.close());

describe('signing in by OpenID Connect', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await start();
  });

  afterAll(() => server.close());

  it('signs somebody new in, who is the same user ever after, whatever the address becomes', async () => {
    provider.people.set('ann', verified('ann@example.org'));
    const browser = browserOf(server);
    expect(await signIn(browser, 'ann', '/sessions?q=disk#end')).toBe('/sessions?q=disk#end');
    expect(await me(browser)).toMatchObject({ email: 'ann@example.org', role: 'viewer' });
    provider.people.set('ann', { email: ADMIN.email, email_verified: false });
    const again = browserOf(server);
    expect(await signIn(again, 'ann')).toBe('/');
    expect(await me(again)).toEqual(await me(browser));
  });

  it('keeps what the browser has to bring back sealed, short-lived and out of reach of scripts', async () => {
    const response = await browserOf(server).send(startOf());
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-opsagent-oidc-flow=v1:/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=600'])
      expect(cookie).toContain(attribute);
    const sent = new URL(endOf(response)).searchParams;
    expect(Object.fromEntries(sent)).toMatchObject({
      redirect_uri: `${PUBLIC}/api/auth/oidc/callback`,
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    });
    expect(cookie).not.toContain(sent.get('state'));
  });

  it('gives the same sign-in as a password does, and writes it down', async () => {
    provider.people.set('eve', verified('eve@example.org'));
    const browser = browserOf(server);
    const response = await browser.send(await callbackFor(browser, 'eve'));
    const cookies = response.headers.getSetCookie();
    expect(cookies.find((line) => line.startsWith('__Host-opsagent='))).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    expect([...browser.cookies(PUBLIC).keys()]).toEqual(['__Host-opsagent']);
    const rows = await server.query<{ action: string; after: object }>(
      "select action, after from audit_log where target_name = 'eve@example.org' order by seq",
    );
    expect(rows).toEqual([
      { action: 'user.create', after: { email: 'eve@example.org', role: 'viewer' } },
      { action: 'user.link_identity', after: { issuer: provider.issuer, subject: 'eve' } },
      { action: 'auth.sign_in', after: { issuer: provider.issuer } },
    ]);
  });

  it('calls somebody new what the provider calls them, where that is a name', async () => {
    const nameOf = async (login: string, name: unknown): Promise<unknown> => {
      provider.people.set(login, { ...verified(`${login}@example.org`), name });
      const browser = browserOf(server);
      await signIn(browser, login);
      return (await me(browser))?.name;
    };
    expect(await nameOf('li-an', ' 李安 ')).toBe('李安');
    expect(await nameOf('crooked', 'admin\u202egro.elpmaxe')).toBeNull();
    expect(await nameOf('endless', 'x'.repeat(81))).toBeNull();
    expect(await nameOf('listed', ['Ann'])).toBeNull();
  });

  it('tells the sign-in page the name of the provider', async () => {
    const response = await fetch(`${server.url}/api/setup`);
    expect(await response.json()).toMatchObject({ oidc_name: 'Corp ID' });
  });

  it('opens nothing but a page of its own afterwards', async () => {
    const elsewhere = ['https://evil.example', '//evil.example', '/\\evil.example', '/.//evil.example', 'javascript:1'];
    for (const asked of elsewhere) {
      const end = new URL(await signIn(browserOf(server), 'ann', asked), PUBLIC);
      expect([asked, end.origin]).toEqual([asked, PUBLIC]);
    }
  });

  it('makes one account of one person who signs in twice at the same time', async () => {
    provider.people.set('twin', verified('twin@example.org'));
    const browsers = [browserOf(server), browserOf(server), browserOf(server)];
    const callbacks = await Promise.all(browsers.map((browser) => callbackFor(browser, 'twin')));
    const answers = browsers.map(async (browser, at) => endOf(await browser.send(callbacks[at] ?? '')));
    expect(await Promise.all(answers)).toEqual(['/', '/', '/']);
    const ids = new Set(await Promise.all(browsers.map(async (browser) => (await me(browser))?.id)));
    expect(ids.size).toBe(1);
  });

  it('takes the role from the claim at every sign-in', async () => {
    const roleOf = async (groups: string[]): Promise<string | undefined> => {
      provider.people.set('bob', verified('bob@example.org', groups));
      const browser = browserOf(server);
      await signIn(browser, 'bob');
      return (await me(browser))?.role;
    };
    expect(await roleOf(['staff', 'ops', 'ops-admins'])).toBe('admin');
    expect(await roleOf(['ops'])).toBe('operator');
    expect(await roleOf(['staff'])).toBe('viewer');
  });

  it('keeps the last administrator, even against the claim', async () => {
    provider.people.set('root', verified(ADMIN.email, ['ops']));
    const browser = browserOf(server);
    await signIn(browser, 'root');
    await login(browser, ADMIN.email, ADMIN.password);
    expect(await signIn(browserOf(server), 'root')).toBe('/');
    expect(await me(browser)).toMatchObject({ email: ADMIN.email, role: 'admin' });
  });

  it('lets nobody in whose address is missing, unverified or only looks like an address', async () => {
    provider.people.set('no-mail', { groups: ['ops-admins'] });
    provider.people.set('unproven', { email: 'cfo@example.org', email_verified: false });
    provider.people.set('text', { email: 'cfo@example.org', email_verified: 'true' });
    // The Kelvin sign folds onto k.
    provider.people.set('kelvin', verified('\u212Aelly@example.org'));
    expect(await signIn(browserOf(server), 'no-mail')).toBe('/login?oidc=no_email');
    expect(await signIn(browserOf(server), 'unproven')).toBe('/login?oidc=email_unverified');
    expect(await signIn(browserOf(server), 'text')).toBe('/login?oidc=email_unverified');
    expect(await signIn(browserOf(server), 'kelvin')).toBe('/login?oidc=no_email');
    const [row] = await server.query('select count(*)::int n from users where email ~* $1', ['cfo|elly']);
    expect(row).toEqual({ n: 0 });
  });

  it('gives a verified address no account that has a password, until its owner has signed in with that', async () => {
    await withPassword(server, 'owner@example.org');
    provider.people.set('owner', verified('Owner@example.org'));
    const browser = browserOf(server);
    expect(await signIn(browser, 'owner', '/sessions')).toBe('/login?oidc=link&return=%2Fsessions');
    expect(await me(browser)).toBeNull();
    expect((await login(browser, ADMIN.email, ADMIN.password)).status).toBe(200);
    expect(await signIn(browserOf(server), 'owner')).toBe('/login?oidc=link');

    await signIn(browser, 'owner');
    expect((await login(browser, 'owner@example.org', ADMIN.password)).status).toBe(200);
    const later = browserOf(server);
    expect(await signIn(later, 'owner')).toBe('/');
    expect(await me(later)).toMatchObject({ email: 'owner@example.org', role: 'operator' });
  });

  it('gives nobody an account by an address that belonged to somebody else before', async () => {
    provider.people.set('heir', verified('owner@example.org'));
    expect(await signIn(browserOf(server), 'heir')).toBe('/login?oidc=not_allowed');
    provider.people.set('heir-of-ann', verified('ann@example.org'));
    expect(await signIn(browserOf(server), 'heir-of-ann')).toBe('/login?oidc=not_allowed');
  });

  it('lets an invited person in by the provider instead of a password, with the role they were invited for', async () => {
    const { id, invitation } = await send<{ id: string; invitation: string }>(server, 'POST', '/api/users', {
      ...{ email: 'guest@example.org', role: 'approver' },
    });
    provider.people.set('guest', verified('guest@example.org'));
    const browser = browserOf(server);
    expect(await signIn(browser, 'guest')).toBe('/');
    expect(await me(browser)).toMatchObject({ id, email: 'guest@example.org', role: 'approver' });
    const used = await fetch(`${server.url}/api/auth/invitation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invitation, password: ADMIN.password }),
    });
    expect(used.status).toBe(400);
  });

  it('keeps out whoever is switched off', async () => {
    provider.people.set('off', verified('off@example.org'));
    const browser = browserOf(server);
    await signIn(browser, 'off');
    const user = await me(browser);
    await send(server, 'PATCH', `/api/users/${user?.id}`, { is_active: false });
    expect(await signIn(browserOf(server), 'off')).toBe('/login?oidc=not_allowed');
    expect(await me(browser)).toBeNull();
  });

  it('goes back to the sign-in page when the person turns back at the provider', async () => {
    const browser = browserOf(server);
    const page = await browser.follow(startOf('/audit'), () => false);
    const html = (await page.response?.text()) ?? '';
    const abort = /href="([^"]+\/abort)"/.exec(html)?.[1] ?? '';
    const { url } = await browser.follow(new URL(abort, page.url).href, ({ origin }) => origin === PUBLIC);
    expect(endOf(await browser.send(url.href))).toBe('/login?oidc=cancelled&return=%2Faudit');
  });

  it('takes an answer of the provider once, in the browser that asked, and with its state', async () => {
    const browser = browserOf(server);
    const callback = await callbackFor(browser, 'ann');
    expect(endOf(await browserOf(server).send(callback))).toBe('/login?oidc=expired');
    const cookie = [...browser.cookies(PUBLIC)].map((pair) => pair.join('=')).join('; ');
    expect(endOf(await browser.send(callback))).toBe('/');
    expect(endOf(await browser.send(callback))).toBe('/login?oidc=expired');
    // Even whoever copied the cookie: the code is used up.
    const replay = await fetch(server.url + new URL(callback).pathname + new URL(callback).search, {
      ...{ headers: { cookie }, redirect: 'manual' },
    });
    expect(endOf(replay)).toBe('/login?oidc=refused');

    const other = browserOf(server);
    const forged = new URL(await callbackFor(other, 'ann'));
    forged.searchParams.set('state', 'of-somebody-else');
    expect(endOf(await other.send(forged.href))).toBe('/login?oidc=expired');
  });

  it('writes refused ones down', async () => {
    provider.people.set('stranger', { email: 'stranger@example.org', email_verified: false });
    const fresh = await start();
    await signIn(browserOf(fresh), 'stranger');
    const rows = await fresh.query("select action, target_name, refused from audit_log where action = 'auth.sign_in'");
    expect(rows).toEqual([{ action: 'auth.sign_in', target_name: 'stranger@example.org', refused: true }]);
    await fresh.close();
  });

  it('counts attempts by address as it does for passwords', async () => {
    const fresh = await start();
    const callback = `${fresh.url}/api/auth/oidc/callback?state=guessed&code=guessed`;
    const ends = new Set<string>();
    for (let attempt = 0; attempt <= 100; attempt += 1) ends.add(endOf(await fetch(callback, { redirect: 'manual' })));
    expect([...ends]).toEqual(['/login?oidc=expired', '/login?oidc=too_many']);
    await fresh.close();
  });
});

describe('the link to the provider', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await start();
  });

  afterAll(() => server.close());

  const ask = (browser: FetchBrowser, method: string, path: string) => browser.send(`${PUBLIC}/api${path}`, { method });
  const identitiesOf = async (id: string | undefined) => {
    const response = await fetch(`${server.url}/api/users/${id}`, { headers: server.admin.headers });
    return ((await response.json()) as UserDetailsDto).identities;
  };

  it('is shown, and let go of by its owner where a password signs them in as well', async () => {
    const id = await withPassword(server, 'both@example.org');
    provider.people.set('both', verified('both@example.org'));
    const browser = browserOf(server);
    await signIn(browser, 'both');
    await login(browser, 'both@example.org', ADMIN.password);
    const other = browserOf(server);
    await signIn(other, 'both');
    const linked = { issuer: provider.issuer, name: 'Corp ID', linked_at: expect.any(String) };
    expect(await (await ask(browser, 'GET', '/me/identities')).json()).toEqual({ items: [linked], total: 1 });
    expect(await identitiesOf(id)).toEqual([linked]);
    expect((await ask(browser, 'DELETE', '/me/identities')).status).toBe(204);
    expect(await me(browser)).toMatchObject({ email: 'both@example.org' });
    expect(await me(other)).toBeNull();
    expect(await signIn(browserOf(server), 'both')).toBe('/login?oidc=link');
    expect((await ask(browser, 'DELETE', '/me/identities')).status).toBe(404);
  });

  it('stays where it is the only way in, until an administrator lets go of it, which ends what it had opened', async () => {
    provider.people.set('sole', verified('sole@example.org'));
    const browser = browserOf(server);
    await signIn(browser, 'sole');
    const id = (await me(browser))?.id;
    const refused = await ask(browser, 'DELETE', '/me/identities');
    expect([refused.status, ((await refused.json()) as ProblemDto).code]).toEqual([409, 'identity/only-way-in']);
    const unlink = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/users/${id}/identities`, { method: 'DELETE', headers });
    expect((await unlink((await aUser(server, 'approver')).headers)).status).toBe(403);
    expect((await unlink(server.admin.headers)).status).toBe(204);
    expect(await me(browser)).toBeNull();
    expect(await identitiesOf(id)).toEqual([]);
    expect(await signIn(browserOf(server), 'sole')).toBe('/login?oidc=not_allowed');
    const [entry] = await server.query(
      "select before from audit_log where action = 'user.unlink_identity' and target_id = $1",
      [id],
    );
    expect(entry).toEqual({ before: { identities: [{ issuer: provider.issuer, subject: 'sole' }] } });
  });
});

describe('with passwords switched off', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await start({ OPSAGENT_PASSWORD_SIGN_IN: 'off' });
  });

  afterAll(() => server.close());

  it('lets nobody in by one, however they try, and tells the sign-in page', async () => {
    const { id, invitation } = await send<InvitedUserDto>(server, 'POST', '/api/users', {
      ...{ email: 'by-invitation@example.org', role: 'viewer' },
    });
    const attempts: [string, string, object, object][] = [
      ['POST', '/api/auth/login', { email: ADMIN.email, password: ADMIN.password }, {}],
      ['POST', '/api/auth/login', { email: ADMIN.email, password: 'not the password' }, {}],
      ['POST', '/api/auth/invitation', { invitation, password: ADMIN.password }, {}],
      ['PUT', '/api/me/password', { current_password: 'x', password: ADMIN.password }, server.admin.headers],
    ];
    for (const [method, path, body, headers] of attempts) {
      const response = await fetch(server.url + path, {
        ...{ method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) },
      });
      expect([path, response.status, ((await response.json()) as ProblemDto).code]).toEqual([
        ...[path, 403, 'identity/password-sign-in-off'],
      ]);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    expect(await (await fetch(`${server.url}/api/setup`)).json()).toMatchObject({ password_sign_in: false });
    provider.people.set('by-invitation', verified('by-invitation@example.org'));
    const browser = browserOf(server);
    expect(await signIn(browser, 'by-invitation')).toBe('/');
    expect(await me(browser)).toMatchObject({ id, role: 'viewer' });
  });

  it('lets somebody with a password in by the provider once an administrator has invited them again', async () => {
    provider.people.set('former', verified(ADMIN.email));
    expect(await signIn(browserOf(server), 'former')).toBe('/login?oidc=not_allowed');
    const [admin] = await server.query<{ id: string }>('select id from users where email = $1', [ADMIN.email]);
    await send(server, 'POST', `/api/users/${admin?.id}/invitation`, {});
    const browser = browserOf(server);
    expect(await signIn(browser, 'former')).toBe('/');
    expect(await me(browser)).toMatchObject({ id: admin?.id, role: 'admin' });
    for (const path of ['/api/me/identities', `/api/users/${admin?.id}/identities`])
      expect((await browser.send(PUBLIC + path, { method: 'DELETE' })).status).toBe(409);
  });
});

describe('without a role for everybody', () => {
  it('lets in those whom a rule names, and nobody else', async () => {
    const server = await start({ OPSAGENT_OIDC_DEFAULT_ROLE: undefined });
    provider.people.set('carl', verified('carl@example.org', ['ops']));
    provider.people.set('dora', verified('dora@example.org'));
    expect(await signIn(browserOf(server), 'carl')).toBe('/');
    expect(await signIn(browserOf(server), 'dora')).toBe('/login?oidc=not_allowed');
    provider.people.set('carl', verified('carl@example.org'));
    expect(await signIn(browserOf(server), 'carl')).toBe('/login?oidc=not_allowed');
    await server.close();
  });
});

describe('when the provider does not answer', () => {
  it('starts, signs in by password, and takes the provider up again once it is there', async () => {
    provider.people.set('gail', verified('gail@example.org'));
    await provider.close();
    const server = await start();
    const browser = browserOf(server);
    expect(endOf(await browser.send(startOf('/sessions')))).toBe('/login?oidc=unreachable&return=%2Fsessions');
    expect((await login(browser, ADMIN.email, ADMIN.password)).status).toBe(200);
    await provider.reopen();
    expect(await signIn(browserOf(server), 'gail')).toBe('/');

    const waiting = browserOf(server);
    const callback = await callbackFor(waiting, 'gail');
    await provider.close();
    expect(endOf(await waiting.send(callback))).toBe('/login?oidc=unreachable');
    await provider.reopen();
    await server.close();
  });
});

describe('without OpenID Connect', () => {
  it('has no such way in', async () => {
    const server = await startTestApp();
    for (const path of ['/api/auth/oidc', '/api/auth/oidc/callback?code=a&state=b']) {
      const response = await fetch(server.url + path, { redirect: 'manual' });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'identity/oidc-off' });
    }
    expect(await (await fetch(`${server.url}/api/setup`)).json()).toMatchObject({ oidc_name: null });
    await server.close();
  });
});
