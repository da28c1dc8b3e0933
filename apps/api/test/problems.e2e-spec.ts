import { gzipSync } from 'node:zlib';
import { CutLine } from './support/cut-line.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('what every request goes through', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });

  afterAll(() => server.close());

  function send(method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const all = { ...server.admin.headers, ...type, ...headers };
    return fetch(`${server.url}${path}`, { method, headers: all, ...(body === undefined ? {} : { body }) });
  }

  const token = (body: string | Buffer, headers?: Record<string, string>): Promise<Response> =>
    send('POST', '/api/tokens', body, headers);

  it('answers an unknown route with a problem that names the request', async () => {
    const response = await send('GET', '/api/nothing-here?key=secret');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = (await response.json()) as { request_id: string };
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'http/not-found',
      detail: 'There is no GET /api/nothing-here.',
      request_id: expect.stringMatching(UUID),
    });
    expect(response.headers.get('x-request-id')).toBe(problem.request_id);
  });

  it('answers a wrong method with the right ones', async () => {
    const response = await send('PATCH', '/api/tokens/');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
    expect(await response.json()).toMatchObject({ code: 'http/method-not-allowed' });
  });

  it('answers every path with and without a trailing slash, without redirecting', async () => {
    for (const path of ['/health/', '/health/live/', '/api/me/', '/api/tokens/']) {
      const response = await fetch(`${server.url}${path}`, { headers: server.admin.headers, redirect: 'error' });
      expect(response.status).toBe(200);
    }
    expect((await token('{"name":"a"}')).status).toBe(201);
    expect((await send('POST', '/api/tokens/', '{"name":"b"}')).status).toBe(201);
  });

  it.each([
    ['no JSON', '{"name":', 400, 'input/bad-json'],
    ['an empty text as JSON', '""', 400, 'input/invalid'],
    ['a list', '[]', 400, 'input/invalid'],
    ['null', 'null', 400, 'input/invalid'],
    ['a prototype key', '{"name":"a","__proto__":{"admin":true}}', 400, 'input/invalid'],
    ['a constructor key', '{"name":"a","constructor":{"prototype":{}}}', 400, 'input/invalid'],
    ['a hidden prototype key', '{"name":{"__proto__":1}}', 400, 'input/invalid'],
    ['an unknown field', '{"name":"a","colour":"red"}', 400, 'input/invalid'],
    ['a missing field', '{}', 400, 'input/invalid'],
    ['a wrong type', '{"name":7}', 400, 'input/invalid'],
    ['a NUL', '{"name":"a\\u0000b"}', 400, 'input/invalid'],
    ['a deep nest', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'input/invalid'],
    ['more than 1 MB', JSON.stringify({ name: 'x'.repeat(1024 * 1024) }), 413, 'input/too-large'],
  ])('refuses a body with %s', async (_what, body, status, code) => {
    const response = await token(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code, request_id: expect.stringMatching(UUID) });
  });

  it.each([
    ['text/plain', '{"name":"a"}'],
    ['application/x-www-form-urlencoded', 'name=a'],
    ['application/json; charset=koi8-r', '{"name":"a"}'],
    ['application/jsonp', '{"name":"a"}'],
  ])('refuses a body sent as %s', async (type, body) => {
    const response = await token(body, { 'content-type': type });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'input/unsupported-media' });
  });

  it('reads compressed bodies, but no bombs', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    expect((await token(gzipSync('{"name":"packed"}'), gzip)).status).toBe(201);
    expect((await token(gzipSync(JSON.stringify({ name: 'x'.repeat(9_000_000) })), gzip)).status).toBe(413);
  });

  it('names the fields it refuses', async () => {
    const response = await token('{"name":""}');
    expect(await response.json()).toMatchObject({
      detail: 'name must be longer than or equal to 1 characters',
      errors: [{ field: 'name', message: 'name must be longer than or equal to 1 characters' }],
    });
  });

  it('refuses ids that are none, and paths it cannot decode', async () => {
    const id = await send('DELETE', '/api/tokens/not-an-id');
    expect(id.status).toBe(400);
    expect(await id.json()).toMatchObject({ errors: [{ field: 'id', message: 'id must be a UUID' }] });
    const path = await send('GET', '/api/llm-configs/%E0%A4%A');
    expect(path.status).toBe(400);
    expect(path.headers.get('content-type')).toContain('application/problem+json');
  });

  it('never reads the body of a GET', async () => {
    const response = await send('GET', '/api/me', undefined, { 'content-type': 'application/json' });
    expect(response.status).toBe(200);
  });

  it('protects pages and API by headers, and tells nobody what it is made of', async () => {
    const { headers } = await send('GET', '/api/me');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('trusted-types angular dompurify');
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(policy).toContain("default-src 'none'");
    expect(headers.get('permissions-policy')).toContain('microphone=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('lets no page of another site read what it answers', async () => {
    const origin = { origin: 'https://evil.example' };
    const preflight = { ...origin, 'access-control-request-method': 'DELETE' };
    for (const response of [
      await send('GET', '/api/me', undefined, origin),
      await send('OPTIONS', '/api/me', undefined, preflight),
    ])
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('keeps the chat path free of everything that only pages need', async () => {
    const { headers } = await fetch(`${server.url}/v1/info`);
    for (const name of ['content-security-policy', 'x-powered-by', 'x-request-id', 'etag', 'content-encoding'])
      expect(headers.get(name)).toBeNull();
  });

  it('compresses what is long', async () => {
    const response = await send('GET', '/openapi.json', undefined, { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  it('logs every request with its route and never with its query', async () => {
    const response = await send('GET', '/api/llm-configs?search=very-secret');
    const id = response.headers.get('x-request-id');
    await response.text();
    const deadline = Date.now() + 2_000;
    const line = (): string | undefined => server.log.find((text) => text.includes(String(id)));
    while (line() === undefined && Date.now() < deadline) await new Promise(setImmediate);
    expect(JSON.parse(line() ?? '{}')).toMatchObject({
      level: 'info',
      msg: 'answered',
      method: 'GET',
      route: '/api/llm-configs',
      status: 200,
      ms: expect.any(Number),
    });
    expect(server.log.join('')).not.toContain('very-secret');
  });

  it('logs what Dify clients ask for, but not every answer of a chat', async () => {
    await fetch(`${server.url}/v1/info`);
    await fetch(`${server.url}/v1/chat-messages`, { method: 'POST' });
    const deadline = Date.now() + 2_000;
    const has = (path: string): boolean => server.log.some((text) => text.includes(`"route":"${path}"`));
    while (!has('/v1/info') && Date.now() < deadline) await new Promise(setImmediate);
    expect([has('/v1/info'), has('/v1/chat-messages')]).toEqual([true, false]);
  });

  it('does not log those who only watch its health', async () => {
    await fetch(`${server.url}/health/ready`);
    expect(server.log.join('')).not.toContain('/health');
  });
});

describe('a server that is reached over HTTPS', () => {
  it('tells browsers to come no other way, for as long as its operator says', async () => {
    const server = await startTestApp({ OPSAGENT_HSTS: '86400', OPSAGENT_TRUST_PROXY: 'loopback' });
    const over = async (scheme: string): Promise<Headers> =>
      (
        await fetch(`${server.url}/health`, {
          headers: { 'x-forwarded-proto': scheme, 'x-forwarded-host': 'ops.example.org' },
        })
      ).headers;
    const [https, http] = [await over('https'), await over('http')];
    expect(https.get('strict-transport-security')).toBe('max-age=86400');
    expect(https.get('cross-origin-opener-policy')).toBe('same-origin');
    // Browsers complain about these where they do not trust the transport.
    expect(http.get('strict-transport-security')).toBeNull();
    expect(http.get('cross-origin-opener-policy')).toBeNull();
    await server.close();
  });
});

describe('a server whose database goes away', () => {
  let database: TestDatabase;
  let line: CutLine;
  let server: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    line = await CutLine.to(database);
    server = await startTestApp({}, line.over(database));
  });

  afterAll(async () => {
    await server.close();
    line.cut();
    await database.drop();
  });

  it('lives, is not ready, says 503 rather than 401 or 500, and is back with it', async () => {
    const get = (path: string, headers = {}): Promise<Response> => fetch(`${server.url}${path}`, { headers });
    const strange = { authorization: 'Bearer ops-some-token-that-must-be-looked-up' };
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/api/me', strange)).status).toBe(401);

    line.cut();
    expect((await get('/health')).status).toBe(200);
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ code: 'http/unavailable' });
    const me = await get('/api/me', strange);
    expect(me.status).toBe(503);
    expect(me.headers.get('retry-after')).toBe('2');

    await line.mend();
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/api/me', strange)).status).toBe(401);
  });
});
