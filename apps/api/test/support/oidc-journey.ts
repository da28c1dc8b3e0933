import type { MeDto } from '@opsagent/contracts';
import { FetchBrowser } from './fetch-browser.js';
import type { TestApp } from './test-app.js';

/** Where people would open the console; the browser of these tests finds the server under test there. */
export const PUBLIC = 'https://ops.example.org';

export const browserOf = (server: TestApp): FetchBrowser => new FetchBrowser({ [PUBLIC]: server.url });

const isCallback = (url: URL): boolean => url.href.startsWith(`${PUBLIC}/api/auth/oidc/callback`);

/** Goes to the provider and through its pages. @returns the address it sends the browser back to */
export async function callbackFor(browser: FetchBrowser, login: string, asked = '/'): Promise<string> {
  let place = await browser.follow(startOf(asked), isCallback);
  while (!isCallback(place.url)) {
    const next = await browser.submit(place, { login, password: 'any' });
    place = await browser.follow(next, isCallback);
  }
  return place.url.href;
}

/** The whole way. @returns the page of the console where it ends */
export async function signIn(browser: FetchBrowser, login: string, asked = '/'): Promise<string> {
  return endOf(await browser.send(await callbackFor(browser, login, asked)));
}

export const startOf = (asked = '/'): string =>
  `${PUBLIC}/api/auth/oidc?${new URLSearchParams({ return: asked }).toString()}`;

export function endOf(response: Response): string {
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
}

/** Who is signed in; null for nobody. */
export async function me(browser: FetchBrowser): Promise<MeDto['user'] | null> {
  const response = await browser.send(`${PUBLIC}/api/me`);
  if (response.status !== 200) return null;
  return ((await response.json()) as MeDto).user;
}
