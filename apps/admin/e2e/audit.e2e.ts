import type { AuditListDto } from '@opsagent/contracts';
import { expect, test } from './support/console.js';

test('the audit log tells what was done, finds it, and proves that it is whole', async ({ console: page, product }) => {
  const id = await product.model('sim-text-77');
  await product.call(`/api/llm-configs/${id}/toggle-status`, { method: 'POST' });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('审计日志');
  const sentence = page.getByRole('link', { name: /admin@example\.org 停用了模型配置 sim-text-77/ }).first();
  await expect(sentence).toBeVisible();

  await page.getByRole('combobox', { name: '按操作筛选' }).selectOption('llm_config.toggle_status');
  await expect(page).toHaveURL(/action=llm_config\.toggle_status/);
  await expect(page.getByRole('grid').getByText('登录了控制台')).toHaveCount(0);
  await page.getByRole('button', { name: '视图' }).click();
  await page.getByRole('menuitem', { name: '管理视图' }).click();
  await page.getByLabel('视图名称').fill('启停');
  await page.getByRole('button', { name: '保存当前视图' }).click();
  await page.reload();
  await expect(page.getByRole('combobox', { name: '按操作筛选' })).toHaveValue('llm_config.toggle_status');

  await sentence.click();
  await expect(page).toHaveURL(/\/audit\/\d+\?action=/);
  const row = page.getByRole('dialog').getByRole('row', { name: /is_active/ });
  await expect(row).toContainText('是');
  await expect(row).toContainText('否');
  await page.reload();
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: '只看此对象' }).click();
  await expect(page).toHaveURL(/target=llm_config/);
  await expect(page.getByRole('link', { name: /创建了模型配置 sim-text-77/ })).toBeVisible();

  await page.getByRole('button', { name: '清除筛选' }).click();
  await page.getByRole('button', { name: '视图' }).click();
  await page.getByRole('menuitem', { name: '启停' }).click();
  await expect(page).toHaveURL(/action=llm_config\.toggle_status/);

  await page.getByRole('button', { name: '校验完整性' }).click();
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(/\d+ 条记录完好，没有被改动。/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '导出' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON（每行一条）' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('opsagent-audit.jsonl');
  const { items } = await product.call<AuditListDto>('/api/audit?action=audit&limit=2');
  expect(items.map(({ action }) => action)).toEqual(['audit.export', 'audit.verify']);
});
