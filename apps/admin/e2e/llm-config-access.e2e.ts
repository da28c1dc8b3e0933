import type { InvitedUserDto, SessionDto } from '@opsagent/contracts';
import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, PASSWORD, pickModel, type Product, test } from './support/console.js';

/** A page of a new operator, signed in. */
async function operatorPage(browser: Browser, product: Product, email: string): Promise<Page> {
  const invited = { email, role: 'operator' };
  const { invitation } = await product.call<InvitedUserDto>('/api/users', { method: 'POST', body: invited });
  const page = await browser.newPage();
  await page.addInitScript(() => localStorage.setItem('oa.language', 'zh-CN'));
  await page.goto(`${product.url}/login`);
  const headers = { origin: product.url };
  const data = { invitation, password: PASSWORD };
  const answer = await page.request.post(`${product.url}/api/auth/invitation`, { headers, data });
  expect(answer.ok()).toBe(true);
  return page;
}

test('a model is limited to people: others lose it from their lists, and go on with another one', async ({
  browser,
  console: page,
  product,
}) => {
  await product.model('sim-text-2-open');
  const id = await product.model('sim-text-3-limited');
  const other = await operatorPage(browser, product, 'limited@example.org');
  const session = await other.request.post(`${product.url}/api/sessions`, {
    headers: { origin: product.url },
    data: { llm_config_id: id, session_name: 'limited' },
  });
  await other.goto(`${product.url}/sessions/${((await session.json()) as SessionDto).session_id}`);
  const ask = async (question: string) => {
    await other.getByLabel('输入问题').fill(question);
    await other.getByRole('button', { name: '发送', exact: true }).click();
  };
  await ask('first');
  await expect(other.getByRole('button', { name: '重新生成', exact: true })).toBeEnabled();

  await page.goto(`${product.url}/configs/${id}`);
  await page.locator('summary', { hasText: '谁可以使用' }).click();
  await page.getByRole('radio', { name: '指定人员' }).check();
  await expect(page.getByText('还没有选择')).toBeVisible();
  await page.getByRole('combobox', { name: '添加人员' }).fill('limited@');
  await page.getByRole('option', { name: 'limited@example.org' }).click();
  await expect(page.getByRole('list', { name: '可以使用的人员' })).toHaveText('limited@example.org');
  await expectAccessible(page);
  await page.getByRole('button', { name: '移除 limited@example.org' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const row = page.getByRole('row', { name: /sim-text-3-limited/ });
  await expect(row.getByText('限定', { exact: true })).toBeVisible();

  await ask('second');
  await expect(other.getByText('无权再使用此模型')).toBeVisible();
  await expect(other.getByText('不再对你开放，请选择新模型后继续')).toBeVisible();
  await expect(other.locator('.bubble').first()).toHaveText('first');
  await pickModel(other, 'sim-text-2-open');
  await other.getByRole('button', { name: '切换模型' }).click();
  await ask('third');
  await expect(other.locator('oa-turn').last().locator('oa-markdown')).toContainText('node');
  await other.goto(`${product.url}/configs`);
  await expect(other.getByRole('link', { name: 'sim-text-2-open' })).toBeVisible();
  await expect(other.getByText('sim-text-3-limited')).toHaveCount(0);
  await other.close();
});

test('the default is for everybody, and the form says so before it is sent', async ({ console: page, product }) => {
  const id = await product.model('sim-text-4-limited');
  await page.goto(`${product.url}/configs/${id}`);
  await page.getByRole('checkbox', { name: '设为默认' }).check();
  await page.locator('summary', { hasText: '谁可以使用' }).click();
  await page.getByRole('radio', { name: '指定角色' }).check();
  await page.getByRole('checkbox', { name: '审批员' }).check();
  await expect(page.getByRole('alert')).toContainText('默认模型必须对所有人开放');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/configs/${id}$`));
  await page.getByRole('checkbox', { name: '设为默认' }).uncheck();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page).toHaveURL(/\/configs$/);
  await page.goto(`${product.url}/configs/${id}?tab=history`);
  await expect(page.getByRole('list', { name: '历史' })).toContainText('谁可以使用审批员');
});
