import type { Page } from '@playwright/test';
import { builtInEn } from '../src/app/shared/i18n/built-in-en.js';
import { builtInZhCn } from '../src/app/shared/i18n/built-in-zh-cn.js';
import { EMAIL, expect, expectAccessible, PASSWORD, test } from './support/console.js';

/** Lets no file come that holds the texts of every page, until it is let through. */
async function withoutTexts(page: Page): Promise<() => Promise<void>> {
  const isScript = /\/chunk-[\w-]+\.js$/;
  await page.route(isScript, async (route) => {
    const response = await route.fetch();
    const isTexts = /palette:\{/.test(await response.text());
    return isTexts ? route.abort() : route.fulfill({ response });
  });
  return () => page.unroute(isScript);
}

const submit = (page: Page) => page.locator('button[type=submit]');

test('the sign-in page speaks both languages before any language file has come', async ({ page, product }) => {
  const letThrough = await withoutTexts(page);
  await page.goto(`${product.url}/login`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(builtInZhCn.signIn.title);
  await expect(page).toHaveTitle(`${builtInZhCn.nav.login} · OpsAgent`);
  await submit(page).click();
  await expect(page.getByText(builtInZhCn.validation.required)).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(builtInEn.signIn.title);
  await expect(page.getByText(builtInEn.validation.required)).toHaveCount(2);
  await page.locator('input[type=email]').fill(EMAIL);
  await page.locator('input[autocomplete=current-password]').fill('not-the-password');
  await submit(page).click();
  await expect(page.getByRole('alert')).toHaveText(builtInEn.signIn.wrong);
  // No key stands anywhere in place of its text.
  expect(await page.locator('body').innerText()).not.toMatch(/\b(common|shell|signIn|nav|errors)\.\w/);

  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await submit(page).click();
  await expect(page.getByText(builtInEn.shell.pageLost)).toBeVisible();
  await letThrough();
  await page.goto(`${product.url}/overview`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
});

test('a first page whose texts do not come says so and opens once they do', async ({ page, product }) => {
  await page.goto(`${product.url}/login`);
  await page.locator('input[type=email]').fill(EMAIL);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await submit(page).click();
  await page.waitForURL(/\/overview$/);
  const letThrough = await withoutTexts(page);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText(builtInZhCn.shell.pageLost);
  await expectAccessible(page);
  await letThrough();
  await page.getByRole('button', { name: builtInZhCn.common.retryNow }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('概览');
});
