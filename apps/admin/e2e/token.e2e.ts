import { zhCn as identity } from '../src/app/identity/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

const { tokens } = identity;

test('a token is made with scopes and an end, shown once, works as far as they go, and is revoked', async ({
  console: page,
  product,
}) => {
  await page.goto(`${product.url}/settings/tokens`);
  await page.getByRole('button', { name: tokens.new }).click();
  const dialog = page.getByRole('dialog', { name: tokens.newTitle });
  await dialog.getByLabel(zhCn.secrets.name).fill('monitoring');
  await dialog.getByLabel(tokens.scopes.sessions.name).check();
  await dialog.getByLabel(tokens.holdsFor).selectOption({ value: '7' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: tokens.create }).click();
  const token = await page.getByRole('dialog', { name: zhCn.secrets.createdTitle }).locator('code').innerText();
  await page.getByRole('button', { name: zhCn.secrets.saved }).click();

  const call = async (method: string, path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = method === 'POST' ? { body: '{"name":"x"}' } : {};
    return (await fetch(product.url + path, { method, headers, ...body })).status;
  };
  expect(await call('GET', '/api/llm-configs')).toBe(200);
  expect(await call('POST', '/api/tokens')).toBe(403);

  const row = page.getByRole('row', { name: /monitoring/ });
  await expect(row).toContainText(tokens.scopes.read.name);
  await expect(row).toContainText(tokens.scopes.sessions.name);
  await expect(row.locator('time.soon')).toContainText(zhCn.secrets.endsInDays.replace('{{count}}', '7'));
  expect(await page.content()).not.toContain(token);
  await row.getByRole('button', { name: zhCn.secrets.revoke }).click();
  await page.getByRole('dialog').getByRole('button', { name: zhCn.secrets.revoke, exact: true }).click();
  await expect(row).toBeHidden();
  expect(await call('GET', '/api/llm-configs')).toBe(401);
});
