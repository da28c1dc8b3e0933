import { zhCn as identity } from '../src/app/identity/i18n/zh-cn.js';
import { zhCn as configs } from '../src/app/llm-config/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { zhCn as users } from '../src/app/users/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

test('an administrator looks at the console as a viewer does, changes nothing, and leaves', async ({
  console: page,
  product,
}) => {
  await product.model('sim-text');
  const viewer = zhCn.roles.viewer;
  const rail = page.getByRole('navigation', { name: zhCn.nav.label });
  await page.goto(`${product.url}/settings/roles`);
  await page.getByRole('button', { name: users.roles.previewAs.replace('{{role}}', viewer), exact: true }).click();
  await page.waitForURL(/\/overview$/);
  await expect(page.getByText(zhCn.shell.preview.replace('{{role}}', viewer))).toBeVisible();
  await expect(rail.getByRole('link', { name: zhCn.nav.apps })).toHaveCount(0);
  await expect(rail.getByRole('link', { name: zhCn.nav.audit })).toHaveCount(0);

  await rail.getByRole('link', { name: zhCn.nav.configs }).click();
  await expect(page.getByText(configs.readOnly)).toBeVisible();
  await expect(page.getByRole('link', { name: configs.new })).toHaveCount(0);
  await expect(page.getByRole('switch', { name: /sim-text/ }).first()).toBeDisabled();
  await expectAccessible(page);

  // What a viewer may do is held back as well: the server would do it as the administrator.
  await page.getByRole('button', { name: zhCn.shell.user }).click();
  await page.getByRole('menuitem', { name: zhCn.nav.tokens }).click();
  const make = page.getByRole('button', { name: identity.tokens.new });
  await expect(make).toHaveAttribute('title', zhCn.outage.preview);
  await make.click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('button', { name: zhCn.shell.previewEnd }).click();
  await page.waitForURL(/\/settings\/roles$/);
  await expect(rail.getByRole('link', { name: zhCn.nav.apps })).toBeVisible();
});
