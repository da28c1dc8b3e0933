import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { limitConnections } from '../src/platform/http/connection-limits.js';
import { aUser } from './support/a-user.js';
import { Cast } from './support/cast.js';
import { eventually } from './support/eventually.js';
import { RawHttp, statusesIn } from './support/raw-http.js';
import { ADMIN, startTestApp, type TestApp } from './support/test-app.js';

const HOST = 'Host: localhost\r\n';
const CLOSE = `${HOST}Connection: close\r\n`;
const AUTHORISED = `Authorization: Bearer ${ADMIN.token}\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';
const POST_TOKEN = `POST /api/tokens HTTP/1.1\r\n${CLOSE}${AUTHORISED}${JSON_TYPE}`;
const CHUNK = Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`);

describe('a client that is slow on purpose', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    // The same limits in a hurry.
    server = createServer({ connectionsCheckingInterval: 20 }, (request, response) => {
      request.resume().once('end', () => response.end('done'));
    });
    limitConnections(server, { headersTimeout: 200, requestTimeout: 400 });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const trickle = async (beginning: string): Promise<string> => {
    const line = await RawHttp.to(url);
    line.socket.write(beginning);
    await eventually(() => {
      if (!line.isClosed) line.socket.write('a');
      return line.isClosed;
    });
    return line.said;
  };

  it('is cut off while it sends its headers byte by byte', async () => {
    expect(statusesIn(await trickle('GET / HTTP/1.1\r\nX-Slow: '))).toEqual([408]);
  });

  it('is cut off while it sends its body byte by byte', async () => {
    expect(statusesIn(await trickle(`POST / HTTP/1.1\r\n${HOST}Content-Length: 1000000\r\n\r\n`))).toEqual([408]);
  });

  it('is cut off when it says nothing at all', async () => {
    const line = await RawHttp.to(url);
    expect(statusesIn(await line.toEnd())).toEqual([408]);
  });
});

describe('the limits of HTTP', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });

  afterAll(() => server.close());

  const say = (text: string): Promise<string> => RawHttp.say(server.url, text);
  const get = (path: string, headers = ''): Promise<string> => say(`GET ${path} HTTP/1.1\r\n${CLOSE}${headers}\r\n`);

  it('are set at the server itself', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxConnections } = server.app.getHttpServer();
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, maxConnections }).toEqual({
      headersTimeout: 15_000,
      requestTimeout: 300_000,
      keepAliveTimeout: 65_000,
      maxConnections: 10_000,
    });
  });

  it('refuse headers and addresses beyond 16 KB, and take many small ones', async () => {
    expect(statusesIn(await get('/health', `X-Long: ${'a'.repeat(20_000)}\r\n`))).toEqual([431]);
    expect(statusesIn(await get(`/health?${'a'.repeat(20_000)}`))).toEqual([431]);
    expect(statusesIn(await get(`/api/${'a/'.repeat(6_000)}`))).toEqual([404]);
    const many = Array.from({ length: 1500 }, (_, at) => `X-${at}: 1\r\n`).join('');
    // What stands behind the many is not lost.
    expect(statusesIn(await get('/api/me', `${many}${AUTHORISED}`))).toEqual([200]);
  });

  it.each([
    ['both a length and chunks', `${POST_TOKEN}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${POST_TOKEN}Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}  `],
    ['a length that is no number', `${POST_TOKEN}Content-Length: -1\r\n\r\n{}`],
    ['a broken chunk', `${POST_TOKEN}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`],
    ['an unknown transfer encoding', `${POST_TOKEN}Transfer-Encoding: identity, chunked, x\r\n\r\n0\r\n\r\n`],
    ['a blank before the colon', `GET /health HTTP/1.1\r\n${CLOSE}X-A : 1\r\n\r\n`],
    ['a line break inside a header', `GET /health HTTP/1.1\r\n${CLOSE}X-A: 1\rX-B: 2\r\n\r\n`],
    ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no protocol at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('refuse a request with %s', async (_what, text) => {
    expect(statusesIn(await say(text))).toEqual([400]);
  });

  it.each([
    ['TRACE', '/api/me'],
    ['OPTIONS', '*'],
    ['OPTIONS', '/api/me'],
    ['PROPFIND', '/api/me'],
    ['GET', 'http://evil.example/api/me'],
    ['GET', '//evil.example/api/me'],
    ['GET', '/api/../api/me'],
    ['GET', '/api/%2e%2e/api/me'],
    ['GET', '/api/me;x=1'],
    ['GET', '/api%2fme'],
    ['GET', '/api/me%00'],
    ['GET', '/api//me'],
  ])('give %s %s to nobody unknown, in a clear answer', async (method, path) => {
    const said = await say(`${method} ${path} HTTP/1.1\r\n${CLOSE}Accept: application/json\r\n\r\n`);
    expect([400, 401, 404, 405]).toContain(statusesIn(said)[0]);
    expect(said).not.toMatch(/access-control-allow|x-powered-by|^server:/im);
  });

  it('answer requests that were sent without waiting in their order', async () => {
    const many = Array.from({ length: 100 }, (_, at) => `GET /api/no-${at} HTTP/1.1\r\n${HOST}\r\n`).join('');
    const said = await say(`${many}GET /health HTTP/1.1\r\n${CLOSE}\r\n`);
    expect(statusesIn(said)).toEqual([...Array.from({ length: 100 }, () => 404), 200]);
    const order = [...said.matchAll(/There is no GET \/api\/no-(\d+)\./g)].map(([, at]) => Number(at));
    expect(order).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });

  it('cut off a body without end that nobody will read', async () => {
    const chunked = `POST /api/tokens HTTP/1.1\r\n${HOST}${JSON_TYPE}Transfer-Encoding: chunked\r\n`;
    const statuses = [`${chunked}\r\n`, `${chunked}${AUTHORISED}\r\n`].map(async (beginning) => {
      const line = await RawHttp.to(server.url);
      line.socket.write(beginning);
      await line.flood(CHUNK);
      return statusesIn(line.said);
    });
    expect(await Promise.all(statuses)).toEqual([[401], [413]]);
  });

  const token = (body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/api/tokens`, {
      method: 'POST',
      body,
      headers: { ...server.admin.headers, 'content-type': 'application/json', ...headers },
    });

  it('bound what a compressed body becomes, whatever packed it', async () => {
    const large = Buffer.alloc(64 * 1024 * 1024, ' ');
    expect((await token(brotliCompressSync(large), { 'content-encoding': 'br' })).status).toBe(413);
    expect((await token(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await token(gzipSync(gzipSync('{}')), { 'content-encoding': 'gzip, gzip' })).status).toBe(415);
    expect((await token('no gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('take the last of two keys of one name, as JSON in browsers does', async () => {
    const created = await token('{"name":"first","name":"last"}');
    expect([created.status, ((await created.json()) as { name: string }).name]).toEqual([201, 'last']);
  });

  it('leave the server as it was when a client goes away within its body', async () => {
    const before = server.log.length;
    const line = await RawHttp.to(server.url);
    line.socket.write(`${POST_TOKEN}Content-Length: 1000\r\n\r\n{"name":`);
    await new Promise(setImmediate);
    line.socket.destroy();
    await eventually(() => server.log.slice(before).some((entry) => entry.includes('"route":"/api/tokens"')));
    expect(server.log.slice(before).filter((entry) => entry.includes('"level":"error"'))).toEqual([]);
  });
});

describe('who a request comes from', () => {
  const login = (server: TestApp, forwarded: string): Promise<Response> =>
    fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ email: ADMIN.email, password: 'wrong' }),
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded, forwarded: `for=${forwarded}` },
    });
  const guess = async (server: TestApp, addresses: string[]): Promise<number> =>
    (await Promise.all(addresses.map((address) => login(server, address)))).filter(({ status }) => status === 429)
      .length;
  const addressesOf = async (server: TestApp): Promise<string[]> => {
    const rows = await server.query<{ address: string }>(
      "select distinct address from audit_log where action = 'auth.sign_in' and address is not null",
    );
    return rows.map(({ address }) => address);
  };
  const invented = Array.from({ length: 12 }, (_, at) => `198.51.100.${at}`);

  it('is the connection where no proxy is trusted, whatever its headers say', async () => {
    const server = await startTestApp();
    expect(await guess(server, invented)).toBe(2);
    expect(await addressesOf(server)).toEqual(['127.0.0.1']);
    await server.close();
  });

  it('is what the trusted proxy saw, not what the client put before it', async () => {
    const server = await startTestApp({ OPSAGENT_TRUST_PROXY: '1' });
    expect(
      await guess(
        server,
        invented.map((address) => `${address}, 203.0.113.9`),
      ),
    ).toBe(2);
    expect(await addressesOf(server)).toEqual(['203.0.113.9']);
    await server.close();
  });

  const refusedFrom = async (server: TestApp): Promise<string | null | undefined> => {
    const { headers } = await aUser(server, 'viewer');
    const forged = { 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.8', forwarded: 'for=198.51.100.9' };
    expect((await fetch(`${server.url}/api/users`, { headers: { ...headers, ...forged } })).status).toBe(403);
    const find = () =>
      server.query<{ address: string }>("select address from audit_log where action = 'access.refuse'");
    await eventually(async () => (await find()).length > 0, 10_000);
    return (await find())[0]?.address;
  };

  it.each([
    ['the connection', undefined, '127.0.0.1'],
    ['the connection, which is not the trusted proxy', '192.0.2.1', '127.0.0.1'],
    ['what the trusted proxy says', 'loopback', '198.51.100.7'],
  ])('stands in the audit log as %s', async (_what, trusted, address) => {
    const server = await startTestApp({ OPSAGENT_TRUST_PROXY: trusted });
    expect(await refusedFrom(server)).toBe(address);
    await server.close();
  });

  it.each([
    ['which is not trusted', undefined, 403],
    ['which is trusted', 'loopback', 201],
  ])('is one of our own pages as far as a proxy says so %s', async (_what, trusted, status) => {
    const server = await startTestApp({ OPSAGENT_TRUST_PROXY: trusted });
    const cookie = `__Host-opsagent=${await new Cast(server).cookie('admin')}`;
    const proxied = { 'x-forwarded-host': 'ops.example.org', 'x-forwarded-proto': 'https' };
    const headers = { cookie, origin: 'https://ops.example.org', 'content-type': 'application/json', ...proxied };
    const body = JSON.stringify({ name: 'by way of a proxy' });
    const answer = await fetch(`${server.url}/api/apps`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    await server.close();
  });
});
