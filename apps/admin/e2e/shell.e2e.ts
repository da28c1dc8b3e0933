import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/console.js';

const palette = (page: Page) => page.getByRole('dialog', { name: '命令面板' });

test('the command palette opens anything by a few letters, and remembers it', async ({ console: page, product }) => {
  await product.model('sim-echo');
  await page.goto(`${product.url}/overview`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('概览');
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type('mxpz');
  await expect(palette(page).getByRole('option').first()).toHaveText('模型配置页面');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/configs$/);
  await page.getByLabel('搜索名称、模型或描述').focus();
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('option').first()).toHaveText('模型配置页面');
  await page.keyboard.type('sim-echo');
  await expect(palette(page).getByRole('option', { selected: true })).toContainText('sim-echo');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/configs\/[0-9a-f-]{36}/);
});

test('the palette asks the server for sessions by their content, and offers what a feature can do', async ({
  console: page,
  product,
}) => {
  const llm_config_id = await product.model('sim-echo');
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', {
    method: 'POST',
    body: { llm_config_id },
  });
  await product.stream(`/api/sessions/${session_id}/messages`, { query: 'where the zeppelin landed' });
  await product.call(`/api/sessions/${session_id}`, { method: 'PATCH', body: { session_name: '飞行记录' } });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zeppelin');
  await expect(palette(page).getByRole('option').first()).toContainText('飞行记录');
  await page.keyboard.press('Enter');
  const place = page.getByRole('navigation', { name: '当前位置' });
  await expect(place.locator('[aria-current=page]')).toHaveText('飞行记录');
  await expect(place.getByRole('link', { name: '会话' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('csqb');
  await expect(palette(page).getByRole('option').first()).toContainText('测试全部配置');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^测试 \d+ 个配置？$/ })).toBeVisible();
  await expect(place.locator('[aria-current=page]')).toHaveText('模型配置');
});

test('the palette does what it says in English too, and closes by a key', async ({ console: page }) => {
  await page.getByRole('button', { name: '搜索或跳转' }).click();
  await expect(palette(page)).toBeVisible();
  await page.keyboard.type('english');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('zzzz');
  await expect(page.getByText('Nothing matches. Try another word.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('two keys go to a page, and a question mark lists the keys of the page', async ({ console: page }) => {
  await page.getByRole('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/sessions$/);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: '本页快捷键' });
  await expect(list).toContainText('新建');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});

test('the older system’s address of the configurations leads to them', async ({ console: page, product }) => {
  await page.goto(`${product.url}/llm-config`);
  await expect(page).toHaveURL(/\/configs$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('模型配置');
});

test('what is chosen in the profile counts at once and after a reload', async ({ console: page }) => {
  await page.getByRole('button', { name: '用户菜单' }).click();
  await page.getByRole('menuitem', { name: '个人设置' }).click();
  await expect(page).toHaveTitle('个人设置 · OpsAgent');
  await expectAccessible(page);
  await page.getByRole('radio', { name: '宽松' }).check();
  await page.getByRole('radio', { name: 'Ctrl + Enter' }).check();
  await page.getByRole('checkbox', { name: /单键快捷键/ }).uncheck();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Profile');
  await expect(page.getByRole('radio', { name: 'Comfortable' })).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  await expect(page.getByRole('radio', { name: 'Ctrl + Enter' })).toBeChecked();
  await page.getByRole('main').focus();
  await page.keyboard.press('[');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Main' })).not.toHaveClass(/collapsed/);
});

test.describe('without a network', () => {
  // The browser notes every request that found no network.
  test.use({ tolerated: /ERR_INTERNET_DISCONNECTED/ });

  test('the page says so, and forgets it when the network is back', async ({ console: page, context }) => {
    const bar = page.getByText('网络已断开，正在重连…');
    await context.setOffline(true);
    await expect(bar).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(palette(page).getByRole('option', { name: '模型配置' }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await context.setOffline(false);
    await expect(bar).toBeHidden();
  });
});

test('at 320 px nothing scrolls sideways, and what has no room is behind "more"', async ({
  console: page,
  product,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const expectNarrow = async (path: string): Promise<void> => {
    await page.goto(product.url + path);
    await expect(page.locator('h1')).toBeAttached();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
  };
  await page.evaluate(() => localStorage.setItem('oa.language', 'en'));
  for (const path of ['/overview', '/settings/profile']) await expectNarrow(path);
  await page.evaluate(() => localStorage.setItem('oa.language', 'zh-CN'));
  for (const path of ['/overview', '/sessions', '/sessions/new', '/configs', '/apps', '/settings/profile'])
    await expectNarrow(path);
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '个人令牌' }).click();
  await expect(page).toHaveURL(/\/settings\/tokens$/);
  await page.getByRole('navigation', { name: '当前位置' }).getByRole('link', { name: '设置' }).click();
  await expect(page).toHaveURL(/\/settings\/profile$/);
});

test('the API reference works under its own rules', async ({ console: page, product }) => {
  await page.goto(`${product.url}/docs`);
  await expect(page.getByRole('heading', { name: /OpsAgent/ })).toBeVisible();
});
