import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, watch } from './support/console.js';

/** The development build: the product has no such page. */
const BUILT = resolve(import.meta.dirname, '../../../dist/admin-states/browser');
const ORIGIN = 'http://states.example';

/** Every address of the console is its index.html; there is no server behind it. */
async function open(page: Page, language: string, theme: string): Promise<void> {
  await page.addInitScript(
    ([code, name]) => {
      localStorage.setItem('oa.language', code);
      localStorage.setItem('oa.theme', name);
    },
    [language, theme] as const,
  );
  await page.route(`${ORIGIN}/**`, (route) => {
    const file = join(BUILT, new URL(route.request().url()).pathname);
    return route.fulfill({ path: /\.\w+$/.test(file) && existsSync(file) ? file : join(BUILT, 'index.html') });
  });
  await page.goto(`${ORIGIN}/dev/states`);
  await expect(page.getByText('web-00000').first()).toBeVisible();
}

// Unoptimised code and several looks by axe take their time on a busy machine.
test.setTimeout(120_000);

/** Each layer is looked at once, in one of the two looks; buttons that open them, by their place. */
for (const [language, theme, layers] of [
  ['zh-CN', 'dark', [0, 2]],
  ['en', 'light', [1]],
] as const) {
  test(`every state is accessible in ${language}, ${theme}`, async ({ page }) => {
    const faults: string[] = [];
    watch(page, ORIGIN, faults);
    await open(page, language, theme);
    await expectAccessible(page);
    const buttons = page.locator('section.oa-row button');
    for (const layer of layers) {
      await buttons.nth(layer).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    for (const toast of [3, 4, 5]) await buttons.nth(toast).click();
    await expect(page.locator('oa-toast-list .toast')).toHaveCount(3);
    await expectAccessible(page);
    expect(faults).toEqual([]);
  });
}
