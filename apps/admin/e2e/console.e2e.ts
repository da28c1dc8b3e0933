import type { Page } from '@playwright/test';
import { EMAIL, expect, expectAccessible, PASSWORD, test, watch } from './support/console.js';

async function use(page: Page, menu: string | RegExp, entry: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: entry }).click();
}

test('language and theme switch without a reload and stay', async ({ console: page, product }) => {
  await page.goto(`${product.url}/configs`);
  await expect(page).toHaveTitle('模型配置 · OpsAgent');
  await page.evaluate(() => ((window as unknown as { kept: boolean }).kept = true));
  await use(page, '语言', 'English');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Model configurations');
  await expect(page).toHaveTitle('Model configurations · OpsAgent');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await use(page, 'Theme', 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await page.evaluate(() => (window as unknown as { kept: boolean }).kept)).toBe(true);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Model configurations');
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe('rgb(15, 20, 26)');
  await expectAccessible(page);
});

test('a wrong password is refused without saying what was wrong, a right one opens the asked page', async ({
  page,
  product,
}) => {
  await page.goto(`${product.url}/configs?kind=embedding`);
  await expect(page).toHaveURL(/\/login\?return=/);
  await page.getByLabel('邮箱').fill(EMAIL);
  await page.getByLabel('密码', { exact: true }).fill('not-the-password');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('alert')).toHaveText('登录失败：邮箱或密码不正确。请检查后重试。');
  await expectAccessible(page);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).toHaveURL(/\/configs\?kind=embedding/);
});

test('an ended sign-in asks again on top and loses nothing', async ({ page, product }) => {
  await page.goto(`${product.url}/login`);
  await page.getByLabel('邮箱').fill(EMAIL);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL(/\/overview/);
  await page.goto(`${product.url}/configs/new`);
  await page.getByLabel('名称', { exact: true }).fill('登录之后仍在');
  await page.getByLabel('API 密钥', { exact: true }).fill('sk-never-lost');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '请重新登录' });
  await dialog.getByLabel('邮箱').fill(EMAIL);
  await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: '登录' }).click();
  await expect(page.getByText('已创建 登录之后仍在。')).toBeVisible();
});

test('signing out closes the console', async ({ console: page, product }) => {
  await page.getByRole('button', { name: '用户菜单' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/login/);
  expect((await page.request.get(`${product.url}/api/me`)).status()).toBe(401);
});

test('the rail collapses and stays so, by key as well', async ({ console: page }) => {
  const rail = page.getByRole('navigation', { name: '主导航' });
  expect((await rail.boundingBox())?.width).toBeGreaterThan(150);
  await page.getByRole('button', { name: '收起导航' }).click();
  await expect.poll(async () => (await rail.boundingBox())?.width).toBeLessThan(60);
  await page.reload();
  await expect(rail).toBeVisible();
  expect((await rail.boundingBox())?.width).toBeLessThan(60);
  await page.getByRole('main').focus();
  await page.keyboard.press('[');
  await expect.poll(async () => (await rail.boundingBox())?.width).toBeGreaterThan(150);
});

test('the skip link leads past the navigation', async ({ console: page }) => {
  await page.reload();
  await expect(page.getByRole('main')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

for (const { lang, scheme, width } of [
  { lang: 'zh-CN', scheme: 'light', width: 390 },
  { lang: 'en', scheme: 'dark', width: 1440 },
] as const) {
  test(`every page is accessible in ${lang}, ${scheme}, at ${width} px`, async ({ browser, product }) => {
    const context = await browser.newContext({
      locale: lang,
      colorScheme: scheme,
      viewport: { width, height: 844 },
    });
    const page = await context.newPage();
    const faults: string[] = [];
    watch(page, product.url, faults);
    await page.goto(`${product.url}/login`);
    await expect(page.locator('form')).toBeVisible();
    await expectAccessible(page);
    await page.locator('input[type=email]').fill(EMAIL);
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.waitForURL(/\/overview/);
    await product.model('sim-text');
    const { items } = await product.call<{ items: { id: string }[] }>('/api/apps');
    for (const path of [
      '/overview',
      '/configs',
      '/configs/new',
      '/apps',
      `/apps/${items[0]?.id}`,
      `/apps/${items[0]?.id}?tab=keys`,
      `/apps/${items[0]?.id}?tab=connect`,
      '/audit',
      '/audit/1',
      '/settings/profile',
      '/settings/tokens',
      '/settings/sign-ins',
      '/settings/users',
      '/settings/roles',
      '/settings/limits',
      '/settings/about',
      '/nowhere',
    ]) {
      await page.goto(product.url + path);
      await expect(page.locator('h1')).toBeAttached();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
    expect(faults).toEqual([]);
    await context.close();
  });
}
