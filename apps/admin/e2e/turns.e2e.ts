import { readFile } from 'node:fs/promises';
import type { MessageListDto } from '@opsagent/contracts';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, pickModel, type Product, test } from './support/console.js';

/** Opens a session in which these questions were asked and answered, one after the other. */
async function talk(page: Page, product: Product, model: string, ...questions: string[]): Promise<string> {
  const llm_config_id = await product.model(model);
  const body = { llm_config_id, session_name: questions[0] };
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
  for (const query of questions) await product.stream(`/api/sessions/${session_id}/messages`, { query });
  await page.goto(`${product.url}/sessions/${session_id}`);
  await expect(page.locator('.bubble').last()).toHaveText(questions.at(-1)!);
  return session_id;
}

const turn = (page: Page, at: number) => page.locator('oa-turn').nth(at);
const bubbles = (page: Page) => page.locator('.bubble');

test('a changed question makes a version, and both lines stay reachable by keyboard', async ({
  console: page,
  product,
}) => {
  const id = await talk(page, product, 'sim-echo', 'first', 'second', 'third');
  await turn(page, 1).getByRole('button', { name: '编辑问题' }).press('Enter');
  const editor = page.getByLabel('修改问题');
  await expect(editor).toBeFocused();
  await editor.fill('nothing of it');
  await editor.press('Escape');
  await expect(bubbles(page)).toHaveText(['first', 'second', 'third']);
  await turn(page, 1).getByRole('button', { name: '编辑问题' }).press('Enter');
  await editor.fill('second, changed');
  await expectAccessible(page);
  await editor.press('Control+Enter');
  await expect(bubbles(page)).toHaveText(['first', 'second, changed']);
  await expect(turn(page, 1).getByText('2/2')).toBeVisible();
  await turn(page, 1).getByRole('button', { name: '上一个版本' }).press('Enter');
  await expect(bubbles(page)).toHaveText(['first', 'second', 'third']);
  await page.getByLabel('输入问题').fill('fourth');
  await page.getByLabel('输入问题').press('Enter');
  await expect(bubbles(page)).toHaveText(['first', 'second', 'third', 'fourth']);
  await expect(turn(page, 3).getByRole('button', { name: '回答详情' })).toBeVisible();
  const { items } = await product.call<MessageListDto>(`/api/sessions/${id}/messages`);
  expect(items.map(({ query }) => query)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('an answer is made again by the same and by another model, and the change is marked', async ({
  console: page,
  product,
}) => {
  await product.model('sim-text-5');
  await talk(page, product, 'sim-echo', 'first', 'second');
  await turn(page, 1).getByRole('button', { name: '重新生成' }).click();
  await expect(turn(page, 1).getByText('2/2')).toBeVisible();
  await turn(page, 1).getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '换模型重新生成…' }).click();
  const dialog = page.getByRole('dialog');
  await pickModel(dialog, 'sim-text-5');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '重新生成' }).click();
  await expect(turn(page, 1).getByText('3/3')).toBeVisible();
  await expect(turn(page, 1).getByText('以下由 sim-text-5 回答')).toBeVisible();
  await turn(page, 1).getByRole('button', { name: '回答详情' }).click();
  await expect(turn(page, 1).locator('oa-answer-details')).toContainText('费用价格未知');
});

test('another model answers in the place of one that fails, says so, and what it cost', async ({
  console: page,
  product,
}) => {
  const common = { provider: 'openai', api_key: 'sim-key', base_url: `${product.simulator}/openai/v1` };
  const create = (body: object) => product.call<{ id: string }>('/api/llm-configs', { method: 'POST', body });
  const price = { currency: 'CNY', input: 2, output: 8 };
  const spare = await create({ ...common, name: 'spare', model_name: 'sim-text-6', extra_config: { price } });
  const main = { ...common, name: 'main', model_name: 'sim-402', fallback_ids: [spare.id] };
  const llm_config_id = (await create(main)).id;
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', {
    ...{ method: 'POST', body: { llm_config_id, session_name: 'chain' } },
  });
  await page.goto(`${product.url}/sessions/${session_id}`);
  await page.getByLabel('输入问题').fill('who answers?');
  await page.getByLabel('输入问题').press('Enter');
  await expect(turn(page, 0)).toContainText('已由 sim-text-6 回答（sim-402：');
  await turn(page, 0).getByRole('button', { name: '回答详情' }).click();
  await expect(turn(page, 0).locator('oa-answer-details')).toContainText(/费用0\.\d+ CNY/);
  await expectAccessible(page);
});

test.describe('with a server out of reach', () => {
  test.use({ tolerated: /Failed to load resource/ });

  test('an opinion is kept, explained and taken back; a refused one is rolled back', async ({
    console: page,
    product,
  }) => {
    const id = await talk(page, product, 'sim-echo', 'first');
    const stored = async () =>
      (await product.call<MessageListDto>(`/api/sessions/${id}/messages`)).items[0].feedback ?? null;
    await page.getByRole('button', { name: '踩' }).click();
    await page.getByLabel('哪里不好？（选填）').fill('too short');
    await page.getByLabel('哪里不好？（选填）').press('Enter');
    await expect(page.getByText('原因：too short')).toBeVisible();
    await expect.poll(stored).toEqual({ rating: 'dislike', content: 'too short' });
    await page.getByRole('button', { name: '踩' }).click();
    await expect.poll(stored).toBeNull();
    await page.route('**/feedback', (route) => route.abort());
    await page.getByRole('button', { name: '赞', exact: true }).click();
    await expect(page.locator('.toast.failed')).toBeVisible();
    await expect(page.getByRole('button', { name: '赞', exact: true })).toHaveAttribute('aria-pressed', 'false');
  });
});

test('another model asks before it takes over, and a whole session is saved as a file', async ({
  console: page,
  product,
}) => {
  const other = await product.model('sim-text-5');
  const id = await talk(page, product, 'sim-echo', 'first', 'second');
  const model = page.getByRole('combobox', { name: '模型' });
  await pickModel(page, 'sim-text-5');
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await expect(model).toHaveValue('sim-echo');
  await pickModel(page, 'sim-text-5');
  await page.getByRole('button', { name: '切换模型' }).click();
  await expect
    .poll(async () => (await product.call<{ llm_config_id: string }>(`/api/sessions/${id}`)).llm_config_id)
    .toBe(other);
  await expect(model).toHaveValue('sim-text-5');
  await page.getByRole('button', { name: '导出会话' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: '导出 Markdown' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^first-\d{4}-\d{2}-\d{2}\.md$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.match(/^(first|second)$/gm)).toEqual(['first', 'first', 'second', 'second']);
});

test('the link to a message opens its line at that message', async ({ console: page, product }) => {
  const long = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n');
  const id = await talk(page, product, 'sim-echo', 'first', `second\n${long}`, `third\n${long}`);
  const { items } = await product.call<MessageListDto>(`/api/sessions/${id}/messages`);
  await page.goto(`${product.url}/sessions/${id}?message=${items[1].message_id}`);
  await expect(bubbles(page).filter({ hasText: 'second' })).toBeInViewport();
  await expect(bubbles(page).filter({ hasText: 'third' })).not.toBeInViewport();
});
