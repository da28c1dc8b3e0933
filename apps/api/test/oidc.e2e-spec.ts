import {
  CLIENT,
  type IdentityProvider,
  startIdentityProvider,
} from '../../../tools/identity-provider/identity-provider.ts';
import { FetchBrowser } from './support/fetch-browser.js';
import { startTestApp, type TestApp, type TestSettings } from './support/test-app.js';

/** Where people would open the console; the browser of these tests finds the server under test there. */
const PUBLIC = 'https://ops.example.org';

const ROLES = { OPSAGENT_OIDC_ROLE_CLAIM: 'groups', OPSAGENT_OIDC_ROLES: 'ops-admins=admin,ops=operator' };

let provider: IdentityProvider;

const settings = (more: TestSettings = {}): TestSettings => ({
  OPSAGENT_PUBLIC_URL: PUBLIC,
  OPSAGENT_OIDC_ISSUER: provider.issuer,
  OPSAGENT_OIDC_CLIENT_ID: CLIENT.id,
  OPSAGENT_OIDC_CLIENT_SECRET: CLIENT.secret,
  OPSAGENT_OIDC_NAME: 'Corp ID',
  OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer',
  ...ROLES,
  ...more,
});

const browserOf = (server: TestApp): FetchBrowser => new FetchBrowser({ [PUBLIC]: server.url });

const isCallback = (url: URL): boolean => url.href.startsWith(`${PUBLIC}/api/auth/oidc/callback`);
const isProduct = (url: URL): boolean => url.origin === PUBLIC && !url.pathname.startsWith('/api/');

/** Goes to the provider and through its pages. @returns the address it sends the browser back to */
async function callbackFor(browser: FetchBrowser, login: string, asked = '/'): Promise<URL> {
  const start = `${PUBLIC}/api/auth/oidc?${new URLSearchParams({ return: asked }).toString()}`;
  let place = await browser.follow(start, isCallback);
  while (!isCallback(place.url)) {
    const next = await browser.submit(place, { login, password: 'any' });
    place = await browser.follow(next, isCallback);
  }
  return place.url;
}

/** The whole way. @returns the page of the console where it ends */
async function signIn(browser: FetchBrowser, login: string, asked = '/'): Promise<string> {
  const { url } = await browser.follow((await callbackFor(browser, login, asked)).href, isProduct);
  return url.pathname + url.search;
}

async function me(browser: FetchBrowser): Promise<{ email: string; role: string } | null> {
  const response = await browser.send(`${PUBLIC}/api/me`);
  return response.status === 200 ? ((await response.json()) as { user: { email: string; role: string } }).user : null;
}

beforeAll(async () => {
  provider = await startIdentityProvider(PUBLIC);
});

afterAll(() => provider.close());

describe('signing in by OpenID Connect', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp(settings());
  });

  afterAll(() => server.close());

  it('signs somebody new in, who then is the same user every time', async () => {
    provider.people.set('ann', { email: 'ann@example.org', email_verified: true });
    const browser = browserOf(server);
    expect(await signIn(browser, 'ann', '/sessions?q=disk')).toBe('/sessions?q=disk');
    expect(await me(browser)).toMatchObject({ email: 'ann@example.org', role: 'viewer' });
    provider.people.set('ann', { email: 'ann.moved@example.org', email_verified: false });
    const again = browserOf(server);
    expect(await signIn(again, 'ann')).toBe('/');
    expect(await me(again)).toEqual(await me(browser));
  });
});
