import type { SessionDto } from '@opsagent/contracts';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, fetchGone, pickModel, type Product, test } from './support/console.js';

const MOST_TABS = 60;

async function talked(product: Product, llm_config_id: string, query: string): Promise<string> {
  const body = { llm_config_id, session_name: query };
  const { session_id } = await product.call<SessionDto>('/api/sessions', { method: 'POST', body });
  await product.stream(`/api/sessions/${session_id}/messages`, { query });
  return `${product.url}/sessions/${session_id}`;
}

/** Goes there as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`No ${key} leads to ${String(target)}`);
}

test('a question too long for its model is asked again in a new session', async ({ console: page, product }) => {
  const url = await talked(product, await product.model('sim-context'), 'too long a talk');
  await page.goto(url);
  await expect(page.locator('oa-fault-card')).toContainText('内容超出模型上限');
  await page.getByRole('button', { name: '在新会话中继续' }).click();
  await expect(page).not.toHaveURL(url);
  await expect(page.locator('.bubble')).toHaveText(['too long a talk']);
  await expect(page.locator('oa-fault-card')).toContainText('内容超出模型上限');
});

test('a session whose model is gone can be read, and goes on with another one', async ({ console: page, product }) => {
  await product.model('sim-echo');
  const gone = await product.model('sim-text-9');
  const url = await talked(product, gone, 'to be orphaned');
  await fetchGone(product, `/api/llm-configs/${gone}?force=true`);
  await page.goto(url);
  await expect(page.locator('.bubble')).toHaveText('to be orphaned');
  await expect(page.getByRole('combobox', { name: '模型' })).toHaveValue('已删除或无权使用的模型配置');
  await page.getByLabel('输入问题').fill('again');
  await expect(page.getByRole('button', { name: '发送', exact: true })).toBeDisabled();
  for (const name of ['重新生成', '编辑问题'])
    await expect(page.getByRole('button', { name, exact: true })).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole('button', { name: '选择新模型继续' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await pickModel(page, 'sim-echo');
  await page.getByRole('button', { name: '切换模型' }).click();
  await expect(page.getByRole('button', { name: '重新生成', exact: true })).toBeEnabled();
  await page.getByRole('button', { name: '发送', exact: true }).click();
  await expect(page.locator('oa-turn').nth(1).locator('oa-markdown')).toContainText('again');
});

test('by keyboard alone: a model is chosen, an answer stopped and made again, a question changed, a version shown', async ({
  console: page,
  product,
}) => {
  const model = 'sim-slow-50-401';
  await product.model(model);
  await page.goto(`${product.url}/sessions`);
  await expect(page.locator('oa-session-list-panel')).toBeVisible();
  const stopped = async (version: string) => {
    await expect(page.locator('oa-markdown')).toContainText('node-7');
    await page.keyboard.press('Escape');
    await expect(page.locator('oa-turn').getByText('已停止')).toBeVisible();
    if (version) await expect(page.getByText(version)).toBeVisible();
  };
  await page.keyboard.press('n');
  await expect(page.getByRole('combobox', { name: '模型' })).toBeEnabled();
  await tabTo(page, page.getByRole('combobox', { name: '模型' }));
  await page.keyboard.type(model);
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('输入问题'));
  await page.keyboard.type('slowly');
  await page.keyboard.press('Enter');
  await stopped('');
  await tabTo(page, page.getByRole('button', { name: '重新生成' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '停止回答' })).toBeVisible();
  await stopped('2/2');
  await tabTo(page, page.getByRole('button', { name: '编辑问题' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('修改问题')).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(', please');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.bubble')).toHaveText('slowly, please');
  await stopped('3/3');
  await tabTo(page, page.getByRole('button', { name: '上一个版本' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2/3')).toBeVisible();
  await expect(page.locator('.bubble')).toHaveText('slowly');
});

for (const path of ['/sessions', '/sessions/new', 'chat']) {
  test(`at 320 px and twice the size of text nothing leaves the window: ${path}`, async ({
    console: page,
    product,
  }) => {
    await product.model('sim-echo');
    const text =
      '# Title\n\n`a-very-long-word-without-any-break-in-it-at-all`\n\n```\nlong line of code that scrolls by itself\n```';
    const url = path === 'chat' ? await talked(product, await product.model('sim-echo'), text) : product.url + path;
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto(url);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await expect(page.locator('oa-sessions-page')).toBeVisible();
    if (path === 'chat') await expect(page.locator('oa-markdown pre')).toBeVisible();
    const out = await page.evaluate(() => {
      const isApart = (element: Element) => element.closest('pre, table, .oa-hidden, [popover]') !== null;
      const page = document.querySelector('oa-sessions-page')!;
      const seen = [...page.querySelectorAll('button, a, input, textarea, h1, h2, p, code, label')];
      const left = seen.filter((element) => !isApart(element) && element.getClientRects().length > 0);
      const far = left.filter((element) => {
        const { left: start, right } = element.getBoundingClientRect();
        return start < -1 || right > innerWidth + 1;
      });
      return [page.scrollWidth, ...far.map((element) => element.outerHTML.slice(0, 200))];
    });
    expect(out).toEqual([320]);
  });
}
