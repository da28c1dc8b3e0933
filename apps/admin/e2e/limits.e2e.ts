import { zhCn as limits } from '../src/app/limits/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// Nothing is limited at first, and nobody else is to be held by what is set here.
test.use({ installation: 'new' });

test('limits are set for a user, seen in use, changed, taken away and put back', async ({ console: page, product }) => {
  const llm_config_id = await product.model('sim-text-2');
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', {
    method: 'POST',
    body: { llm_config_id },
  });
  await product.stream(`/api/sessions/${session_id}/messages`, { query: 'x' });

  await page.goto(`${product.url}/settings/limits`);
  await expect(page.getByRole('heading', { name: limits.none })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: limits.add }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel(limits.kindLabel).selectOption('user');
  await drawer.getByRole('combobox', { name: limits.subject, exact: true }).fill('admin');
  await drawer.getByRole('option', { name: 'admin@example.org' }).click();
  await drawer.getByLabel(limits.name.tokens_per_month).fill('0');
  await page.keyboard.press('Control+Enter');
  await expect(drawer.getByText(zhCn.validation.min.replace('{{min}}', '1'))).toBeVisible();
  await drawer.getByLabel(limits.name.tokens_per_month).fill('1000');
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(drawer).toBeHidden();

  const row = page.getByRole('row', { name: /admin@example.org/ });
  await expect(row).toContainText(/[1-9]\d* \/ 1,000/);
  await expectAccessible(page);
  await page.getByLabel(limits.search).fill('nobody');
  await expect(page.getByRole('heading', { name: limits.nothing })).toBeVisible();
  await page.getByRole('button', { name: zhCn.common.clearFilters }).click();

  await page.getByRole('button', { name: 'admin@example.org' }).click();
  await drawer.getByLabel(limits.name.tokens_per_month).fill('2000');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: zhCn.common.keepEditing }).click();
  await drawer.getByRole('button', { name: limits.save }).click();
  await expect(row).toContainText('/ 2,000');

  await page.getByRole('button', { name: 'admin@example.org' }).click();
  await drawer.getByRole('button', { name: limits.remove }).click();
  await expect(page.getByRole('heading', { name: limits.none })).toBeVisible();
  await page.getByRole('button', { name: zhCn.common.undo }).click();
  await expect(row).toContainText('/ 2,000');
});
