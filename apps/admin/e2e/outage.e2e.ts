import { zhCn as apps } from '../src/app/dify-app/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, signIn, test } from './support/console.js';
import { Line } from './support/line.js';

test('while the server is gone nothing can be sent and nothing typed is lost; it comes back by itself', async ({
  page,
  product,
}) => {
  const line = new Line(Number(new URL(product.url).port));
  await line.mend();
  await product.model('sim-echo');
  await signIn(page, { ...product, url: line.url });
  await page.getByRole('link', { name: zhCn.nav.apps }).click();
  await page.locator('oa-dify-app-table').getByRole('link').first().click();
  await page.getByRole('link', { name: apps.tab.keys }).click();
  const purpose = page.locator('oa-dify-app-keys form input');
  const create = page.locator('oa-dify-app-keys form button[type=submit]');
  await purpose.fill('typed with care');
  line.cut();
  // Whatever is asked first finds out.
  await create.click();
  const bar = page.getByText(zhCn.outage.network);
  await expect(bar).toBeVisible();
  await expect(create).toHaveAttribute('aria-disabled', 'true');
  await expect(create).toHaveAttribute('title', zhCn.outage.network);
  await expectAccessible(page);
  await page.getByRole('button', { name: zhCn.common.dismiss }).click();
  await purpose.press('Enter');
  await expect(purpose).toHaveValue('typed with care');
  await expect(page.getByRole('button', { name: zhCn.common.dismiss })).toHaveCount(0);
  await page.getByRole('link', { name: zhCn.nav.overview }).click();
  await expect(page.getByRole('alert')).toContainText(zhCn.errors.network.title);

  await line.mend();
  await expect(bar).toBeHidden();
  await expect(page.locator('main h2').first()).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
  line.cut();
});
