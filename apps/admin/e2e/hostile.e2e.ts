import type { Page } from '@playwright/test';
import { HOSTILE_TEXTS } from '../src/app/shared/ui/markdown/hostile-texts.js';
import { expect, fetchGone, type Product, test } from './support/console.js';

const PER_SESSION = 20;
const NAME_LENGTH = 80;
/** The longest entry of a plan. */
const PLAN_LENGTH = 200;

/** What a script of a payload would do, noted instead: a dialog, or a call of one of the functions the payloads call. */
async function setTripwire(page: Page): Promise<string[]> {
  const sprung: string[] = [];
  page.on('dialog', (dialog) => {
    sprung.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction('oaTripwire', (what: string) => sprung.push(what));
  await page.addInitScript(() => {
    const trip = (window as unknown as { oaTripwire: (what: string) => void }).oaTripwire;
    window.alert = (what) => trip(`alert ${String(what)}`);
  });
  return sprung;
}

/** A name of its own for each payload, without what a name cannot hold. */
const names = HOSTILE_TEXTS.map((text, at) =>
  `${at} ${text}`
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, NAME_LENGTH)
    .trim(),
);

async function hostileConfigs(product: Product): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const provider = { provider: 'openai', api_key: 'sim-key', base_url: `${product.simulator}/openai/v1` };
    const body = { name, description: name, model_name: name.replace(/[\p{C} ]+/gu, '/'), ...provider };
    ids.push((await product.call<{ id: string }>('/api/llm-configs', { method: 'POST', body })).id);
  }
  return ids;
}

/** Sessions named and asked in payloads; the simulator's echo puts each into its answer too. */
async function hostileSessions(product: Product): Promise<string[]> {
  const llm_config_id = await product.model('sim-echo');
  const ids: string[] = [];
  for (let from = 0; from < HOSTILE_TEXTS.length; from += PER_SESSION) {
    const body = { llm_config_id, session_name: names[from] };
    const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
    for (const query of HOSTILE_TEXTS.slice(from, from + PER_SESSION))
      await product.stream(`/api/sessions/${session_id}/messages`, { query });
    ids.push(session_id);
  }
  return ids;
}

const words = (text: string): string => text.replace(/[\p{C}\s]+/gu, '');

test('payloads in questions and answers run nothing, fetch nothing and stay readable', async ({
  console: page,
  product,
}) => {
  const sprung = await setTripwire(page);
  const sessions = await hostileSessions(product);
  for (const [at, id] of sessions.entries()) {
    const texts = HOSTILE_TEXTS.slice(at * PER_SESSION, (at + 1) * PER_SESSION);
    await page.goto(`${product.url}/sessions/${id}`);
    await expect(page.locator('oa-turn').last()).toBeVisible();
    await expect(page.locator('oa-chat-page h2').first()).toHaveText(names[at * PER_SESSION]);
    const shown = await page.locator('.bubble').allTextContents();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(words)).toEqual(texts.slice(-shown.length).map(words));
    expect(await page.locator('oa-markdown').locator('img, script, iframe, svg, form, input, style').count()).toBe(0);
  }
  await page.goto(`${product.url}/sessions`);
  await page.getByRole('searchbox').fill('Sign in');
  await expect(page.locator('oa-session-entry mark').first()).toHaveText('Sign in');
  expect(sprung).toEqual([]);
});

test('payloads in tool arguments and tool output are only text', async ({ console: page, product }) => {
  const sprung = await setTripwire(page);
  const llm_config_id = await product.model('sim-tools');
  for (let from = 0; from < HOSTILE_TEXTS.length; from += PER_SESSION) {
    // The tool repeats the plan it is given.
    const todos = HOSTILE_TEXTS.slice(from, from + PER_SESSION).map((text) => ({
      text: text.slice(0, PLAN_LENGTH),
      state: 'pending',
    }));
    const body = { llm_config_id, session_name: 'plan' };
    const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
    const query = `plan call:write_todos ${JSON.stringify({ todos })}`;
    await product.stream(`/api/sessions/${session_id}/messages`, { query });
    await page.goto(`${product.url}/sessions/${session_id}`);
    const card = page.locator('oa-step-card');
    await card.locator('summary').click();
    await expect(card).toContainText('"left"');
    await expect(card).toContainText(todos[0].text.slice(0, 10));
    expect(await page.locator('oa-turn').locator('img, script, iframe, form, input, style').count()).toBe(0);
  }
  expect(sprung).toEqual([]);
});

test('payloads in names of configurations and in errors are only text on every page', async ({
  console: page,
  product,
}) => {
  const sprung = await setTripwire(page);
  const ids = await hostileConfigs(product);
  await page.goto(`${product.url}/sessions/new`);
  await page.getByRole('combobox', { name: '模型' }).click();
  await expect(page.getByRole('option').filter({ hasText: names[0] })).toHaveCount(1);
  for (const path of ['/overview', '/configs', `/configs/${ids[0]}`, '/apps']) {
    await page.goto(product.url + path);
    await expect(page.locator('main h1').first()).toBeVisible();
  }
  await page.goto(`${product.url}/configs/${ids[4]}`);
  await expect(page.getByText(names[4]).first()).toBeVisible();
  for (let from = 0; from < ids.length; from += PER_SESSION) {
    const refused = ids.slice(from, from + PER_SESSION);
    await page.goto(`${product.url}/sessions/${await failedSession(product, refused)}`);
    await expect(page.locator('oa-fault-card').last()).toContainText(`"${from + refused.length - 1} `);
    expect(await page.locator('oa-turn').locator('img, script, iframe, form, input, style').count()).toBe(0);
  }
  expect(await page.locator('img[onerror], svg[onload], [onclick]').count()).toBe(0);
  expect(sprung).toEqual([]);
  for (const id of ids) await fetchGone(product, `/api/llm-configs/${id}?force=true`);
});

/** Every provider refuses, and names the model in its words. */
async function failedSession(product: Product, ids: readonly string[]): Promise<string> {
  const body = { session_name: 'refusals' };
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
  for (const llm_config_id of ids)
    await product.stream(`/api/sessions/${session_id}/messages`, { query: 'why', llm_config_id });
  return session_id;
}
