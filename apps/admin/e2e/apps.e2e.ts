import { readFile } from 'node:fs/promises';
import type { AppDto } from '@opsagent/contracts';
import { zhCn as apps } from '../src/app/dify-app/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// A stale edit is answered with 409, a wrong key with 401.
test.use({ tolerated: /status of (401|404|409)/ });

test('an app is made, gets a key that works, is changed beside somebody else, and is deleted and taken back', async ({
  console: page,
  product,
}) => {
  await product.model('sim-echo');
  await page.goto(`${product.url}/apps`);
  await page.getByRole('button', { name: apps.create.open }).click();
  const dialog = page.getByRole('dialog', { name: apps.create.open });
  await dialog.getByLabel(apps.field.name).fill('值班机器人');
  await dialog.getByLabel(apps.field.mode).selectOption('chat');
  await dialog.getByRole('combobox', { name: apps.field.model }).fill('sim-echo');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: apps.create.do }).click();
  await page.waitForURL(/\/apps\/[^/]+\?tab=keys$/);
  const id = new URL(page.url()).pathname.split('/')[2];

  await page.getByLabel(zhCn.secrets.name).fill('bot');
  await page.getByRole('button', { name: zhCn.secrets.create }).click();
  const made = page.getByRole('dialog', { name: zhCn.secrets.createdTitle });
  const key = await made.locator('code').innerText();
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    made.getByRole('button', { name: '下载 .env' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain(`OPSAGENT_API_KEY=${key}\n`);
  await made.getByRole('button', { name: zhCn.secrets.saved }).click();
  await expect(made).toBeHidden();
  expect(await page.content()).not.toContain(key);
  const ask = async (bearer: string): Promise<number> => {
    const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query: 'hi', inputs: {}, user: 'u' });
    return (await fetch(`${product.url}/v1/chat-messages`, { method: 'POST', headers, body })).status;
  };
  expect(await ask(key)).toBe(200);

  await page.getByRole('button', { name: '轮换 bot' }).click();
  await page.getByRole('dialog').getByLabel(apps.key.overlap).fill('73');
  await page.keyboard.press('Enter');
  await expect(page.getByText('请填写 1 到 72 的整数。')).toBeVisible();
  await page.getByRole('dialog').getByLabel(apps.key.overlap).fill('1');
  await page.keyboard.press('Enter');
  const second = await made.locator('code').innerText();
  await made.getByRole('button', { name: zhCn.secrets.saved }).click();
  expect([await ask(key), await ask(second)]).toEqual([200, 200]);
  await page
    .getByRole('row')
    .filter({ hasText: second.slice(-4) })
    .getByRole('button', { name: '吊销 bot' })
    .click();
  const sure = page.getByRole('dialog').getByRole('button', { name: zhCn.secrets.revoke, exact: true });
  await expect(sure).toBeDisabled();
  await page.getByRole('dialog').getByRole('textbox').fill('bot');
  await sure.click();
  await expect(page.getByRole('row')).toHaveCount(2);
  expect([await ask(key), await ask(second)]).toEqual([200, 401]);

  await page.getByRole('navigation', { name: apps.tab.label }).getByRole('link', { name: apps.tab.settings }).click();
  await page.getByLabel(apps.field.description).fill('mine');
  await page.getByRole('button', { name: apps.input.add }).click();
  const save = page.getByRole('button', { name: apps.save, exact: true });
  await save.click();
  await expect(page.getByText(apps.input.faults.label)).toBeVisible();
  await page.getByLabel(apps.input.label).fill('主机');
  await page.getByLabel(apps.input.variable).fill('host');
  await expectAccessible(page);
  await product.call(`/api/apps/${id}`, { method: 'PATCH', body: { description: 'theirs' } });
  await save.click();
  const stale = page.getByRole('dialog', { name: '值班机器人 已被他人修改' });
  await expect(stale.getByRole('row', { name: apps.field.description })).toContainText('theirs');
  await stale.getByRole('button', { name: zhCn.stale.overwrite }).click();
  await expect(page.getByText('已保存 值班机器人。')).toBeVisible();
  const stored = await product.call<AppDto>(`/api/apps/${id}`);
  expect(stored).toMatchObject({ description: 'mine', input_form: [{ label: '主机', variable: 'host' }] });

  await page.getByRole('button', { name: zhCn.common.delete }).click();
  await page.waitForURL(/\/apps$/);
  await expect(page.getByRole('link', { name: '值班机器人' })).toHaveCount(0);
  await page.getByRole('button', { name: zhCn.common.undo }).click();
  await page.getByRole('link', { name: '值班机器人' }).click();
  await page.getByLabel(apps.field.name, { exact: true }).fill('unsaved');
  await page.getByRole('link', { name: zhCn.nav.overview }).click();
  await page.getByRole('dialog').getByRole('button', { name: zhCn.common.keepEditing }).click();
  await expect(page.getByLabel(apps.field.name, { exact: true })).toHaveValue('unsaved');
});
