import type { Page } from '@playwright/test';
import { en } from '../src/app/shared/i18n/en.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { EMAIL, expect, expectAccessible, PASSWORD, type Product, test } from './support/console.js';
import { DETAIL, failing, type Fault, NOTED, WAIT_SECONDS } from './support/faults.js';

type Texts = typeof zhCn | typeof en;

/** Language and theme alternate from test to test. */
const LOOKS = [
  { language: 'zh-CN', theme: 'dark', texts: zhCn },
  { language: 'en', theme: 'light', texts: en },
] as const;

const titleOf = ({ errors }: Texts, fault: Fault): string =>
  fault === 'gone' ? errors.network.title : errors[`http-${fault}`].title;

/** Part of what a panel says: a known cause in the reader's language, otherwise the server's own words. */
const causeOf = ({ errors }: Texts, fault: Fault): string => (fault === 'gone' ? errors.network.cause : DETAIL);

/** A page, and what it reads before it has anything to show. */
interface Reading {
  readonly name: string;
  readonly path: (product: Product) => Promise<string>;
  readonly reads: RegExp;
  /** What is there once it could be read. */
  readonly shows: string;
}

const at = (path: string) => () => Promise.resolve(path);

async function aSession(product: Product): Promise<string> {
  const llm_config_id = await product.model('sim-echo');
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', {
    method: 'POST',
    body: { llm_config_id },
  });
  return `/sessions/${session_id}`;
}

async function anApp(product: Product): Promise<string> {
  const { items } = await product.call<{ items: { id: string }[] }>('/api/apps');
  return `/apps/${items[0]?.id}?tab=keys`;
}

const READINGS: readonly Reading[] = [
  { name: 'the overview', path: at('/overview'), reads: /^\/api\/overview$/, shows: 'main h2' },
  { name: 'the list of sessions', path: at('/sessions'), reads: /^\/api\/sessions$/, shows: 'oa-session-entry' },
  { name: 'a conversation', path: aSession, reads: /^\/api\/sessions\/[^/]+$/, shows: 'oa-chat-page oa-composer' },
  { name: 'a new session', path: at('/sessions/new'), reads: /^\/api\/llm-configs$/, shows: 'oa-composer' },
  { name: 'the configurations', path: at('/configs'), reads: /^\/api\/llm-configs$/, shows: 'oa-llm-config-table' },
  {
    name: 'a configuration',
    path: async (product) => `/configs/${await product.model('sim-echo')}`,
    reads: /^\/api\/llm-configs\/[^/]+$/,
    shows: 'oa-llm-config-form',
  },
  { name: 'the apps', path: at('/apps'), reads: /^\/api\/apps$/, shows: 'oa-dify-app-table' },
  { name: 'an app', path: anApp, reads: /^\/api\/apps\/[^/]+$/, shows: 'oa-dify-app-keys form' },
  { name: 'the keys of an app', path: anApp, reads: /^\/api\/apps\/[^/]+\/keys$/, shows: 'oa-dify-app-keys form' },
  { name: 'the audit log', path: at('/audit'), reads: /^\/api\/audit$/, shows: 'oa-sentence' },
  { name: 'the tokens', path: at('/settings/tokens'), reads: /^\/api\/tokens$/, shows: 'oa-token-table' },
  { name: 'the set-up', path: at('/setup/model'), reads: /^\/api\/providers$/, shows: 'oa-provider-tiles' },
];

async function look(page: Page, at: number): Promise<Texts> {
  const { language, theme, texts } = LOOKS[at % LOOKS.length];
  await page.evaluate(
    ([code, name]) => {
      localStorage.setItem('oa.language', code);
      localStorage.setItem('oa.theme', name);
    },
    [language, theme] as const,
  );
  return texts;
}

test.use({ tolerated: NOTED });

for (const [index, { name, path, reads, shows }] of READINGS.entries()) {
  test(`${name}: says what is wrong, asks again, and says when it is slow`, async ({ console: page, product }) => {
    await aSession(product);
    const texts = await look(page, index);
    let mend = await failing(page, 'GET', reads, 'gone');
    await page.goto(product.url + (await path(product)));
    const panel = page.locator('oa-state').getByRole('alert').first();
    await expect(panel).toContainText(causeOf(texts, 'gone'));
    await expectAccessible(page);
    for (const fault of [429, 500] as const) {
      await mend();
      mend = await failing(page, 'GET', reads, fault);
      await panel.getByRole('button', { name: texts.common.retry }).click();
      await expect(panel).toContainText(causeOf(texts, fault));
      await expect(panel).toContainText(texts.errors[`http-${fault}`].action);
    }
    await panel.locator('summary').click();
    await expect(panel).toContainText('req-of-the-test');
    await mend();
    await panel.getByRole('button', { name: texts.common.retry }).click();
    await expect(page.locator(shows).first()).toBeVisible();
    await expect(panel).toBeHidden();
    await slow(page, reads, shows, texts);
  });
}

/** The same page again, with an answer that does not come until it is let through. */
async function slow(page: Page, reads: RegExp, shows: string, texts: Texts): Promise<void> {
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  const isRead = (url: URL): boolean => reads.test(url.pathname);
  await page.route(isRead, async (route) => {
    await held;
    // A call that was given up meanwhile can no longer be answered.
    await route.fallback().catch(() => undefined);
  });
  await page.clock.install();
  await page.reload();
  await expect(page.locator('oa-state[aria-busy=true], [aria-busy=true]').first()).toBeAttached();
  await page.clock.fastForward(3500);
  await expect(page.getByText(texts.common.slow).first()).toBeAttached();
  letThrough();
  await expect(page.locator(shows).first()).toBeVisible();
}

/** A form, what is typed into it, and what it sends. */
interface Writing {
  readonly name: string;
  readonly path: (product: Product) => Promise<string>;
  readonly sends: RegExp;
  /** Types and sends; called again, it only sends. */
  readonly send: (page: Page, isFirst: boolean) => Promise<void>;
  /** What was typed is still there. */
  readonly kept: (page: Page) => Promise<void>;
}

const typed = 'typed with care';
const purpose = (page: Page) => page.locator('oa-dify-app-keys form input').first();

const WRITINGS: readonly Writing[] = [
  {
    name: 'a new configuration',
    path: at('/configs/new'),
    sends: /^\/api\/llm-configs$/,
    send: async (page, isFirst) => {
      if (isFirst) {
        await page.locator('oa-llm-config-form input[type=radio][value=openai]').check({ force: true });
        await page.locator('oa-llm-config-form oa-field input').first().fill(typed);
        await page.locator('oa-llm-config-form oa-password-input input').fill('sk-typed');
      }
      await page.locator('oa-llm-config-form oa-field input').first().press('Control+Enter');
    },
    kept: async (page) => {
      await expect(page.locator('oa-llm-config-form oa-field input').first()).toHaveValue(typed);
      await expect(page.locator('oa-llm-config-form oa-password-input input')).toHaveValue('sk-typed');
    },
  },
  {
    name: 'a key of an app',
    path: anApp,
    sends: /^\/api\/apps\/[^/]+\/keys$/,
    send: async (page, isFirst) => {
      if (isFirst) await purpose(page).fill(typed);
      await purpose(page).press('Enter');
    },
    kept: (page) => expect(purpose(page)).toHaveValue(typed),
  },
  {
    name: 'a token',
    path: at('/settings/tokens'),
    sends: /^\/api\/tokens$/,
    send: async (page, isFirst) => {
      const name = page.locator('oa-token-dialog input').first();
      if (isFirst) await page.locator('oa-token-list-page header button').click();
      if (isFirst) await name.fill(typed);
      await name.press('Enter');
    },
    kept: (page) => expect(page.locator('oa-token-dialog input').first()).toHaveValue(typed),
  },
  {
    name: 'the first question of a session',
    path: at('/sessions/new'),
    sends: /^\/api\/sessions$/,
    send: async (page, isFirst) => {
      const box = page.locator('oa-composer textarea');
      if (isFirst) await box.fill(typed);
      await box.press('Enter');
    },
    kept: (page) => expect(page.locator('oa-composer textarea')).toHaveValue(typed),
  },
  {
    name: 'a question in a conversation',
    path: aSession,
    sends: /^\/api\/sessions\/[^/]+\/messages$/,
    send: async (page, isFirst) => {
      if (!isFirst) return page.locator('oa-fault-card button').first().click();
      await page.locator('oa-composer textarea').fill(typed);
      await page.locator('oa-composer textarea').press('Enter');
    },
    kept: (page) => expect(page.locator('oa-turn').first()).toContainText(typed),
  },
];

for (const [index, { name, path, sends, send, kept }] of WRITINGS.entries()) {
  test(`${name}: a refused writing says why and loses nothing`, async ({ console: page, product }) => {
    await product.model('sim-echo');
    const texts = await look(page, index + 1);
    await page.goto(product.url + (await path(product)));
    let isFirst = true;
    for (const fault of ['gone', 409, 413, 429, 500] as const) {
      const mend = await failing(page, 'POST', sends, fault);
      await send(page, isFirst);
      await expect(page.getByText(titleOf(texts, fault)).first()).toBeVisible();
      await kept(page);
      if (isFirst) await expectAccessible(page);
      await mend();
      isFirst = false;
    }
    const mend = await failing(page, 'POST', sends, 401);
    await send(page, false);
    const dialog = page.getByRole('dialog', { name: texts.again.title });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    await mend();
    await dialog.locator('input[type=email]').fill(EMAIL);
    await dialog.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await dialog.locator('button[type=submit]').click();
    await expect(dialog).toBeHidden();
  });
}

test('signing in: names a missing server and comes back by itself, and counts a wait down', async ({
  page,
  product,
}) => {
  await page.clock.install();
  await page.goto(`${product.url}/login`);
  await page.locator('input[type=email]').fill(EMAIL);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  const isApi = /^\/api\//;
  const unmute = await failing(page, 'GET', isApi, 'gone');
  let mend = await failing(page, 'POST', isApi, 'gone');
  await page.locator('button[type=submit]').click();
  await expect(page.getByText(zhCn.errors.network.title)).toBeVisible();
  await expectAccessible(page);
  await page.clock.runFor(6000);
  await expect(page.getByText(zhCn.errors.network.title)).toBeVisible();
  await unmute();
  await mend();
  await page.clock.runFor(6000);
  await expect(page.getByText(zhCn.errors.network.title)).toBeHidden();

  mend = await failing(page, 'POST', isApi, 429);
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('alert')).toContainText('尝试次数过多');
  await expectAccessible(page);
  await mend();
  await expect(page.locator('button[type=submit]')).toHaveAttribute('aria-disabled', 'true');
  await page.clock.runFor((WAIT_SECONDS + 1) * 1000);
  await expect(page.getByRole('alert')).toBeHidden();
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/overview$/);
});
