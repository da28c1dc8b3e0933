import type { Page } from '@playwright/test';

/** One way in which the server can fail a call. */
export type Fault = 'gone' | 401 | 409 | 413 | 429 | 500;

/** How long a 429 asks to wait, in seconds. */
export const WAIT_SECONDS = 30;

/** The server's own words. */
export const DETAIL = 'Failed on purpose.';

/** What the browser itself notes about them. */
export const NOTED = /ERR_FAILED|ERR_ABORTED|status of (401|404|409|413|429|500|502)/;

/** Lets every call of that method and path fail, until the answer is called. */
export async function failing(page: Page, method: string, path: RegExp, fault: Fault): Promise<() => Promise<void>> {
  const matches = (url: URL): boolean => path.test(url.pathname);
  await page.route(matches, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    if (fault === 'gone') return route.abort();
    const problem = {
      type: 'about:blank',
      title: 'Failed',
      status: fault,
      code: `http/${fault}`,
      detail: DETAIL,
    };
    await route.fulfill({
      status: fault,
      contentType: 'application/problem+json',
      headers: fault === 429 ? { 'retry-after': String(WAIT_SECONDS) } : {},
      body: JSON.stringify({ ...problem, request_id: 'req-of-the-test' }),
    });
  });
  return () => page.unroute(matches);
}
