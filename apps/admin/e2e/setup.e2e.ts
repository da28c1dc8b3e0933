import { expect, test } from '@playwright/test';
import { expectAccessible, watch } from './support/console.js';
import { type RunningServer, startServer } from './support/server.js';

let server: RunningServer;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(() => server.stop());

test('an empty installation is set up with the printed code', async ({ page }) => {
  const faults: string[] = [];
  watch(page, server.url, faults);
  await page.goto(`${server.url}/setup`);
  await expect(page.getByRole('heading', { name: '初始化 OpsAgent' })).toBeVisible();
  await expectAccessible(page);
  const code = /code\s+([0-9A-Z-]{6,})/i.exec(server.output())?.[1];
  await page.getByLabel('初始化码').fill('WRONG-CODE');
  await page.getByLabel('管理员邮箱').fill('first@example.org');
  await page.getByLabel('密码', { exact: true }).fill('short');
  await page.getByRole('button', { name: '创建并登录' }).click();
  await expect(page.getByText('至少 12 个字符。')).toBeVisible();
  await page.getByLabel('密码', { exact: true }).fill('a-long-enough-password');
  await page.getByRole('button', { name: '创建并登录' }).click();
  await expect(page.getByRole('alert')).toContainText('初始化码不正确或已更换');
  expect(faults.splice(0).join()).toMatch(/status of 40\d/);
  await page.getByLabel('初始化码').fill(code!);
  await page.getByRole('button', { name: '创建并登录' }).click();
  await expect(page.getByRole('heading', { name: '还没有模型配置' })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${server.url}/setup`);
  await expect(page).not.toHaveURL(/\/setup/);
  expect(faults).toEqual([]);
});
