import type {
  AppListDto,
  CreatedAppKeyDto,
  CreatedTokenDto,
  InvitedUserDto,
  RecoveryCodesDto,
  TotpSecretDto,
} from '@opsagent/contracts';
import { Secret } from 'otpauth';
import {
  CLIENT,
  type IdentityProvider,
  startIdentityProvider,
} from '../../../tools/identity-provider/identity-provider.ts';
import { StartupNotes } from '../src/platform/config/startup-notes.js';
import { codeOf } from './support/authenticator.js';
import { bearer } from './support/cast.js';
import { leaksOf } from './support/leaks.js';
import { browserOf, callbackFor, PUBLIC, signIn } from './support/oidc-journey.js';
import { OPERATIONS } from './support/operations.js';
import { tableDump } from './support/table-dump.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const PASSWORD = 'canary-password-of-the-admin';

/** Something that came back, and what it shows on purpose, this once. */
interface Heard {
  text: string;
  shows: readonly string[];
}

describe('what people prove themselves by', () => {
  const secrets: Record<string, string> = { password: PASSWORD, 'OIDC client secret': CLIENT.secret };
  const heard: Heard[] = [];
  let provider: IdentityProvider;
  let server: TestApp;
  let cookie: { cookie: string };

  beforeAll(async () => {
    provider = await startIdentityProvider(PUBLIC);
    server = await startTestApp({
      ...{ OPSAGENT_ADMIN_EMAIL: undefined, OPSAGENT_ADMIN_PASSWORD: undefined, OPSAGENT_ADMIN_TOKEN: undefined },
      ...{ OPSAGENT_PUBLIC_URL: PUBLIC, OPSAGENT_OIDC_ISSUER: provider.issuer, OPSAGENT_OIDC_CLIENT_ID: CLIENT.id },
      ...{ OPSAGENT_OIDC_CLIENT_SECRET: CLIENT.secret, OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer' },
    });
    await live();
  }, 30_000);

  afterAll(async () => {
    await server.close();
    await provider.close();
  });

  async function call<T>(
    ...[method, path, body, headers = cookie, shows = []]: [string, string, object?, object?, string[]?]
  ) {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    heard.push({ text: `${method} ${path}: ${JSON.stringify([...response.headers])} ${text}`, shows });
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const [given = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    return { status: response.status, body: (isJson ? JSON.parse(text) : undefined) as T, given };
  }

  /** Plants a secret that the answer to a request shows this once. */
  async function planted<T>(name: string, value: (body: T) => string, ...rest: [string, string, object?]): Promise<T> {
    const { status, body } = await call<T>(rest[0], rest[1], rest[2], cookie, [name]);
    expect([name, status < 300]).toEqual([name, true]);
    secrets[name] = value(body);
    return body;
  }

  const keep = (name: string, given: string): { cookie: string } => {
    secrets[name] = given.slice(given.indexOf('=') + 1);
    return { cookie: given };
  };

  /** Everything is made, used, and used where it does not belong. */
  async function live(): Promise<void> {
    await setUp();
    const { body: apps } = await call<AppListDto>('GET', '/api/apps');
    const keys = `/api/apps/${apps.items[0]?.id}/keys`;
    const key = await planted<CreatedAppKeyDto>('app key', (body) => body.key, 'POST', keys, { name: 'key' });
    await planted<CreatedAppKeyDto>('rotated app key', (body) => body.key, 'POST', `${keys}/${key.id}/rotate`);
    const token = await planted<CreatedTokenDto>('token', (body) => body.token, 'POST', '/api/tokens', {
      ...{ name: 'token', scopes: ['all'] },
    });
    await inviteSomebody();
    await useTwoFactors();
    await signInElsewhere();
    for (const credential of [key.key, token.token, secrets['sign-in'] ?? '', secrets['invitation'] ?? '']) {
      for (const path of ['/api/me', '/v1/info']) await call('GET', path, undefined, bearer(credential));
      await call('GET', '/api/me', undefined, { cookie: `__Host-opsagent=${credential}` });
      await call('POST', '/api/auth/login', { email: ADMIN.email, password: credential }, {});
      await call('POST', '/api/auth/invitation', { invitation: credential, password: 'short' }, {});
    }
    await readAll(bearer(token.token));
  }

  async function setUp(): Promise<void> {
    const notes = server.app.get(StartupNotes).lines.join('\n');
    secrets['set-up code'] = /one-time code ([A-Z2-9-]{14})/.exec(notes)?.[1] ?? '';
    const body = { code: secrets['set-up code'], email: ADMIN.email, password: PASSWORD };
    await call('POST', '/api/setup', { ...body, password: 'short' }, {});
    cookie = keep('sign-in', (await call('POST', '/api/setup', body, {}, ['sign-in'])).given);
    await call('POST', '/api/setup', body, {});
  }

  async function inviteSomebody(): Promise<void> {
    const { invitation } = await planted<InvitedUserDto>(
      'invitation',
      (body) => body.invitation,
      'POST',
      '/api/users',
      {
        ...{ email: 'new@example.org', role: 'operator' },
      },
    );
    const body = { invitation, password: `${PASSWORD}-of-another` };
    const { given } = await call('POST', '/api/auth/invitation', body, {}, ['sign-in of the invited']);
    keep('sign-in of the invited', given);
    await call('POST', '/api/auth/invitation', body, {});
  }

  async function useTwoFactors(): Promise<void> {
    const proof = { current_password: PASSWORD };
    const { secret } = await planted<TotpSecretDto>(
      'TOTP secret',
      (body) => body.secret,
      'POST',
      '/api/me/totp',
      proof,
    );
    secrets['TOTP secret in hex'] = Secret.fromBase32(secret).hex.toLowerCase();
    const code = { code: codeOf(secret) };
    const { body } = await call<RecoveryCodesDto>('POST', '/api/me/totp/confirm', code, cookie, ['used', 'unused']);
    const [used = '', unused = ''] = body.recovery_codes;
    Object.assign(secrets, { used, unused, 'used, plainly': used.replaceAll('-', '').toLowerCase() });
    const login = { email: ADMIN.email, password: PASSWORD };
    await call('POST', '/api/auth/login', { ...login, code: used }, {}, ['second sign-in']).then(({ given }) =>
      keep('second sign-in', given),
    );
    await call('POST', '/api/auth/login', { ...login, code: used }, {});
    await call('DELETE', '/api/me/totp', { current_password: unused, code: unused });
  }

  async function signInElsewhere(): Promise<void> {
    provider.people.set('ann', { email: 'ann@example.org', email_verified: true });
    expect(await signIn(browserOf(server), 'ann')).toBe('/');
    const browser = browserOf(server);
    const callback = await callbackFor(browser, 'ann');
    await browser.send(callback.replace(/code=[^&]+/, 'code=forged'));
  }

  /** Everything that can be read without naming something. */
  async function readAll(headers: object): Promise<void> {
    const plain = OPERATIONS.filter(({ method, path }) => method === 'GET' && !/\{|\/oidc/.test(path));
    for (const { path } of plain) await call('GET', path, undefined, headers);
    await call('GET', '/api/audit?limit=200', undefined, headers);
    for (const format of ['csv', 'json']) await call('GET', `/api/audit/export?format=${format}`, undefined, headers);
    for (const path of ['/openapi.json', '/openapi-3.0.json']) await call('GET', path, undefined, headers);
    await call('POST', '/api/llm-configs/export', { format: 'json' }, headers);
  }

  it('was all planted', () => {
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 8)).toEqual([]);
    expect(Object.keys(secrets)).toHaveLength(15);
  });

  it('is told by no answer but the one that shows it', () => {
    const leaks = heard.flatMap(({ text, shows }) => {
      const others = Object.entries(secrets).filter(([name]) => !shows.some((shown) => name.startsWith(shown)));
      return leaksOf(Object.fromEntries(others), text);
    });
    expect(leaks).toEqual([]);
  });

  it('is in no table of the database', async () => {
    const dump = await tableDump(server);
    expect(dump.length).toBeGreaterThan(20);
    expect(dump.flatMap((row) => leaksOf(secrets, row))).toEqual([]);
  });

  it('is in no line of the log', () => {
    expect(server.log.length).toBeGreaterThan(20);
    expect(server.log.flatMap((line) => leaksOf(secrets, line))).toEqual([]);
  });
});
