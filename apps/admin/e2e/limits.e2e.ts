import { zhCn as limits } from '../src/app/limits/i18n/zh-cn.js';
import { zhCn as chat } from '../src/app/session/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// Nothing is limited at first, and nobody else is to be held by what is set here. What a limit refuses, the browser notes.
test.use({ installation: 'new', tolerated: /status of 429/ });

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

test('a question over a limit says what is used, waits where it is worth it, and is asked again', async ({
  console: page,
  product,
}) => {
  const { user } = await product.call<{ user: { id: string } }>('/api/me');
  const limit = (body: object) => product.call(`/api/limits/user/${user.id}`, { method: 'PUT', body });
  const sessionWith = async (model: string): Promise<string> => {
    const body = { llm_config_id: await product.model(model) };
    return (await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body })).session_id;
  };
  const [busy, session] = [await sessionWith('sim-stall-3'), await sessionWith('sim-text-2')];
  await product.stream(`/api/sessions/${session}/messages`, { query: 'x' });

  await limit({ concurrent_runs: 1, tokens_per_month: 10_000, soft_percent: 1 });
  const held = product.stream(`/api/sessions/${busy}/messages`, { query: 'x' });
  await expect
    .poll(async () => (await product.call<{ active_run_id: string | null }>(`/api/sessions/${busy}`)).active_run_id)
    .not.toBeNull();
  await page.goto(`${product.url}/sessions/${session}`);
  const box = page.getByRole('textbox', { name: chat.composer.label });
  const ask = async (text: string): Promise<void> => {
    await box.fill(text);
    await box.press('Enter');
  };
  await ask('typed with care');
  const card = page.getByRole('group', { name: zhCn.errors['limits/too-many-runs'].title });
  await expect(card).toContainText(`${chat.limit.name.concurrent_runs}：已用 1 / 1`);
  await expect(card.getByRole('button', { name: /秒后可重试/ })).toBeDisabled();
  await expect(page.getByText('typed with care')).toBeVisible();
  await expectAccessible(page);
  const { active_run_id } = await product.call<{ active_run_id: string }>(`/api/sessions/${busy}`);
  await product.call(`/api/runs/${active_run_id}/stop`, { method: 'POST' });
  await held;
  await card.getByRole('button', { name: chat.error.retry, exact: true }).click();
  await expect(card).toBeHidden();

  const notice = page.locator('oa-limit-notice');
  await expect(notice).toContainText(chat.limit.name.tokens_per_month);
  await expectAccessible(page);
  await notice.getByRole('button').click();
  await ask('once more');
  await expect(page.locator('oa-turn').nth(2).locator('oa-answer-actions')).toBeVisible();
  await expect(notice.getByRole('status')).toHaveCount(0);

  await limit({ tokens_per_month: 1 });
  await ask('too much');
  const spent = page.getByRole('group', { name: zhCn.errors['limits/budget-spent'].title });
  await expect(spent).toContainText(/已用 [\d,]+ \/ 1。.*重置/);
  await limit({ tokens_per_month: 1_000_000 });
  await spent.getByRole('button', { name: chat.error.retry, exact: true }).click();
  await expect(page.locator('oa-turn').nth(3).locator('oa-answer-actions')).toBeVisible();
});
