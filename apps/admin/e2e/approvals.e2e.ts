import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { zhCn as session } from '../src/app/session/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/ui/approval/i18n/zh-cn.js';
import { expect, expectAccessible, test, watch } from './support/console.js';

test.use({ settings: { OPSAGENT_LOCAL_COMMANDS: 'on', OPSAGENT_ENVIRONMENT: 'production' } });

const REASON = '交易时间不能改';
let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opsagent-approvals-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const touched = (name: string) => existsSync(join(folder, name));
const touch = (name: string) => ({
  name: 'run_command',
  arguments: { target: 'local', argv: ['touch', join(folder, name)] },
});
const cardOf = (page: Page, name: string) => page.locator('oa-approval-card').filter({ hasText: join(folder, name) });

/** In production nothing is done before its target is typed. */
async function confirm(card: Locator, send: string): Promise<void> {
  const button = card.getByRole('group').getByRole('button', { name: send, exact: true });
  await expect(button).toBeDisabled();
  await card.getByLabel(zhCn.typeTarget.replace('{{target}}', 'local')).fill('local');
  await button.click();
}

test('calls wait; one is approved, one rejected with a reason, one edited in another tab', async ({
  console: page,
  product,
}) => {
  const body = { llm_config_id: await product.model('sim-script') };
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
  await page.goto(`${product.url}/sessions/${session_id}`);
  const script = [{ text: '需要三处更改。', calls: ['good', 'bad', 'wrong'].map(touch) }, { text: '**处理完毕**' }];
  await page.getByRole('textbox', { name: session.composer.label }).fill(`处理。script:${JSON.stringify(script)}`);
  await page.keyboard.press('Enter');

  await expect(page.locator('oa-approval-card')).toHaveCount(3);
  await expect(page.locator('oa-announcer [role=alert]')).toContainText('touch');
  await expect(cardOf(page, 'good').getByRole('blockquote')).toHaveText('需要三处更改。');
  await page.reload();
  await expect(page.locator('oa-approval-card')).toHaveCount(3);
  await expectAccessible(page);
  expect(['good', 'bad', 'wrong'].filter(touched)).toEqual([]);

  const good = cardOf(page, 'good');
  await good.getByRole('button', { name: zhCn.verdict.approve }).click();
  await confirm(good, zhCn.send.approve);
  await expect(good.locator('header')).toContainText(`${zhCn.ended.approved} · `);
  await expect.poll(() => touched('good')).toBe(true);

  const bad = cardOf(page, 'bad');
  await bad.getByRole('button', { name: zhCn.verdict.reject }).click();
  await bad.getByLabel(zhCn.rejectLabel).fill(REASON);
  await bad.getByRole('group').getByRole('button', { name: zhCn.send.reject, exact: true }).click();
  await expect(bad.locator('header')).toContainText(`${zhCn.ended.rejected} · `);

  const faults: string[] = [];
  const tab = await page.context().newPage();
  watch(tab, product.url, faults);
  await tab.goto(`${product.url}/approvals`);
  const wrong = cardOf(tab, 'wrong');
  await expect(tab.locator('oa-approval-card')).toHaveCount(1);
  await wrong.getByRole('button', { name: zhCn.verdict.edit }).click();
  const edited = JSON.stringify(touch('edited').arguments);
  await wrong.getByLabel(zhCn.editLabel).fill(edited);
  await confirm(wrong, zhCn.send.edit);
  await expect(cardOf(tab, 'edited').locator('header')).toContainText(zhCn.ended.edited);
  expect(faults).toEqual([]);
  await tab.close();

  await expect(page.getByText('处理完毕', { exact: true })).toBeVisible();
  expect(['good', 'bad', 'wrong', 'edited'].filter(touched)).toEqual(['good', 'edited']);
  await expect(cardOf(page, 'edited').locator('header')).toContainText(zhCn.ended.edited);
  // The model reads the reason.
  await expect(page.locator('oa-step-card').filter({ hasText: session.step.refused })).toContainText(REASON);

  await page.reload();
  await expect(page.getByText('处理完毕', { exact: true })).toBeVisible();
  const refused = page.locator('oa-step-card').filter({ hasText: session.step.refused });
  await refused.locator('summary').click();
  await expect(refused.locator('oa-approval-card header')).toContainText(`${zhCn.ended.rejected} · `);
  await expect(refused.locator('oa-approval-card')).toContainText(REASON);
});
