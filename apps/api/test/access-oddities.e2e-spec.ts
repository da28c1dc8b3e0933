import { aUser } from './support/a-user.js';
import { bearer, Cast } from './support/cast.js';
import { APP_KEY } from './support/dify-server.js';
import { forAll, OF_APPS, OF_USERS, type Operation } from './support/operations.js';
import { type RawAnswer, rawRequest } from './support/raw-request.js';
import { rowDigests } from './support/row-digests.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** Written the way they should be, these are refused; no other way of writing them may get further. */
const GUARDED: readonly Operation[] = [...OF_USERS, ...OF_APPS];
const FOR_ADMINS = OF_USERS.filter(({ access }) => ['users.write', 'apps.write', 'master_key.manage'].includes(access));
const named = (operations: readonly Operation[]) => operations.map((one) => [one.name, one] as const);

/** Ways to write a path that something in between may read as the same one. */
function oddPaths(path: string): string[] {
  const [, wire = '', ...rest] = path.split('/');
  const [last = '', ...front] = [...rest].reverse();
  const before = ['', wire, ...front.reverse()].join('/');
  const hex = (text: string): string => [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('');
  return [
    ...[path.toUpperCase(), `/${wire.toUpperCase()}/${rest.join('/')}`, `${path}/`, `${path}//`, `/${path}`],
    ...[path.replaceAll('/', '//'), `/.${path}`, `/x/..${path}`, `/docs/..${path}`, `/health/../${path}`],
    ...[`/docs/..%2f${path.slice(1)}`, `/docs/..;${path}`, `/%2e${path}`, `/%2e%2e${path}`, `/x/%2e%2e${path}`],
    ...[`${before}/./${last}`, `${before}/x/../${last}`, `${before}%2f${last}`, `${before}%5c${last}`],
    ...[`${before}\\${last}`, `${before}/${hex(last)}`, `/${hex(wire)}/${rest.join('/')}`, `${path}.`, `${path}%2e`],
    ...[`${path};a=b`, `/${wire};a=b/${rest.join('/')}`, `${path}%00`, `${path}\0`, `${path}%0a`, `${path}%20`],
    ...[`${path}.json`, `${path}/..;/health`, `${path}?`, `${path}#`, `${path}%3f`, `${path}%23x`, `${path}/%c0%af`],
    ...[`http://other.example${path}`, `//other.example${path}`, `${path}/${'a'.repeat(9000)}`, `${path}%`],
    ...[`/${wire}/%ef%bc%8f${rest.join('/')}`, `${path}?x=${'a'.repeat(9000)}`, `/health/..${path}`],
  ];
}

const ODD_METHODS = [
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'CONNECT',
  'LOCK',
  'SEARCH',
  'get',
  'GETS',
  'DELETE',
  'PUT',
];

/** Headers by which somebody in between, or another server, would be told another path, method, sender or address. */
const ODD_HEADERS: readonly (readonly string[])[] = [
  ...['/health', '/openapi.json', '/api/setup'].flatMap((path) => [
    ...[
      [`X-Original-URL: ${path}`],
      [`X-Rewrite-URL: ${path}`],
      [`X-Forwarded-Uri: ${path}`],
      [`X-Original-URI: ${path}`],
    ],
  ]),
  ...['X-Forwarded-For', 'X-Real-IP', 'Client-IP', 'True-Client-IP', 'X-Client-IP'].map((name) => [
    `${name}: 127.0.0.1`,
  ]),
  ...[
    ['Forwarded: for=127.0.0.1;host=localhost;proto=https'],
    ['X-Forwarded-Prefix: /health'],
    ['X-Forwarded-Proto: https'],
  ],
  ...[['X-Forwarded-Host: localhost'], ['Host: localhost'], ['Host: evil.example'], ['Host: 127.0.0.1:8000@evil']],
  ...[['X-Forwarded-User: admin@example.org'], ['X-User-Role: admin'], ['X-Authenticated-Userid: 1']],
  ...['GET', 'HEAD', 'OPTIONS'].flatMap((method) => [
    ...[[`X-HTTP-Method-Override: ${method}`], [`X-HTTP-Method: ${method}`], [`X-Method-Override: ${method}`]],
  ]),
  ...[
    ['Authorization: Bearer wrong', 'Authorization: Bearer wronger'],
    ['Authorization:'],
    ['Authorization: Bearer \xff'],
  ],
  ...[
    ['Cookie: __Host-opsagent=wrong; __Host-opsagent=wronger'],
    ['Connection: Authorization'],
    ['Upgrade: websocket'],
  ],
  ...[
    ['Access-Control-Request-Method: GET', 'Origin: https://evil.example'],
    ['Range: bytes=0-10'],
    ['Expect: 200-ok'],
  ],
];

describe('a request that is written oddly', () => {
  let server: TestApp;
  let viewer: string;
  let id: string;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
    viewer = `Authorization: ${(await aUser(server, 'viewer')).headers['authorization']}`;
    const user = await aUser(server, 'operator');
    id = user.id;
  });

  afterAll(() => server.close());

  const pathOf = ({ path }: Operation): string => path.replaceAll(/\{\w+\}/g, id);
  const send = (method: string, path: string, headers: readonly string[] = []): Promise<RawAnswer> =>
    rawRequest(server.url, [`${method} ${path} HTTP/1.1`, ...headers, 'Content-Length: 0']);

  /** Nothing of ours was told, nothing was done, and nothing broke. */
  const isRefused = ({ status }: RawAnswer): boolean => status === 0 || (status >= 400 && status < 500);

  async function complaints<T>(cases: readonly T[], ask: (one: T) => Promise<RawAnswer>, isFine = isRefused) {
    const answers = await forAll(cases, async (one) => ({ one, answer: await ask(one) }));
    return answers
      .filter(({ answer }) => !isFine(answer))
      .map(({ one, answer }) => `${JSON.stringify(one).slice(0, 200)}: ${answer.status} ${answer.body.slice(0, 100)}`);
  }

  it.each(named(GUARDED))('gets nobody further by its path: %s', async (_name, operation) => {
    const paths = oddPaths(pathOf(operation));
    expect(await complaints(paths, (path) => send(operation.method, path))).toEqual([]);
  });

  it.each(named(FOR_ADMINS))('gets a viewer no further by its path: %s', async (_name, operation) => {
    const before = await rowDigests(server);
    const paths = oddPaths(pathOf(operation));
    expect(await complaints(paths, (path) => send(operation.method, path, [viewer]))).toEqual([]);
    expect(usersIn(await rowDigests(server))).toEqual(usersIn(before));
  });

  it.each(named(GUARDED))('gets nobody further by its headers: %s', async (_name, operation) => {
    expect(await complaints(ODD_HEADERS, (headers) => send(operation.method, pathOf(operation), headers))).toEqual([]);
  });

  it.each(named(FOR_ADMINS))('gets a viewer no further by its headers: %s', async (_name, operation) => {
    const headers = ODD_HEADERS.filter(([first]) => !first?.startsWith('Authorization'));
    const asked = (more: readonly string[]) => send(operation.method, pathOf(operation), [viewer, ...more]);
    expect(await complaints(headers, asked)).toEqual([]);
  });

  it('gets nobody further by its method', async () => {
    const cases = GUARDED.flatMap((operation) => ODD_METHODS.map((method) => [method, pathOf(operation)] as const));
    // Dify's front ends ask from other origins, so `/v1` answers what browsers ask beforehand; it tells nothing.
    const isPreflight = ({ status, body }: RawAnswer): boolean => status === 204 && body === '';
    const isFine = (answer: RawAnswer): boolean => isRefused(answer) || isPreflight(answer);
    expect(await complaints(cases, ([method, path]) => send(method, path), isFine)).toEqual([]);
  });

  it('is what its method says, whatever a header says', async () => {
    const { admin } = server;
    const authorization = `Authorization: ${admin.headers.authorization}`;
    for (const header of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
      expect((await send('GET', `/api/users/${id}`, [authorization, `${header}: PATCH`])).status).toBe(200);
  });

  it('never makes the server fail, not for those who may do everything either', async () => {
    const authorization = `Authorization: ${server.admin.headers.authorization}`;
    const cases = OF_USERS.filter(({ method }) => method === 'GET').flatMap((one) => oddPaths(pathOf(one)));
    const isFine = ({ status }: RawAnswer): boolean => status < 500;
    expect(await complaints(cases, (path) => send('GET', path, [authorization]), isFine)).toEqual([]);
    const headers = ODD_HEADERS.filter(([first]) => !first?.startsWith('Authorization'));
    expect(await complaints(headers, (more) => send('GET', '/api/me', [authorization, ...more]), isFine)).toEqual([]);
  });

  it('with two credentials is let through by neither', async () => {
    const cast = new Cast(server);
    const good = `Authorization: ${bearer(await cast.token()).authorization}`;
    const bad = 'Authorization: Bearer wrong';
    const key = `Authorization: Bearer ${APP_KEY}`;
    for (const headers of [
      [good, bad],
      [bad, good],
      [good, good],
      [viewer, good],
    ])
      expect([headers, (await send('GET', '/api/users', headers)).status]).toEqual([headers, 401]);
    for (const headers of [
      [bad, key],
      [good, key],
    ])
      expect([headers, (await send('GET', '/v1/info', headers)).status]).toEqual([headers, 401]);
  });

  it('with a token and a cookie counts as the token, and with two cookies as the first', async () => {
    const cookie = `__Host-opsagent=${await new Cast(server).cookie('admin')}`;
    expect((await send('GET', '/api/users', [viewer, `Cookie: ${cookie}`])).status).toBe(403);
    expect((await send('GET', '/api/users', [`Cookie: __Host-opsagent=wrong; ${cookie}`])).status).toBe(401);
    expect((await send('GET', '/api/users', [`Cookie: ${cookie}`])).status).toBe(200);
  });

  it('with a credential in its address is nobody’s', async () => {
    const token = server.admin.headers.authorization.replace('Bearer ', '');
    for (const name of ['token', 'access_token', 'api_key', 'authorization', 'key'])
      expect((await send('GET', `/api/me?${name}=${token}`)).status).toBe(401);
    expect((await send('GET', `/v1/info?api_key=${APP_KEY}`)).status).toBe(401);
  });
});

function usersIn(digests: Record<string, string>) {
  return { keys: digests['app_keys'], apps: digests['apps'], invitations: digests['user_invitations'] };
}
