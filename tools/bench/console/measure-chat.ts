import type { Browser, Page } from '@playwright/test';
import { percentile } from '../statistics.ts';
import { countNodes, openPage, scrollFrames, type SignIn, takeSample } from './browser.ts';
import type { Product } from './product.ts';
import type { BestFigures } from './rows.ts';

const LOG = '[role=log]';
const STREAM = 'sim-paced-6000-200';
const LONG_ANSWER = 'sim-text-800';
const LONG_ANSWERS = 10;
const SAMPLE_MS = 5_000;
const BYTES_PER_MB = 1e6;
const MS_PER_MINUTE = 60_000;

/** A conversation of 2,000 messages: opening it, and reading it while an answer streams. */
export async function measureChat(
  browser: Browser,
  product: Product,
  state: SignIn,
  figures: BestFigures,
): Promise<void> {
  await product.useModel(STREAM);
  const page = await openPage(browser, { storageState: state });
  await page.goto(`${product.url}/sessions`);
  figures.add('chat-open', await open(page, product.sessionId));
  const scrolled = await scrollFrames(page, LOG, -240, 40);
  figures.add('chat-scroll', percentile(scrolled, 0.95));
  await ask(page);
  await page.locator('oa-turn .oa-markdown').last().waitFor();
  await sample(page, 'follow', figures, () => type(page));
  await page.locator(LOG).hover();
  await page.mouse.wheel(0, -2_400);
  await page.waitForTimeout(500);
  await sample(page, 'back', figures, () => page.waitForTimeout(SAMPLE_MS));
  figures.add('chat-nodes', await countNodes(page));
  await page.getByRole('button', { name: '停止回答' }).click();
  await page.getByRole('button', { name: '停止回答' }).waitFor({ state: 'hidden' });
  await page.context().close();
}

/** What ten long answers leave behind. */
export async function measureHeap(
  browser: Browser,
  product: Product,
  state: SignIn,
  figures: BestFigures,
): Promise<void> {
  await product.useModel(LONG_ANSWER);
  const page = await openPage(browser, { storageState: state });
  await page.goto(`${product.url}/sessions/${product.sessionId}`);
  await page.locator('oa-turn').last().waitFor();
  const before = await heapOf(page);
  for (let asked = 0; asked < LONG_ANSWERS; asked += 1) {
    await ask(page, `go on ${asked}.`);
    const turn = page.locator('oa-turn', { hasText: `go on ${asked}.` });
    await turn.locator('.answer[aria-busy=false]').waitFor({ timeout: 60_000 });
  }
  figures.add('chat-heap', ((await heapOf(page)) - before) / BYTES_PER_MB);
  await page.context().close();
}

async function open(page: Page, sessionId: string): Promise<number> {
  const link = `a[href^="/sessions/${sessionId}"]`;
  await page.locator(link).first().waitFor();
  return page.evaluate(
    (selector) =>
      window.probe.until(
        () => document.querySelector<HTMLElement>(selector)?.click(),
        () => document.querySelector('oa-turn .oa-markdown > *') !== null,
      ),
    link,
  );
}

async function ask(page: Page, query = 'go on'): Promise<void> {
  const composer = page.locator('oa-composer textarea');
  await composer.fill(query);
  await composer.press('Enter');
}

async function type(page: Page): Promise<void> {
  const composer = page.locator('oa-composer textarea');
  await composer.focus();
  await composer.pressSequentially('while it answers', { delay: SAMPLE_MS / 16 });
}

async function sample(
  page: Page,
  name: string,
  figures: BestFigures,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  await page.evaluate(() => window.probe.start());
  await meanwhile();
  const { frames, keyToFrame, longTasks } = await takeSample(page);
  const lasted = frames.reduce((sum, frame) => sum + frame, 0);
  figures.add(`${name}-p95`, percentile(frames, 0.95));
  figures.add(`${name}-p99`, percentile(frames, 0.99));
  figures.add(`${name}-max`, Math.max(...frames));
  figures.add(`${name}-long`, (longTasks * MS_PER_MINUTE) / lasted);
  if (keyToFrame.length > 0) figures.add('chat-key', percentile(keyToFrame, 0.95));
}

async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}
