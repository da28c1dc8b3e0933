import { request as httpRequest } from 'node:http';
import { ACCESS_RULES } from '../src/route-permissions.js';
import { aUser } from './support/a-user.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const SOME_ID = '3f0c8f9e-9c36-4f5a-8a57-0f1d3c9b2a11';

interface Call {
  method: string;
  path: string;
  access: string;
}

/** Every route of the server, with something in the place of its parameters. */
const CALLS: Call[] = Object.entries(ACCESS_RULES.routes).map(([name, access]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path: path.replaceAll(/:\w+/g, SOME_ID), access };
});
const PUBLIC = CALLS.filter(({ access }) => access === 'public');
const FOR_USERS = CALLS.filter(({ path, access }) => path.startsWith('/api') && access !== 'public');

const named = (calls: Call[]): [string, Call][] => calls.map((call) => [`${call.method} ${call.path}`, call]);

describe('access', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp();
  });

  afterAll(() => server.close());

  async function signInCookie(): Promise<string> {
    const response = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@example.org', password: 'correct horse battery' }),
    });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  it.each(named(PUBLIC))('lets everybody call %s', async (_name, { method, path }) => {
    expect([401, 403]).not.toContain((await fetch(`${server.url}${path}`, { method })).status);
  });

  it('takes a change from its own pages', async () => {
    const cookie = await signInCookie();
    const headers = { cookie, origin: server.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'from the console' });
    expect((await fetch(`${server.url}/api/tokens`, { method: 'POST', headers, body })).status).toBe(201);
  });

  it('stops a user who was switched off as soon as the credential is looked at again', async () => {
    const { id, headers } = await aUser(server, 'approver');
    await server.query('update users set is_active = false where id = $1', [id]);
    expect((await fetch(`${server.url}/api/me`, { headers })).status).toBe(401);
  });

  it('reads no body of somebody unknown', async () => {
    const body = '{ this is not JSON';
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/api/tokens`, { method: 'POST', headers, body })).status).toBe(401);
  });
});

describe('access without authentication', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_AUTH: 'off' });
  });

  afterAll(() => server.close());

  it('lets everybody act as a real administrator, whatever header they send', async () => {
    const answers = await Promise.all([
      fetch(`${server.url}/api/me`),
      fetch(`${server.url}/api/me`, { headers: { authorization: 'Bearer whatever' } }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ user: { role: 'admin' }, credential: 'auth_off' });
    }
    const token = await fetch(`${server.url}/api/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'kept under a row of its own' }),
    });
    expect(token.status).toBe(201);
  });

  it.each(named(FOR_USERS))('lets everybody call %s', async (_name, { method, path }) => {
    expect([401, 403]).not.toContain((await fetch(`${server.url}${path}`, { method })).status);
  });

  it('still refuses what web pages of other sites send', async () => {
    const path = `${server.url}/api/llm-configs/${SOME_ID}/toggle-status`;
    const answer = await fetch(path, { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
  });

  it('answers to no foreign name that was made to point here', async () => {
    expect(await statusUnderHost('evil.example:8000')).toBe(403);
    expect(await statusUnderHost('localhost:8000')).toBe(200);
  });

  function statusUnderHost(host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${server.url}/api/me`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      outgoing.on('error', reject).end();
    });
  }
});
