import type { SessionDto } from '@opsagent/contracts';
import { expect, expectAccessible, test } from './support/console.js';
import { failing, NOTED } from './support/faults.js';

test.use({ tolerated: NOTED });

test('several sessions are selected by keys, put away together and taken back together; one that fails says why', async ({
  console: page,
  product,
}) => {
  const made: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const body = { session_name: `bulk ${at}` };
    const session = await product.call<SessionDto>('/api/sessions', { method: 'POST', body });
    made.push(session.session_id);
  }
  const entry = page.locator('oa-session-entry');
  const bar = page.getByRole('group', { name: '批量操作' });
  await page.goto(`${product.url}/sessions`);
  const found = page.waitForResponse(/search=bulk/);
  await page.getByLabel('搜索名称和内容').fill('bulk');
  await found;
  await expect(entry).toHaveCount(5);
  await page.locator('h1').click();
  for (const key of ['j', 'x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key);
  await expect(bar).toContainText('已选 3 个');
  await expect(entry.getByRole('checkbox').nth(2)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(bar).toContainText('已选 2 个');
  await page.keyboard.press('Shift+Space');
  await expect(bar).toContainText('已选 3 个');
  await expectAccessible(page);
  await bar.getByRole('button', { name: '归档' }).press('Enter');
  await expect(entry).toHaveText([/bulk 1/, /bulk 0/]);
  await expect(page.getByText('已归档 3 个会话。')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(entry).toHaveCount(5);

  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('button', { name: '选择多个会话' }).click();
  await page.getByRole('button', { name: '全选 5 个' }).click();
  await expect(bar).toContainText('已选 5 个');
  await page.getByRole('button', { name: '取消全选' }).click();
  await entry.nth(0).click();
  await entry.nth(4).click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('已选 5 个');
  const answer = await failing(page, 'DELETE', new RegExp(made[3]), 500);
  await bar.getByRole('button', { name: '删除' }).click();
  await expect(bar).toContainText('1 个会话未能处理');
  await expect(bar.getByRole('listitem')).toHaveText(/bulk 3：/);
  await expect(entry).toHaveCount(1);
  await expectAccessible(page);
  await answer();
  await bar.getByRole('button', { name: '重试' }).click();
  await expect(entry).toHaveCount(0);
  await expect(bar).toBeHidden();
});
