import type { MessageListDto } from '@opsagent/contracts';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, fetchGone, pickModel, type Product, test, watch } from './support/console.js';

const CHAT = /\/sessions\/[0-9a-f-]{36}$/;

/** Opens a session on a model and asks; stays on the page while the answer comes. */
async function ask(page: Page, product: Product, model: string, query: string): Promise<void> {
  await product.model(model);
  await page.goto(`${product.url}/sessions/new`);
  await pickModel(page, model);
  await page.getByLabel('输入问题').fill(query);
  await page.getByLabel('输入问题').press('Enter');
  await page.waitForURL(CHAT);
}

async function storedAnswer(page: Page, product: Product, at = -1): Promise<string> {
  const id = page.url().split('/').at(-1)!;
  const { items } = await product.call<MessageListDto>(`/api/sessions/${id}/messages`);
  return items.at(at)!.answer;
}

/** What the model itself says, asked without us between. */
async function modelsText(product: Product, model: string): Promise<string> {
  const response = await fetch(`${product.simulator}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sim-key', 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }] }),
  });
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
  return choices[0].message.content;
}

async function copiedAnswer(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '复制回答' }).last().click();
  await expect(page.getByText('已复制')).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

const finished = (page: Page) => expect(page.getByRole('button', { name: '回答详情' }).last()).toBeVisible();

test('a new session streams the chosen model’s answer byte by byte', async ({ console: page, product }) => {
  await ask(page, product, 'sim-text-40', '你好');
  await finished(page);
  const expected = await modelsText(product, 'sim-text-40');
  expect(await storedAnswer(page, product)).toBe(expected);
  expect(await copiedAnswer(page)).toBe(expected);
  await expect(page.getByRole('heading', { name: '你好' })).toBeVisible();
  await page.getByRole('button', { name: '回答详情' }).click();
  await expect(page.locator('oa-answer-details')).toContainText('sim-text-40');
  await expectAccessible(page);
});

test('tool calls are shown as steps with their result', async ({ console: page, product }) => {
  await ask(page, product, 'sim-tools', '检查主机 call:host_inspect {}');
  const step = page.locator('oa-step-card').filter({ hasText: 'host_inspect' });
  await expect(step).toContainText('查看主机');
  await expect(step).toContainText('成功');
  await step.locator('summary').click();
  await expect(step.locator('pre')).toContainText('"hostname"');
  await finished(page);
  await expect(page.locator('oa-markdown').last()).toContainText('digest');
  await expectAccessible(page);
});

test('stop keeps what came and says so at once', async ({ console: page, product }) => {
  await ask(page, product, 'sim-slow-50-400', '慢慢说');
  await expect(page.locator('oa-markdown')).toContainText('node-7');
  await page.getByRole('button', { name: '停止回答' }).click();
  await expect(page.locator('oa-turn').getByText('已停止')).toBeVisible();
  const answer = await storedAnswer(page, product);
  expect(await modelsText(product, 'sim-text-400')).toContain(answer);
  expect(await copiedAnswer(page)).toBe(answer);
});

test('a page reloaded in mid-answer goes on without loss or doubling', async ({ console: page, product }) => {
  await ask(page, product, 'sim-slow-50-200', '慢慢说');
  await expect(page.locator('oa-markdown')).toContainText('node-7');
  await page.reload();
  await expect(page.getByRole('button', { name: '停止回答' })).toBeVisible();
  await finished(page);
  const expected = await modelsText(product, 'sim-text-200');
  expect(await copiedAnswer(page)).toBe(expected);
  expect(await storedAnswer(page, product)).toBe(expected);
});

test('a second page follows the answer of the first', async ({ console: page, product }) => {
  await product.model('sim-slow-40-80');
  await ask(page, product, 'sim-echo', 'first');
  await finished(page);
  const faults: string[] = [];
  const other = await page.context().newPage();
  watch(other, product.url, faults);
  await other.goto(page.url());
  await finished(other);
  await pickModel(page, 'sim-slow-40-80');
  await page.getByRole('button', { name: '切换模型' }).click();
  await page.getByLabel('输入问题').fill('second');
  await page.getByLabel('输入问题').press('Enter');
  await expect(other.locator('oa-turn')).toHaveCount(2);
  await expect(other.getByRole('button', { name: '停止回答' })).toBeVisible();
  await expect(other.getByRole('button', { name: '回答详情' })).toHaveCount(2);
  expect(await copiedAnswer(other)).toBe(await modelsText(product, 'sim-text-80'));
  expect(faults).toEqual([]);
});

test('a question asked while an answer runs waits for its end', async ({ console: page, product }) => {
  await ask(page, product, 'sim-slow-40-60', 'first');
  await page.getByLabel('输入问题').fill('second');
  await page.getByLabel('输入问题').press('Enter');
  await expect(page.getByText('排队中')).toBeVisible();
  await expect(page.locator('oa-turn')).toHaveCount(2);
  await expect(page.getByText('排队中')).toBeHidden();
  await expect(page.getByRole('button', { name: '回答详情' })).toHaveCount(2);
});

test('a failure names its cause, what to do, and asks again on demand', async ({ console: page, product }) => {
  await ask(page, product, 'sim-401', '你好');
  const card = page.locator('oa-fault-card');
  await expect(card).toContainText('密钥无效');
  await card.getByText('原始信息').click();
  await expectAccessible(page);
  await product.model('sim-text-5');
  await page.reload();
  await page.locator('oa-fault-card').getByRole('button', { name: '换模型重试' }).click();
  await pickModel(page.getByRole('dialog'), 'sim-text-5');
  await page.getByRole('button', { name: '重新生成' }).last().click();
  await expect(page.locator('oa-turn').locator('oa-markdown')).toContainText('node-7');
  await expect(page.getByText('2/2')).toBeVisible();
});

test('a model is found by its provider’s pinyin and by keys alone; a switched-off one says why it is not to be had', async ({
  console: page,
  product,
}) => {
  await product.model('sim-echo');
  const make = (name: string, provider: string, model_name: string) =>
    product.call<{ id: string }>('/api/llm-configs', {
      method: 'POST',
      body: { name, provider, model_name, api_key: 'sim-key' },
    });
  const known = await make('灰度 Max', 'tongyi', 'qwen3.8-max');
  const off = await make('旧智谱', 'zhipu', 'glm-4.6');
  await product.call(`/api/llm-configs/${off.id}/toggle-status`, { method: 'POST' });
  await page.goto(`${product.url}/sessions/new`);
  const field = page.getByRole('combobox', { name: '模型' });
  const option = page.getByRole('option');
  await field.focus();
  await page.keyboard.press('ArrowDown');
  await expect(option.first()).toBeVisible();
  await expectAccessible(page);
  const before = await field.inputValue();
  await field.fill('zp');
  await expect(option).toHaveText(/旧智谱.*已停用/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(option).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue(before);
  await field.pressSequentially('tyqw hd');
  await expect(option).toHaveText(/qwen3.8-max.*上下文.*每百万 token/);
  await page.keyboard.press('Enter');
  await expect(option).toHaveCount(0);
  await expect(field).toHaveValue('灰度 Max · qwen3.8-max');
  for (const { id } of [known, off]) await fetchGone(product, `/api/llm-configs/${id}?force=true`);
});

test('a draft survives a reload, and Shift Enter breaks the line', async ({ console: page, product }) => {
  await product.model('sim-echo');
  await page.goto(`${product.url}/sessions/new`);
  await page.getByLabel('输入问题').fill('one');
  await page.getByLabel('输入问题').press('Shift+Enter');
  await page.getByLabel('输入问题').pressSequentially('two');
  await page.reload();
  await expect(page.getByLabel('输入问题')).toHaveValue('one\ntwo');
});

test('sessions are found by name and content, renamed, pinned, put away, deleted, and taken back', async ({
  console: page,
  product,
}) => {
  await ask(page, product, 'sim-echo', 'to be renamed 独角兽');
  await finished(page);
  const entry = page.locator('oa-session-entry');
  const choose = async (name: string, action: string) => {
    await page.getByRole('button', { name: `“${name}”的操作` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await choose('to be renamed 独角兽', '重命名');
  await page.getByLabel('会话名称', { exact: true }).fill('磁盘 排查');
  await page.getByLabel('会话名称', { exact: true }).press('Enter');
  await page.getByLabel('搜索名称和内容').fill('独角兽');
  await expect(entry).toHaveCount(1);
  await expect(entry.locator('mark')).toHaveText('独角兽');
  await expectAccessible(page);
  await page.getByLabel('搜索名称和内容').fill('');
  await expect(entry.locator('mark')).toHaveCount(0);
  await choose('磁盘 排查', '置顶');
  await expect(page.getByRole('heading', { name: '置顶' })).toBeVisible();
  await choose('磁盘 排查', '归档');
  await expect(entry.filter({ hasText: '磁盘 排查' })).toHaveCount(0);
  await page.getByRole('button', { name: '已归档的会话' }).click();
  await choose('磁盘 排查', '取消归档');
  await expect(page.getByText('没有已归档的会话')).toBeVisible();
  await page.getByRole('button', { name: '返回全部会话' }).click();
  await choose('磁盘 排查', '删除');
  await expect(entry.filter({ hasText: '磁盘 排查' })).toHaveCount(0);
  await expect(page).toHaveURL(/\/sessions$/);
  await page.getByRole('button', { name: '撤销' }).last().click();
  await expect(entry.filter({ hasText: '磁盘 排查' })).toHaveCount(1);
  await expect(page).toHaveURL(CHAT);
  await expect(page.locator('oa-turn')).toHaveCount(1);
});

test('hundreds of sessions scroll with few rows drawn, and keys go from one to the next', async ({
  console: page,
  product,
}) => {
  for (let from = 0; from < 450; from += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        product.call('/api/sessions', { method: 'POST', body: { session_name: `many ${from + index}` } }),
      ),
    );
  }
  await page.goto(`${product.url}/sessions`);
  const entry = page.locator('oa-session-entry');
  await expect(entry.first()).toBeVisible();
  expect(await entry.count()).toBeLessThan(60);
  const view = page.locator('oa-session-list-panel .entries');
  const whole = () => view.evaluate((element) => element.scrollHeight);
  await expect
    .poll(async () => {
      await view.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return whole();
    })
    .toBeGreaterThan(450 * 52);
  expect(await entry.count()).toBeLessThan(60);
  await page.locator('h1').click();
  await view.evaluate((element) => element.scrollTo(0, 0));
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const name = await page.evaluate(() => document.activeElement?.querySelector('.name')?.textContent);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(CHAT);
  await expect(page.locator('a[aria-current=page] .name')).toHaveText(name!);
});

for (const [language, theme, width] of [
  ['zh-CN', 'dark', 1440],
  ['en', 'light', 390],
] as const) {
  test(`the pages are accessible in ${language}, ${theme}, at ${width} px`, async ({ console: page, product }) => {
    await product.model('sim-echo');
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(
      ([code, look]) => {
        localStorage.setItem('oa.language', code);
        localStorage.setItem('oa.theme', look);
      },
      [language, theme] as const,
    );
    await page.goto(`${product.url}/sessions`);
    await expect(page.locator('oa-sessions-page')).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${product.url}/sessions/new`);
    await expect(page.locator('oa-composer')).toBeVisible();
    await expectAccessible(page);
    await pickModel(page, 'sim-echo');
    await page
      .locator('textarea')
      .fill('# 标题\n\n```sh\n# all\nps aux | head -5\n```\n\n| a | b |\n|---|---|\n| 1 | [x](https://x.example) |');
    await page.locator('oa-composer button').click();
    await expect(page.locator('.hljs-comment')).toBeVisible();
    await expectAccessible(page);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWide).toBe(false);
  });
}
