import type { MessageListDto } from '@opsagent/contracts';
import { expect, pickModel, signIn, test } from './support/console.js';
import { Line } from './support/line.js';

const MODEL = 'sim-paced-300-25';
const BROKEN = '连接已断开，正在重新连接…';

test('an answer cut off by the network goes on without loss or doubling', async ({ page, product }) => {
  const line = new Line(Number(new URL(product.url).port));
  await line.mend();
  await product.model(MODEL);
  await signIn(page, { ...product, url: line.url });
  await page.goto(`${line.url}/sessions/new`);
  await pickModel(page, MODEL);
  await page.locator('oa-composer textarea').fill('慢慢说');
  await page.locator('oa-composer textarea').press('Enter');
  await expect(page.locator('oa-markdown')).toContainText('node-7');
  line.cut();
  await expect(page.getByText(BROKEN)).toBeVisible();
  await line.mend();
  await expect(page.getByText(BROKEN)).toBeHidden();
  await expect(page.locator('.answer[aria-busy=false]')).toBeVisible({ timeout: 30_000 });
  const id = page.url().split('/').at(-1)!;
  const stored = await product.call<MessageListDto>(`/api/sessions/${id}/messages`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: '复制回答' }).click();
  await expect(page.getByText('已复制')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(stored.items.at(-1)!.answer);
  line.cut();
});
