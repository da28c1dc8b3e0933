import { zhCn as identity } from '../src/app/identity/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { zhCn as users } from '../src/app/users/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

const INVITED = 'new.viewer@example.org';
const INVITED_PASSWORD = 'a long enough password';

// Somebody who is switched off is refused, and a used link does not hold.
test.use({ installation: 'new', tolerated: /status of (401|403|422)/ });

test('somebody is invited, comes in by the link, sees what the role allows, and is switched off', async ({
  console: page,
  product,
  browser,
}) => {
  await page.goto(`${product.url}/settings/users`);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(page.getByRole('row', { name: /admin@example.org/ })).toContainText(users.you);
  await button('admin@example.org').click();
  await expect(page.getByText(users.obstacles.lastAdmin)).toBeVisible();
  await expect(button(users.actions.off)).toBeDisabled();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await button(users.invite).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel(users.email).fill(INVITED);
  await page.getByRole('dialog').getByLabel(users.role).selectOption('viewer');
  await expectAccessible(page);
  await page.getByRole('dialog').getByLabel(users.email).press('Enter');
  const link = await page.getByRole('dialog', { name: users.link.title }).locator('code').innerText();
  await button(users.link.done).click();
  const row = page.getByRole('row', { name: new RegExp(INVITED) });
  await expect(row).toContainText(users.states.invited);
  expect(await page.content()).not.toContain(link);

  const context = await browser.newContext({ locale: 'zh-CN' });
  const guest = await context.newPage();
  await guest.goto(link);
  await expectAccessible(guest);
  await guest.getByLabel(identity.profile.name).fill('李安');
  await guest.getByLabel(identity.password.new).fill(INVITED_PASSWORD);
  await guest.keyboard.press('Enter');
  await guest.waitForURL(/\/overview$/);
  await expect(guest.getByRole('link', { name: zhCn.nav.apps })).toHaveCount(0);
  await guest.goto(`${product.url}/settings/sign-ins`);
  await expect(guest.getByText(identity.signIns.current)).toBeVisible();
  await expect(guest.getByRole('link', { name: zhCn.nav.users, exact: true })).toHaveCount(0);
  await guest.goto(`${product.url}/settings/users`);
  await expect(guest.getByRole('alert')).toContainText('users.read');
  await guest.goto(link);
  await guest.getByLabel(identity.password.new).fill(INVITED_PASSWORD);
  await guest.keyboard.press('Enter');
  await expect(guest.getByRole('heading', { name: identity.invitation.invalid })).toBeVisible();
  await guest.goto(`${product.url}/overview`);

  await page.reload();
  await expect(row).toContainText('李安');
  await button('李安').click();
  await button(users.actions.off).click();
  await expect(page.getByText(users.actions.offDone.replace('{{email}}', INVITED))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row).toContainText(users.states.off);
  await guest.getByRole('navigation', { name: zhCn.nav.label }).getByRole('link', { name: zhCn.nav.configs }).click();
  await expect(guest.getByRole('dialog', { name: zhCn.again.title })).toBeVisible();
  await context.close();
});
