import { TOTP } from 'otpauth';
import { en } from '../src/app/identity/i18n/en.js';
import { builtInEn } from '../src/app/shared/i18n/built-in-en.js';
import { EMAIL, expect, expectAccessible, PASSWORD, test } from './support/console.js';

const { twoFactor } = en;
const { signIn } = builtInEn;

// The administrator of a shared server has to stay one who signs in with the password alone.
test.use({ installation: 'new', tolerated: /status of 40[01]/ });

/** The next code counts as well: the one of now was used to switch it on. */
const codeOf = (secret: string, steps: number): string =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

test('the second factor is switched on, asked for at every sign-in, and switched off', async ({
  console: page,
  product,
}) => {
  await page.evaluate(() => localStorage.setItem('oa.language', 'en'));
  await page.goto(product.url + '/settings/profile');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const code = page.getByLabel(signIn.code, { exact: true });

  await button(twoFactor.turnOn).click();
  await dialog.getByLabel(twoFactor.password).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('img', { name: twoFactor.qr })).toBeVisible();
  await expectAccessible(page);
  const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
  await expect(code).toBeFocused();
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill(codeOf(secret, 0));
  await page.keyboard.press('Enter');
  await expect(dialog.locator('li')).toHaveCount(10);
  const codes = await dialog.locator('li').allInnerTexts();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await button(twoFactor.download).click();
  expect((await saved).suggestedFilename()).toBe('opsagent-recovery-codes.txt');
  await button(twoFactor.kept).click();
  await expect(page.getByText(twoFactor.codesLeft.replace('{{count}}', '10'))).toBeVisible();

  const enter = async (): Promise<void> => {
    await page.locator('input[type=email]').fill(EMAIL);
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(code).toBeFocused();
  };
  await page.context().clearCookies();
  await page.goto(product.url + '/login');
  await enter();
  await expectAccessible(page);
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(signIn.wrongCode);
  await code.fill(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/overview$/);

  // The sign-in ends below an open page: the dialog on top asks for the same.
  await page.goto(product.url + '/settings/profile');
  await button(twoFactor.off.confirm).click();
  await page.context().clearCookies();
  await dialog.getByLabel(twoFactor.password).fill(PASSWORD);
  await button(signIn.useRecovery).click();
  await page.getByLabel(signIn.recoveryCode).fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  const again = page.getByRole('dialog', { name: /again/ });
  await again.locator('input[type=email]').fill(EMAIL);
  await again.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await again.getByRole('button', { name: signIn.useRecovery }).click();
  await again.getByLabel(signIn.recoveryCode).fill((codes[1] ?? '').toUpperCase());
  await page.keyboard.press('Enter');
  await expect(again).toBeHidden();
  await expect(button(twoFactor.turnOn)).toBeVisible();
});
