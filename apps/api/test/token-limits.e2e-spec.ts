import type { CreatedTokenDto, CreateTokenDto, ProblemDto, TokenListDto, TokenScope } from '@opsagent/contracts';
import { aUser } from './support/a-user.js';
import { startTestApp, type TestApp } from './support/test-app.js';

type Headers = Record<string, string>;

const DAY_MS = 86_400_000;
const SOME_ID = '3f0c8f9e-9c36-4f5a-8a57-0f1d3c9b2a11';

describe('a personal token', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });

  afterAll(() => server.close());

  const send = (method: string, path: string, headers: Headers, body?: unknown): Promise<Response> =>
    fetch(server.url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  async function made(input: Partial<CreateTokenDto>, by: Headers = server.admin.headers): Promise<CreatedTokenDto> {
    const response = await send('POST', '/api/tokens', by, { name: 'test', ...input });
    expect(response.status).toBe(201);
    return (await response.json()) as CreatedTokenDto;
  }

  const bearer = ({ token }: CreatedTokenDto): Headers => ({ authorization: `Bearer ${token}` });

  const withScopes = async (...scopes: TokenScope[]): Promise<Headers> => bearer(await made({ scopes }));

  async function refusal(method: string, path: string, headers: Headers, body?: unknown): Promise<ProblemDto> {
    return (await (await send(method, path, headers, body)).json()) as ProblemDto;
  }

  it('does everything for 90 days unless something else is said', async () => {
    const { scopes, expires_at, prefix, token } = await made({});
    expect(scopes).toEqual(['all']);
    expect(Date.parse(expires_at ?? '') - Date.now()).toBeGreaterThan(89.9 * DAY_MS);
    expect(Date.parse(expires_at ?? '') - Date.now()).toBeLessThanOrEqual(90 * DAY_MS);
    expect(token.startsWith(prefix)).toBe(true);
    expect(prefix).toHaveLength(8);
  });

  it('of the scope read reads everything and changes nothing', async () => {
    const headers = await withScopes('read');
    for (const path of ['/api/llm-configs', '/api/sessions', '/api/apps', '/api/users', '/api/audit', '/api/overview'])
      expect([path, (await send('GET', path, headers)).status]).toEqual([path, 200]);
    expect(await refusal('POST', '/api/sessions', headers, {})).toMatchObject({
      ...{ status: 403, code: 'access/scope-missing', scopes: ['sessions', 'all'] },
      detail: 'This personal token was not made for this. It needs the scope "sessions" or "all".',
    });
  });

  it('of one area reads and changes that area alone', async () => {
    const headers = await withScopes('sessions');
    const created = await send('POST', '/api/sessions', headers, {});
    const { session_id } = (await created.json()) as { session_id: string };
    expect(created.status).toBe(201);
    expect((await send('GET', `/api/sessions/${session_id}`, headers)).status).toBe(200);
    expect((await send('GET', '/api/llm-configs', headers)).status).toBe(403);
    expect((await send('DELETE', `/api/llm-configs/${SOME_ID}`, headers)).status).toBe(403);
  });

  it('never does more than its user may at that moment', async () => {
    const { id, headers } = await aUser(server, 'operator');
    const token = bearer(await made({ scopes: ['llm_configs', 'users'] }, headers));
    const change = () => send('POST', `/api/llm-configs/${SOME_ID}/toggle-status`, token);
    expect((await change()).status).toBe(404);
    expect(await refusal('GET', '/api/users', token)).toMatchObject({
      code: 'access/forbidden',
      permission: 'users.read',
    });
    await send('PATCH', `/api/users/${id}`, server.admin.headers, { role: 'viewer' });
    expect((await change()).status).toBe(403);
  });

  it('without all scopes makes no token, and touches nothing of the account', async () => {
    const everything: TokenScope[] = ['read', 'sessions', 'llm_configs', 'apps', 'users', 'settings'];
    const headers = await withScopes(...everything);
    expect((await send('GET', '/api/me', headers)).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/api/tokens'],
      ['GET', '/api/tokens'],
      ['DELETE', `/api/tokens/${SOME_ID}`],
      ['PUT', '/api/me/password'],
      ['GET', '/api/me/sign-ins'],
      ['POST', '/api/me/sign-ins/end-others'],
    ] as const)
      expect(await refusal(method, path, headers)).toMatchObject({ code: 'access/scope-missing', scopes: ['all'] });
  });

  it('takes no key of a model away that it may not change', async () => {
    const config = { name: 'sealed', provider: 'openai', model_name: 'm', api_key: 'sk-test-key-0001' };
    await send('POST', '/api/llm-configs', server.admin.headers, config);
    const exported = async (headers: Headers): Promise<string> =>
      (await send('POST', '/api/llm-configs/export', headers, { passphrase: 'correct horse battery' })).text();
    expect(await exported(await withScopes('llm_configs'))).toContain('api_key_sealed');
    expect(await exported(await withScopes('read'))).not.toContain('api_key_sealed');
  });

  it('is refused with a code of its own as soon as it has expired, though it was known to be good', async () => {
    const token = await made({ expires_in_days: 1 });
    const soon = new Date(Date.now() + 300);
    await server.query('update user_tokens set expires_at = $1 where id = $2', [soon, token.id]);
    expect((await send('GET', '/api/me', bearer(token))).status).toBe(200);
    let answer = await send('GET', '/api/me', bearer(token));
    while (answer.status === 200 && Date.now() < soon.getTime() + 2000)
      answer = await send('GET', '/api/me', bearer(token));
    expect(await answer.json()).toMatchObject({ status: 401, code: 'identity/token-expired' });
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
  });

  it('holds for ever when asked, but one made with another ends with that one at the latest', async () => {
    expect((await made({ expires_in_days: null })).expires_at).toBeNull();
    const short = await made({ expires_in_days: 7 });
    for (const expires_in_days of [null, 365, undefined])
      expect(
        (await made({ ...(expires_in_days === undefined ? {} : { expires_in_days }) }, bearer(short))).expires_at,
      ).toBe(short.expires_at);
    const shorter = await made({ expires_in_days: 1 }, bearer(short));
    expect(Date.parse(shorter.expires_at ?? '')).toBeLessThan(Date.parse(short.expires_at ?? ''));
  });

  it('that has expired is listed until it is revoked, and counts for nobody', async () => {
    const { headers, id } = await aUser(server, 'viewer');
    const { id: tokenId } = await made({ scopes: ['read'] }, headers);
    await server.query("update user_tokens set expires_at = now() - interval '1 second' where id = $1", [tokenId]);
    const list = (await (await send('GET', '/api/tokens', headers)).json()) as TokenListDto;
    expect(list.items.map((one) => one.id)).toContain(tokenId);
    const user = await (await send('GET', `/api/users/${id}`, server.admin.headers)).json();
    expect(user).toMatchObject({ tokens: list.total - 1 });
    expect((await send('DELETE', `/api/tokens/${tokenId}`, headers)).status).toBe(204);
  });

  it('has scopes that exist, each once, and an end within a year', async () => {
    for (const [field, input] of [
      ['scopes', { scopes: [] }],
      ['scopes', { scopes: ['everything'] }],
      ['scopes', { scopes: ['read', 'read'] }],
      ['expires_in_days', { expires_in_days: 0 }],
      ['expires_in_days', { expires_in_days: 366 }],
    ] as const) {
      const problem = await refusal('POST', '/api/tokens', server.admin.headers, { name: 'x', ...input });
      expect(problem).toMatchObject({ status: 400, errors: [{ field }] });
    }
  });
});
