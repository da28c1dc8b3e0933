import { zhCn } from '../src/app/sources/i18n/zh-cn.js';
import { zhCn as shared } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// A secret that is kept for another address is refused by the server.
test.use({ tolerated: /status of 400/ });

test('a source is registered, tested, switched off, deleted and taken back', async ({ console: page, product }) => {
  await page.goto(`${product.url}/settings/sources`);
  await page.getByRole('button', { name: zhCn.add }).first().click();
  const drawer = page.getByRole('dialog', { name: zhCn.add });
  await drawer.getByLabel(zhCn.kindLabel).selectOption('prometheus');
  await drawer.getByRole('button', { name: zhCn.save, exact: true }).click();
  await expect(drawer.getByText(shared.validation.required)).toHaveCount(2);
  await drawer.getByLabel(zhCn.field.name, { exact: true }).fill('prom-e2e');
  await drawer.getByLabel(zhCn.field.url).fill(product.simulator);
  await drawer.getByLabel(zhCn.secret.token).fill('a-token-of-the-test');
  await expectAccessible(page);
  await drawer.getByRole('button', { name: zhCn.saveAndTest }).click();
  const saved = page.getByRole('dialog', { name: 'prom-e2e' });
  // The simulator is no Prometheus, and the test really asks.
  await expect(saved.getByText(zhCn.fault.wrong_service)).toBeVisible();
  await expect(saved.getByText(zhCn.secretStored)).toBeVisible();
  await expect(saved.getByLabel(zhCn.secret.token)).toHaveValue('');

  // At another address the kept secret has to be entered again.
  await saved.getByLabel(zhCn.field.url).fill('http://127.0.0.1:9');
  await saved.getByRole('button', { name: zhCn.save, exact: true }).click();
  await expect(saved.getByText(/must be entered again/).first()).toBeVisible();
  await saved.getByLabel(zhCn.field.url).fill(product.simulator);
  await saved.getByRole('button', { name: zhCn.save, exact: true }).click();
  await expect(saved).toBeHidden();

  const row = page.getByRole('row').filter({ hasText: 'prom-e2e' });
  await row.getByRole('switch').click();
  await expect(row.getByText(zhCn.off, { exact: true })).toBeVisible();
  await row.getByRole('button', { name: 'prom-e2e', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: shared.common.delete }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: shared.common.undo }).last().click();
  await expect(row).toHaveCount(1);
  await expectAccessible(page);
});
