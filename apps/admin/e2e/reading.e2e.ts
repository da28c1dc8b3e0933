import type { SessionDto } from '@opsagent/contracts';
import type { Page } from '@playwright/test';
import { expect, pickModel, type Product, test } from './support/console.js';

const TURNS = 90;
const MOST_IN_PAGE = 40;

/** Whoever comes first talks for all. */
test.describe.configure({ timeout: 120_000 });

/** Talked in once for all tests of this file. */
let seeded: Promise<string> | null = null;

/** A session that has been talked in for a while, its answers of different lengths. */
async function longSession(product: Product): Promise<string> {
  const models = await Promise.all(['sim-text-12', 'sim-text-60', 'sim-echo'].map((name) => product.model(name)));
  const session = await product.call<SessionDto>('/api/sessions', { method: 'POST', body: { session_name: 'long' } });
  const path = `/api/sessions/${session.session_id}`;
  for (let at = 0; at < TURNS; at += 1) {
    await product.call(path, { method: 'PATCH', body: { llm_config_id: models[at % models.length] } });
    await product.stream(`${path}/messages`, { query: `question ${at}` });
  }
  await product.model('sim-paced-6000-200');
  return session.session_id;
}

async function openAtEnd(page: Page, product: Product): Promise<void> {
  seeded ??= longSession(product);
  await page.goto(`${product.url}/sessions/${await seeded}`);
  await expect(page.getByText(`question ${TURNS - 1}`, { exact: true }).first()).toBeVisible();
}

async function ask(page: Page, model: string): Promise<void> {
  await pickModel(page, model);
  await page.getByRole('button', { name: '切换模型' }).click();
  await page.getByLabel('输入问题').fill('go on');
  await page.getByLabel('输入问题').press('Enter');
  await expect(page.locator('oa-turn').last().locator('oa-markdown')).toContainText('node-7');
}

/** Where something in the middle of the view stands, at every frame, and how much the conversation grew meanwhile. */
function watchView(page: Page, frames: number): Promise<{ tops: number[]; growth: number }> {
  return page.getByRole('log').evaluate(async (log, count) => {
    const box = log.getBoundingClientRect();
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)!;
    const before = log.scrollHeight;
    const tops: number[] = [];
    for (let frame = 0; frame < count; frame += 1) {
      await new Promise(requestAnimationFrame);
      tops.push(Math.round(seen.getBoundingClientRect().top));
    }
    return { tops, growth: log.scrollHeight - before };
  }, frames);
}

/** Scrolls upwards for some frames by a wheel. @returns how far the text in view moved down from each frame to the next */
async function stepsOfWheel(page: Page, notches: number): Promise<number[]> {
  const steps = page.getByRole('log').evaluate(async (log) => {
    const box = log.getBoundingClientRect();
    const inView = () => document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)!;
    const moved: number[] = [];
    for (let frame = 0; frame < 90; frame += 1) {
      const seen = inView();
      const before = seen.getBoundingClientRect().top;
      await new Promise(requestAnimationFrame);
      if (seen.isConnected) moved.push(Math.round(seen.getBoundingClientRect().top - before));
    }
    return moved;
  });
  for (let notch = 0; notch < notches; notch += 1) await page.mouse.wheel(0, -120);
  return steps;
}

async function wheel(page: Page, pixels: number): Promise<void> {
  await page.getByRole('log').hover();
  await page.mouse.wheel(0, pixels);
}

/** Resolves when a scroll has come to rest. */
const rest = (page: Page) =>
  page.getByRole('log').evaluate(async (log) => {
    for (let still = 0, top = log.scrollTop; still < 8; top = log.scrollTop) {
      await new Promise(requestAnimationFrame);
      still = log.scrollTop === top ? still + 1 : 0;
    }
  });

test('scrolling up through messages not seen yet moves the text evenly', async ({ console: page, product }) => {
  await openAtEnd(page, product);
  await page.getByRole('log').hover();
  const steps = await stepsOfWheel(page, 20);
  const sum = steps.reduce((all, step) => all + step, 0);
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(sum).toBeGreaterThan(2000);
  expect(sum).toBeLessThanOrEqual(20 * 120 + 1);
});

test('a long conversation is read upwards to its beginning, few messages at a time', async ({
  console: page,
  product,
}) => {
  await openAtEnd(page, product);
  const first = page.getByText('question 0', { exact: true });
  await expect(async () => {
    await page.getByRole('log').press('Home');
    await rest(page);
    expect(await page.locator('oa-turn').count()).toBeLessThan(MOST_IN_PAGE);
    await expect(first.first()).toBeInViewport({ timeout: 200 });
  }).toPass();
  await page.getByRole('log').press('End');
  await expect(page.getByText(`question ${TURNS - 1}`, { exact: true }).first()).toBeInViewport();
  await expect(page.getByRole('button', { name: '回到底部' })).toBeHidden();
});

test('a message with the focus stays in the page however far one scrolls', async ({ console: page, product }) => {
  await openAtEnd(page, product);
  await page.getByRole('button', { name: '回答详情' }).last().focus();
  await wheel(page, -8000);
  await rest(page);
  const isHeld = await page.evaluate(() => document.activeElement?.closest('oa-turn') !== null);
  expect(isHeld).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.locator('oa-answer-details')).toBeAttached();
});

test('a session opened again stands where one was reading, and at the end when one was there', async ({
  console: page,
  product,
}) => {
  await openAtEnd(page, product);
  const long = page
    .locator('oa-session-entry')
    .filter({ has: page.getByText('long', { exact: true }) })
    .locator('a');
  const openAgain = async () => {
    await page.getByRole('link', { name: '新建会话' }).click();
    await expect(page.locator('oa-start-page')).toBeVisible();
    await long.click();
    await expect(page.getByRole('log')).toBeVisible();
  };
  await wheel(page, -3000);
  await rest(page);
  const read = await page.getByRole('log').evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    const bubbles = [...log.querySelectorAll('.bubble')];
    const seen = bubbles.find((bubble) => bubble.getBoundingClientRect().top > edge + 20)!;
    return { text: seen.textContent, top: Math.round(seen.getBoundingClientRect().top) };
  });
  const top = async () => {
    const box = await page.getByText(read.text, { exact: true }).first().boundingBox({ timeout: 200 });
    return Math.abs(Math.round(box!.y) - read.top);
  };
  await openAgain();
  await expect(async () => expect(await top()).toBeLessThan(4)).toPass();
  await page.reload();
  await expect(async () => expect(await top()).toBeLessThan(4)).toPass();
  await page.getByRole('button', { name: '回到底部' }).click();
  await openAgain();
  await expect(page.getByText(`question ${TURNS - 1}`, { exact: true }).first()).toBeInViewport();
  await expect(page.getByRole('button', { name: '回到底部' })).toBeHidden();
});

test('what one reads stays where it is while an answer streams below', async ({ console: page, product }) => {
  await openAtEnd(page, product);
  await ask(page, 'sim-paced-6000-200');
  await wheel(page, -40);
  await rest(page);
  const nearby = await watchView(page, 60);
  expect(new Set(nearby.tops).size).toBe(1);
  expect(nearby.growth).toBeGreaterThan(0);
  await wheel(page, -3000);
  await rest(page);
  const far = await watchView(page, 60);
  expect(new Set(far.tops).size).toBe(1);
  await page.getByRole('button', { name: '停止回答' }).click();
  expect(await page.locator('oa-turn').count()).toBeLessThan(MOST_IN_PAGE);
  await expect(page.getByRole('button', { name: '回到底部（1 条新消息）' })).toBeVisible();
  await page.getByRole('button', { name: '回到底部' }).click();
  await expect(page.getByRole('button', { name: '回到底部' })).toBeHidden();
  await expect(page.getByRole('button', { name: '回答详情' }).last()).toBeInViewport();
});
