import type { LlmConfigDto } from '@opsagent/contracts';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, type Product, test } from './support/console.js';

const row = (page: Page, name: string) => page.getByRole('grid').getByRole('row').filter({ hasText: name });

/** Fills the form of a new configuration that reaches the simulator. */
async function fill(page: Page, product: Product, name: string, model: string): Promise<void> {
  await page.goto(`${product.url}/configs/new`);
  await page.getByRole('radio', { name: 'OpenAI', exact: true }).check({ force: true });
  await page.getByLabel('名称', { exact: true }).fill(name);
  await page.getByRole('combobox', { name: '模型', exact: true }).fill(model);
  await page.getByLabel('基础地址').fill(`${product.simulator}/openai/v1`);
  await page.getByLabel('API 密钥', { exact: true }).fill('sim-key');
}

async function add(product: Product, name: string): Promise<string> {
  const values = { name, provider: 'openai', model_name: 'sim-text-1', api_key: 'sim-key' };
  const body = { ...values, base_url: `${product.simulator}/openai/v1` };
  return (await product.call<LlmConfigDto>('/api/llm-configs', { method: 'POST', body })).id;
}

test('a configuration is created, tested and made the default', async ({ console: page, product }) => {
  await product.model('sim-text');
  await fill(page, product, '主力模型', 'sim-text-40');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存并测试' }).click();
  await expect(page.getByText('可用，首 token')).toBeVisible();
  await page.getByRole('button', { name: '取消' }).click();

  await row(page, '主力模型').getByRole('button', { name: '主力模型 的更多操作' }).click();
  await page.getByRole('menuitem', { name: '设为默认' }).click();
  await expect(row(page, '主力模型').getByText('默认', { exact: true })).toBeVisible();
  await expect(page.getByRole('grid').getByText('默认', { exact: true })).toHaveCount(1);
  expect((await product.call<LlmConfigDto>('/api/llm-configs/default')).name).toBe('主力模型');
});

test('a failed test says the cause, what to do and the provider’s own words', async ({ console: page, product }) => {
  await product.model('sim-401');
  await page.goto(`${product.url}/configs`);
  await page.getByRole('button', { name: '测试 sim-401' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('测试失败：密钥无效')).toBeVisible();
  await expect(dialog.getByText('原始信息', { exact: true })).toBeVisible();
  await expect(dialog.getByRole('list', { name: '测试步骤' }).getByText('鉴权')).toBeVisible();
  await expectAccessible(page);
});

test.describe('refused by the server', () => {
  test.use({ tolerated: /status of 409/ });

  test('wrong input stands at its field, the server’s refusals too', async ({ console: page, product }) => {
    await product.model('sim-echo');
    await page.goto(`${product.url}/configs/new`);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByLabel('名称', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('名称', { exact: true })).toBeFocused();
    await expect(page.getByLabel('API 密钥', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await fill(page, product, 'SIM-ECHO', 'sim-echo');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByText('已有同名的模型配置（不区分大小写）。').first()).toBeVisible();
  });

  test('a change made by somebody else meanwhile is shown field by field', async ({ console: page, product }) => {
    const id = await product.model('sim-history');
    await page.goto(`${product.url}/configs/${id}`);
    await page.getByRole('textbox', { name: '描述' }).fill('我的描述');
    await product.call(`/api/llm-configs/${id}`, { method: 'PUT', body: { description: '别人的描述' } });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'sim-history 已被他人修改' });
    await expect(dialog.getByRole('row', { name: '描述 我的描述 别人的描述' })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '用我的覆盖' }).click();
    await expect(dialog).toBeHidden();
    await expect(row(page, 'sim-history')).toBeVisible();
    const stored = await product.call<LlmConfigDto>(`/api/llm-configs/${id}`);
    expect(stored.description).toBe('我的描述');
  });
});

test('search, filters and the open drawer stand in the address', async ({ console: page, product }) => {
  await product.model('sim-echo');
  await product.model('sim-history');
  await page.goto(`${product.url}/configs`);
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await expect(page.getByLabel('搜索名称、模型或描述')).toBeFocused();
  await page.keyboard.type('echo');
  await expect(row(page, 'sim-history')).toHaveCount(0);
  await expect(page).toHaveURL(/q=echo/);
  await page.reload();
  await expect(row(page, 'sim-echo')).toBeVisible();
  await expect(row(page, 'sim-history')).toHaveCount(0);
  await page.getByRole('link', { name: 'sim-echo' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(/\/configs\/[0-9a-f-]{36}\?q=echo/);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/configs\?q=echo/);
  await page.getByLabel('搜索名称、模型或描述').fill('没有这样的配置');
  await expect(page.getByText('没有符合条件的配置')).toBeVisible();
  await expectAccessible(page);
});

test.describe('without a server', () => {
  test.use({ tolerated: /ERR_FAILED|status of 503/ });

  test('the list says what is wrong and comes back on demand', async ({ console: page, product }) => {
    await product.model('sim-echo');
    await page.route('**/api/llm-configs?*', (route) => route.abort());
    await page.goto(`${product.url}/configs`);
    await expect(page.getByRole('alert')).toContainText('无法连接服务器');
    await expectAccessible(page);
    await page.unroute('**/api/llm-configs?*');
    await page.getByRole('button', { name: '重试' }).click();
    await expect(row(page, 'sim-echo')).toBeVisible();
  });

  test('a switch that the server refuses goes back and says why', async ({ console: page, product }) => {
    await product.model('sim-echo');
    await product.model('sim-text-9-switch');
    const problem = { type: 'about:blank', title: 'x', status: 503, code: 'http/unavailable', detail: 'down' };
    await page.route('**/toggle-status', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.goto(`${product.url}/configs`);
    // Not the default, which would be asked about first.
    await row(page, 'sim-text-9-switch').getByRole('switch').click();
    await expect(page.getByText('未能切换 sim-text-9-switch。服务暂不可用')).toBeVisible();
    await expect(row(page, 'sim-text-9-switch').getByRole('switch')).toHaveAttribute('aria-checked', 'true');
  });
});

test('what is in use says by whom, and is deleted only when its name is typed', async ({ console: page, product }) => {
  const name = 'sim-text-7-used';
  const id = await product.model(name);
  await product.call('/api/sessions', { method: 'POST', body: { llm_config_id: id } });
  await page.goto(`${product.url}/configs`);
  await row(page, name)
    .getByRole('button', { name: `${name} 的更多操作` })
    .click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  const dialog = page.getByRole('dialog', { name: `删除 ${name}？` });
  await expect(dialog.getByText('1 个会话正在使用')).toBeVisible();
  await expect(dialog.getByRole('button', { name: '删除配置' })).toBeDisabled();
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: '删除配置' }).click();
  await expect(row(page, name)).toHaveCount(0);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '已删除的配置' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: `恢复 ${name}` }).click();
  await expect(page.getByText(`已恢复 ${name}。`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(page, name)).toBeVisible();
});

test('a search shows its first row, however far the table was scrolled', async ({ console: page, product }) => {
  const made = await Promise.all(Array.from({ length: 60 }, (_, index) => add(product, `far ${index}`)));
  await page.goto(`${product.url}/configs?sort=-updated_at`);
  const viewport = page.locator('oa-data-table .viewport');
  await expect(row(page, 'far').first()).toBeVisible();
  await viewport.evaluate((element) => element.scrollTo(0, 1500));
  await expect(row(page, 'far').first()).not.toBeInViewport();
  await page.getByRole('searchbox').fill('far 1');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeInViewport();
  expect(await viewport.evaluate((element) => element.scrollTop)).toBe(0);
  await Promise.all(made.map((id) => product.call(`/api/llm-configs/${id}?force=true`, { method: 'DELETE' })));
});

test('switching off and deleting ask, say what they did, and are taken back', async ({ console: page, product }) => {
  await product.model('sim-echo');
  await product.model('sim-slow-1-1-gone');
  await page.goto(`${product.url}/configs`);
  const name = 'sim-slow-1-1-gone';
  await row(page, name).getByRole('switch').click();
  await expect(row(page, name).getByText('已停用')).toBeVisible();
  await row(page, name)
    .getByRole('button', { name: `${name} 的更多操作` })
    .click();
  await page.getByRole('menuitem', { name: '删除' }).click();
  await expect(page.getByRole('button', { name: '取消' })).toBeFocused();
  await page.getByRole('button', { name: '删除配置' }).click();
  await expect(page.getByText(`已删除 ${name}。`)).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row(page, name)).toHaveCount(1);
});

test('an unsaved draft is not thrown away unasked', async ({ console: page, product }) => {
  await fill(page, product, '草稿', 'sim-text');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '继续编辑' }).click();
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('草稿');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '放弃更改' }).click();
  await expect(page).toHaveURL(/\/configs$/);
});

test('unsaved values are tried, and the provider’s models are offered', async ({ console: page, product }) => {
  await fill(page, product, '只是试试', 'sim-tex');
  await page.getByRole('button', { name: '列出可用模型' }).click();
  await expect(page.getByText(/供应商有 \d+ 个模型/)).toBeVisible();
  await page.getByRole('button', { name: '是否想输入 sim-text？' }).click();
  await page.getByRole('button', { name: '测试', exact: true }).click();
  await expect(page.getByText('可用，首 token')).toBeInViewport();
  await expectAccessible(page);
  expect(await product.call<LlmConfigDto[]>(`/api/llm-configs?search=${encodeURIComponent('只是试试')}`)).toEqual([]);
  await page.reload();
  await expect(page.getByText('已恢复本标签页中未保存的内容')).toBeVisible();
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('只是试试');
  await expect(page.getByLabel('API 密钥', { exact: true })).toHaveValue('');
});

test('rows are chosen by keyboard alone, switched off together, and back again', async ({ console: page, product }) => {
  const names = ['sim-text-1-many', 'sim-text-2-many', 'sim-text-3-many'];
  for (const name of names) await product.model(name);
  await page.goto(`${product.url}/configs?q=-many`);
  await expect(row(page, names[2])).toBeVisible();
  await page.keyboard.press('j');
  await expect(row(page, names[0]).getByRole('checkbox')).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('已选 2 个')).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('已选 3 个')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await page.getByRole('button', { name: '停用 3 个配置' }).click();
  await expect(page.getByText('停用 3 个配置：成功 3')).toBeVisible();
  await expect(page.getByRole('grid').getByText('已停用', { exact: true })).toHaveCount(3);
  await expectAccessible(page);
  await page.locator('h1').click();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('grid').getByText('已启用', { exact: true })).toHaveCount(3);
  await row(page, names[1]).getByRole('link').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: `编辑 ${names[1]}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '显示的列' }).click();
  await page.getByRole('menuitemcheckbox', { name: '更新' }).click();
  await expect(page.getByRole('columnheader', { name: '更新' })).toHaveCount(0);
  await expect(page).toHaveURL(/hide=updated/);
});

test('an export is looked at before it is saved, and holds no key', async ({ console: page, product }) => {
  const name = 'sim-text-5-exported';
  await product.model(name);
  await page.goto(`${product.url}/configs?q=${name}`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '导出' }).click();
  await expect(page.getByRole('radio', { name: '筛选结果 1 个' })).toBeChecked();
  await page.getByRole('button', { name: '预览' }).click();
  const preview = page.getByRole('region', { name: '预览' });
  await expect(preview).toContainText(`name: ${name}`);
  await expect(preview).not.toContainText('sim-key');
  await expectAccessible(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '保存文件' }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.yaml$/);
});

test('filters and columns make a view that is opened again', async ({ console: page, product }) => {
  await product.model('sim-text-6-view');
  await page.goto(`${product.url}/configs?q=-view&only=unused`);
  await expect(row(page, 'sim-text-6-view')).toBeVisible();
  await page.getByRole('button', { name: '视图' }).click();
  await page.getByRole('menuitem', { name: '管理视图' }).click();
  await page.getByLabel('视图名称').fill('没用过的');
  await expectAccessible(page);
  await page.getByRole('button', { name: '保存当前视图' }).click();
  await page.getByRole('button', { name: '清除筛选' }).click();
  await expect(page).not.toHaveURL(/only=/);
  await page.reload();
  await page.getByRole('button', { name: '视图' }).click();
  await page.getByRole('menuitem', { name: '没用过的' }).click();
  await expect(page).toHaveURL(/q=-view&only=unused/);
  await page.getByRole('button', { name: '移除筛选 从未使用' }).click();
  await expect(page).not.toHaveURL(/only=/);
});

test.describe('from a file', () => {
  test.use({ tolerated: /status of 400/ });

  test('an import is a plan first, happens as a whole and is taken back as a whole', async ({
    console: page,
    product,
  }) => {
    const existing = 'sim-text-8-imported';
    await product.model(existing);
    const item = (name: string, part: object): object => ({
      name,
      provider: 'openai',
      model_name: 'sim-text',
      ...part,
    });
    const items = [
      item('全新的', { base_url: `${product.simulator}/openai/v1` }),
      item(existing, { base_url: `${product.simulator}/openai/v1`, temperature: 0.5 }),
      item('温度不对', { temperature: 'warm' }),
    ];
    await page.goto(`${product.url}/configs/import`);
    await page.getByLabel('或粘贴内容').fill('{"opsagent": [');
    await page.getByRole('button', { name: '查看计划' }).click();
    await expect(page.getByRole('alert')).toContainText('无法读取文件');
    await page.getByLabel('或粘贴内容').fill(JSON.stringify({ opsagent: { kind: 'llm-configs', version: 1 }, items }));
    await page.getByRole('button', { name: '查看计划' }).click();
    await expect(page.getByRole('button', { name: '新建 1' })).toBeVisible();
    await expect(page.getByRole('button', { name: '无效 1' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^导入 \d 个配置$/ }).click();
    await expect(page).toHaveURL(/\/configs$/);
    await expect(row(page, '全新的')).toBeVisible();
    await expect(page.getByText(/^导入 3 个配置：成功 \d/)).toBeVisible();
    await page.getByRole('button', { name: '全部撤销' }).first().click();
    await expect(row(page, '全新的')).toHaveCount(0);
  });
});
