import type { LlmConfigDto, LlmConfigTemplateListDto } from '@opsagent/contracts';
import { expect, expectAccessible, test } from './support/console.js';

test('a pasted curl command fills the form, its key unseen', async ({ console: page, product }) => {
  await page.goto(`${product.url}/configs/new`);
  await page.getByRole('button', { name: '粘贴 curl 或环境变量' }).click();
  const body = JSON.stringify({ model: 'sim-text', temperature: 0.3 });
  await page
    .getByLabel(/粘贴 curl 命令/)
    .fill(
      `curl ${product.simulator}/openai/v1/chat/completions -H "Authorization: Bearer sim-secret-key" -d '${body}'`,
    );
  await expect(page.locator('oa-paste-fill').getByText('…-key')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '填入表单' }).click();
  await expect(page.getByLabel('基础地址')).toHaveValue(`${product.simulator}/openai/v1`);
  await expect(page.getByLabel('API 密钥', { exact: true })).toHaveValue('sim-secret-key');
  await expect(page.getByRole('combobox', { name: '模型', exact: true })).toHaveValue('sim-text');
  await expect(page.getByText('sim-secret-key')).toHaveCount(0);
});

test('a change of what is in use names its users, and history takes it back', async ({ console: page, product }) => {
  const id = await product.model('sim-text-3-drawer');
  await product.call('/api/sessions', { method: 'POST', body: { llm_config_id: id } });
  await page.goto(`${product.url}/configs/${id}`);
  await page.getByRole('combobox', { name: '模型', exact: true }).fill('sim-echo');
  await page.getByRole('textbox', { name: '标签' }).fill('值班');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'sim-text-3-drawer 正在使用' });
  await expect(question).toContainText('1 个会话正在使用');
  await expectAccessible(page);
  await question.getByRole('button', { name: '保存更改' }).click();
  await expect(page).toHaveURL(/\/configs$/);

  await page.goto(`${product.url}/configs/${id}?tab=history`);
  const versions = page.getByRole('list', { name: '历史' });
  await expect(versions.getByRole('listitem').first()).toContainText('sim-text-3-drawer → sim-echo');
  await expectAccessible(page);
  await versions.getByRole('button', { name: '回滚到此版本' }).click();
  const rollBack = page.getByRole('dialog', { name: '回滚到第 1 版？' });
  await expect(rollBack).toContainText('模型：sim-echo → sim-text-3-drawer');
  await expect(rollBack).toContainText('标签：值班 → –');
  await rollBack.getByRole('button', { name: '回滚', exact: true }).click();
  await expect(versions.getByRole('listitem').first()).toContainText('回滚');
  const { model_name } = await product.call<LlmConfigDto>(`/api/llm-configs/${id}`);
  expect(model_name).toBe('sim-text-3-drawer');
  await page.getByRole('link', { name: '查看审计记录' }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?target=llm_config:${id}`));
  await expect(page.getByRole('link', { name: /回滚了模型配置 sim-text-3-drawer/ })).toBeVisible();
});

test('values are kept as a template and begin another configuration', async ({ console: page, product }) => {
  const other = await product.model('sim-echo');
  const id = await product.model('sim-text-4-drawer');
  await page.goto(`${product.url}/configs/${id}`);
  await page.getByText('默认参数', { exact: true }).click();
  await page.getByLabel('思考强度').selectOption('low');
  await page.getByText('路由与备用').click();
  await page.getByLabel('添加备用模型').selectOption(other);
  await page.getByLabel('总时长').fill('1.5');
  await page.getByText('全部扩展设置（JSON）').click();
  await expect(page.getByRole('textbox', { name: '扩展设置（JSON）' })).toHaveValue(/"total_ms": 1500/);
  await expectAccessible(page);
  await page.getByRole('button', { name: '更多操作', exact: true }).click();
  await page.getByRole('menuitem', { name: '另存为模板' }).click();
  await page.getByLabel('模板名称').fill('慢模型');
  await page.getByRole('button', { name: '保存模板' }).click();
  await expect(page.getByText('已保存模板 慢模型。')).toBeVisible();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page).toHaveURL(/\/configs$/);
  const { details } = await product.call<LlmConfigDto>(`/api/llm-configs/${id}?include=details`);
  expect(details?.fallback_ids).toEqual([other]);

  const { items } = await product.call<LlmConfigTemplateListDto>('/api/llm-config-templates');
  expect(JSON.stringify(items)).not.toContain('sim-key');
  await page.goto(`${product.url}/configs/new`);
  await page.getByRole('button', { name: '从模板新建' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '慢模型', exact: true }).click();
  await expect(page.getByRole('combobox', { name: '模型', exact: true })).toHaveValue('sim-text-4-drawer');
  await expect(page.getByRole('textbox', { name: '扩展设置（JSON）', includeHidden: true })).toHaveValue(/"low"/);
});
