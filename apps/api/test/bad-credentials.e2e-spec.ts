import { createHmac } from 'node:crypto';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const APP_KEY = 'app-AbCdEfGhIjKlMnOpQrStUvWx';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (header: object, sign: (text: string) => string): string => {
  const text = `${part(header)}.${part({ sub: ADMIN.email, role: 'admin', exp: 4_102_444_800 })}`;
  return `${text}.${sign(text)}`;
};

describe('credentials that are none', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
  });

  afterAll(() => server.close());

  const status = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(server.url + path, { headers })).status;

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
    [
      'a signed token of our own making',
      `Bearer ${jwt({ alg: 'HS256' }, (text) => createHmac('sha256', '').update(text).digest('base64url'))}`,
    ],
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
    expect(await status('/api/me', { cookie: `__Host-opsagent=${ADMIN.token}` })).toBe(401);
  });

  it('never fall back to a cookie that holds', async () => {
    const login = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ADMIN.email, password: ADMIN.password }),
    });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
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
