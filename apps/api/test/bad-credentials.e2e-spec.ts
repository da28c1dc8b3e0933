import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { statusesIn, RawHttp } from './support/raw-http.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const APP_KEY = 'app-AbCdEfGhIjKlMnOpQrStUvWx';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const LATER = 4_102_444_800;
const jwt = (header: object, sign: (text: string) => string, exp = LATER): string => {
  const text = `${part(header)}.${part({ sub: ADMIN.email, role: 'admin', exp })}`;
  return `${text}.${sign(text)}`;
};

const hmac = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('base64url');
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsa = (text: string): string => sign('sha256', Buffer.from(text), own.privateKey).toString('base64url');

describe('credentials that are none', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
  });

  afterAll(() => server.close());

  const status = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(server.url + path, { headers })).status;

  /** The cookie of a browser that has signed in. */
  const signIn = async (): Promise<string> => {
    const login = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ADMIN.email, password: ADMIN.password }),
    });
    return login.headers.get('set-cookie')?.split(';')[0] ?? '';
  };

  it.each([
    ['nothing', ''],
    ['the scheme alone', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['a cut token', `Bearer ${ADMIN.token.slice(0, -1)}`],
    ['a longer token', `Bearer ${ADMIN.token}0`],
    ['another case', `Bearer ${ADMIN.token.toUpperCase()}`],
    ['two tokens', `Bearer ${ADMIN.token} ${ADMIN.token}`],
    ['two tokens with a comma', `Bearer ${ADMIN.token}, Bearer ${ADMIN.token}`],
    ['another scheme', `Token ${ADMIN.token}`],
    ['no scheme', ADMIN.token],
    ['name and password', `Basic ${Buffer.from(`${ADMIN.email}:${ADMIN.password}`).toString('base64')}`],
    ['a signed token without a signature', `Bearer ${jwt({ alg: 'none', typ: 'JWT' }, () => '')}`],
    ['a signed token whose algorithm is None', `Bearer ${jwt({ alg: 'None' }, () => 'x')}`],
    ['a token signed with an empty secret', `Bearer ${jwt({ alg: 'HS256' }, hmac(''))}`],
    ['a token signed with a token', `Bearer ${jwt({ alg: 'HS512', kid: '../../dev/null' }, hmac(ADMIN.token))}`],
    [
      'a token signed with a key of its own',
      `Bearer ${jwt({ alg: 'RS256', jwk: own.publicKey.export({ format: 'jwk' }) }, rsa)}`,
    ],
    ['a signed token past its end', `Bearer ${jwt({ alg: 'HS256' }, hmac(''), 1)}`],
    ['the token behind another one', `Bearer x${ADMIN.token}`],
    ['a token in quotes', `Bearer "${ADMIN.token}"`],
    ['a token with a blank in it', `Bearer ${ADMIN.token.slice(0, 8)} ${ADMIN.token.slice(8)}`],
    ['a token with SQL', `Bearer ' or '1'='1`],
    ['a token with SQL and no blank', `Bearer ops-'||(select/**/token_hash/**/from/**/user_tokens)||'`],
    ['a token as long as headers may be', `Bearer ops-${'a'.repeat(14_000)}`],
    ['bytes that are no text', 'Bearer ops-\xff\xfe'],
    ['the hash that is stored', 'Bearer \\x00'],
  ])('are refused: %s', async (_what, authorization) => {
    for (const path of ['/api/me', '/api/llm-configs', '/api/tokens'])
      expect(await status(path, { authorization })).toBe(401);
    for (const path of ['/v1/info', '/v1/parameters']) expect(await status(path, { authorization })).toBe(401);
  });

  it.each([
    ['bearer ', ''],
    ['BEARER ', ''],
    ['Bearer    ', ''],
    ['  Bearer ', '  '],
  ])('are not made by how the scheme is written: %j', async (before, after) => {
    expect(await status('/api/me', { authorization: `${before}${ADMIN.token}${after}` })).toBe(200);
    expect(await status('/v1/info', { authorization: `${before}${APP_KEY}${after}` })).toBe(200);
  });

  it('are refused before they are read where they are longer than headers may be', async () => {
    for (const path of ['/api/me', '/v1/info']) {
      const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ops-${'a'.repeat(100_000)}\r\n\r\n`;
      expect(statusesIn(await RawHttp.say(server.url, head))).toEqual([431]);
    }
  });

  it.each(['', 'x', "' or 1=1 --", 'a'.repeat(43), 'a'.repeat(10_000), '%00', '=', `"${'a'.repeat(43)}"`])(
    'are refused as a cookie: %s',
    async (value) => {
      for (const name of ['__Host-opsagent', 'opsagent'])
        expect(await status('/api/me', { cookie: `${name}=${value}` })).toBe(401);
    },
  );

  it('are refused where one of another wire is sent', async () => {
    expect(await status('/api/me', { authorization: `Bearer ${APP_KEY}` })).toBe(401);
    expect(await status('/v1/info', { authorization: `Bearer ${ADMIN.token}` })).toBe(401);
    // Also after they have proved good on their own wire.
    expect(await status('/api/me', { authorization: `Bearer ${ADMIN.token}` })).toBe(200);
    expect(await status('/api/me', { cookie: `__Host-opsagent=${ADMIN.token}` })).toBe(401);
    const [secret = ''] = /(?<==)[^;]+/.exec(await signIn()) ?? [];
    expect(await status('/api/me', { cookie: `__Host-opsagent=${secret}` })).toBe(200);
    expect(await status('/api/me', { authorization: `Bearer ${secret}` })).toBe(401);
  });

  it('never fall back to a cookie that holds', async () => {
    const cookie = await signIn();
    expect(await status('/api/me', { cookie })).toBe(200);
    expect(await status('/api/me', { cookie, authorization: 'Bearer x' })).toBe(401);
  });

  it.each([
    { email: ['admin@example.org'], password: ADMIN.password },
    { email: { $ne: '' }, password: { $ne: '' } },
    { email: ADMIN.email, password: [ADMIN.password] },
    { email: ADMIN.email, password: true },
    { email: ADMIN.email, password: null },
    { email: ADMIN.email },
    { email: 7, password: 7 },
    { email: ADMIN.email, password: 'x'.repeat(100_000) },
    { email: 'a'.repeat(100_000), password: 'x' },
    { email: ADMIN.email, password: 'a\u0000b' },
    { email: ADMIN.email, password: ADMIN.password, code: 123456 },
    { email: ADMIN.email, password: ADMIN.password, role: 'admin' },
    { __proto__: { email: ADMIN.email }, password: ADMIN.password },
    [{ email: ADMIN.email, password: ADMIN.password }],
    null,
    'admin',
  ])('are refused at sign-in for their type or length: %j', async (body) => {
    const response = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('take as long to refuse for an account that does not exist as for one that does', async () => {
    const timed = async (email: string): Promise<number> => {
      const from = performance.now();
      const response = await fetch(`${server.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'wrong password' }),
      });
      expect(response.status).toBe(401);
      await response.arrayBuffer();
      return performance.now() - from;
    };
    await timed('warm@example.org');
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let at = 0; at < 8; at += 1) {
      known.push(await timed(ADMIN.email));
      unknown.push(await timed(`nobody-${at}@example.org`));
    }
    // The quickest of several: what else the machine does only makes them slower. A hash takes 20 ms and more, all else a few.
    const [quickest, other] = [Math.min(...known), Math.min(...unknown)];
    expect(Math.abs(quickest - other)).toBeLessThan(Math.max(quickest, other) / 2);
  });
});
