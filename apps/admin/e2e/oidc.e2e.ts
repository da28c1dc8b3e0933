import { CLIENT, startIdentityProvider } from '../../../tools/identity-provider/identity-provider.js';
import { zhCn as identity } from '../src/app/identity/i18n/zh-cn.js';
import { builtInZhCn } from '../src/app/shared/i18n/built-in-zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';
import { freePort, startServer } from './support/server.js';

const { oidc, with: signInWith } = builtInZhCn.signIn;
const named = (text: string): string => text.replace('{{name}}', 'Corp ID');

test('somebody turns back at the provider, then signs in with it and stands on the page asked for', async ({
  page,
}) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const provider = await startIdentityProvider(url);
  provider.people.set('ann', { email: 'ann@example.org', email_verified: true });
  const server = await startServer({
    PORT: String(port),
    OPSAGENT_ADMIN_EMAIL: 'admin@example.org',
    OPSAGENT_ADMIN_PASSWORD: 'correct-horse-battery',
    OPSAGENT_PUBLIC_URL: url,
    OPSAGENT_OIDC_ISSUER: provider.issuer,
    OPSAGENT_OIDC_CLIENT_ID: CLIENT.id,
    OPSAGENT_OIDC_CLIENT_SECRET: CLIENT.secret,
    OPSAGENT_OIDC_NAME: 'Corp ID',
    OPSAGENT_OIDC_DEFAULT_ROLE: 'viewer',
  });
  // The provider's own pages ask for a font of the web.
  await page.route(/googleapis/, (route) => route.abort());
  await page.goto(`${url}/sessions`);
  const link = page.getByRole('link', { name: named(signInWith) });
  await link.click();
  await page.getByText('Cancel').click();
  await expect(page.getByRole('alert')).toHaveText(named(oidc.cancelled));
  await expectAccessible(page);

  await link.click();
  await page.getByPlaceholder('Enter any login').fill('ann');
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(`${url}/sessions`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('会话');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('会话');

  // The sign-in ends while the page is open: a new one in another tab takes it up again.
  await page.context().clearCookies({ name: /opsagent/ });
  await page.getByRole('link', { name: '概览' }).first().click();
  const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  await tab.waitForURL(`${url}/overview`);
  await tab.close();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('概览');
  await Promise.all([server.stop(), provider.close()]);
});

test('where passwords are switched off, the provider is the only way in', async ({ page }) => {
  const server = await startServer({
    OPSAGENT_ADMIN_EMAIL: 'admin@example.org',
    OPSAGENT_ADMIN_PASSWORD: 'correct-horse-battery',
    OPSAGENT_PUBLIC_URL: 'http://localhost',
    // Nobody signs in here, so nobody answers there.
    OPSAGENT_OIDC_ISSUER: 'http://localhost:1',
    OPSAGENT_OIDC_CLIENT_ID: CLIENT.id,
    OPSAGENT_OIDC_NAME: 'Corp ID',
    OPSAGENT_PASSWORD_SIGN_IN: 'off',
  });
  const link = page.getByRole('link', { name: named(signInWith) });
  await page.goto(`${server.url}/login`);
  await expect(link).toBeVisible();
  await expect(page.locator('input')).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(`${server.url}/invitation#anything`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(identity.invitation.viaProvider);
  await expect(link).toBeVisible();
  await expect(page.locator('input')).toHaveCount(0);
  await server.stop();
});
