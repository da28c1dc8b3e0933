import { type Forgery, type HostileIssuer, startHostileIssuer } from './support/hostile-issuer.js';
import { browserOf, endOf, me, PUBLIC, startOf } from './support/oidc-journey.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const SECRET = 'the-secret-that-both-sides-know';
const HOUR = 3600;
const now = (): number => Math.floor(Date.now() / 1000);

/** Every way a token of the right person may be wrong, and what the sign-in page is told. */
const FORGERIES: Record<string, [Forgery | null, string]> = {
  'a token without a signature (alg none)': [{ header: { alg: 'none' }, by: 'nothing' }, 'refused'],
  'a token signed with the shared secret (HS256)': [{ header: { alg: 'HS256' }, by: { secret: SECRET } }, 'refused'],
  'a token that names RS256 but is signed by nobody': [{ by: 'nothing' }, 'refused'],
  'a token signed with a key that is not published': [{ by: 'other' }, 'refused'],
  'a token of a key with another name': [{ header: { kid: 'two' }, by: 'other' }, 'refused'],
  'a token of another sign-in (nonce)': [{ claims: { nonce: 'of-another' } }, 'refused'],
  'a token without a nonce': [{ claims: { nonce: undefined } }, 'refused'],
  'a token for another client': [{ claims: { aud: 'another-client' } }, 'refused'],
  'a token for several clients, first of all another': [{ claims: { aud: ['opsagent', 'b'], azp: 'b' } }, 'refused'],
  'a token of another issuer': [{ claims: { iss: 'https://accounts.example.org' } }, 'refused'],
  'a token without a subject': [{ claims: { sub: undefined } }, 'refused'],
  'a token with an endless subject': [{ claims: { sub: 'm'.repeat(256) } }, 'refused'],
  'a token that has run out': [{ claims: { iat: now() - 2 * HOUR, exp: now() - HOUR } }, 'clock'],
  'a token that is not valid yet': [{ claims: { nbf: now() + HOUR } }, 'clock'],
  'an answer without a token': [null, 'refused'],
};

describe('a provider whose answers do not hold', () => {
  let server: TestApp;
  let hostile: HostileIssuer;

  beforeAll(async () => {
    hostile = await startHostileIssuer();
    server = await startTestApp({
      OPSAGENT_PUBLIC_URL: PUBLIC,
      OPSAGENT_OIDC_ISSUER: hostile.issuer,
      OPSAGENT_OIDC_CLIENT_ID: 'opsagent',
      OPSAGENT_OIDC_CLIENT_SECRET: SECRET,
      OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer',
    });
  });

  afterAll(async () => {
    await server.close();
    await hostile.close();
  });

  async function attempt(forgery: Forgery | null) {
    const browser = browserOf(server);
    const sent = new URL(endOf(await browser.send(startOf()))).searchParams;
    Object.assign(hostile, { forgery, nonce: sent.get('nonce') });
    const query = new URLSearchParams({ code: 'planted-code', state: sent.get('state') ?? '' });
    const response = await browser.send(`${PUBLIC}/api/auth/oidc/callback?${query.toString()}`);
    return { end: endOf(response), user: await me(browser) };
  }

  it('signs in by a token that holds, so that the others fail for what is wrong with them', async () => {
    const { end, user } = await attempt({});
    expect([end, user?.email]).toEqual(['/', 'mallory@example.org']);
  });

  it.each(Object.entries(FORGERIES))('refuses %s', async (_name, [forgery, failure]) => {
    const before = hostile.asked;
    const { end, user } = await attempt(forgery);
    expect([end, user]).toEqual([`/login?oidc=${failure}`, null]);
    expect(hostile.asked).toBe(before + 1);
  });

  it('writes neither codes nor tokens into the log', () => {
    const log = server.log.join('\n');
    expect(log).toContain('OpenID Connect');
    expect(log).not.toMatch(/planted|eyJ|the-secret/);
  });
});
