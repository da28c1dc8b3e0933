import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { fileOf } from '../processes/workspace.ts';
import { openPage, type SignIn } from './browser.ts';
import type { Product } from './product.ts';
import type { BestFigures } from './rows.ts';

/** A phone on a slow line, the figures Lighthouse's mobile preset takes; here they are applied, not simulated. */
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const CPU_SLOWDOWN = 4;
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const SETTLED_MS = 1_500;
const BYTES_PER_KB = 1_000;

/** What the first page weighs, and how soon two pages show themselves on a phone. */
export async function measureLoading(
  browser: Browser,
  product: Product,
  state: SignIn,
  figures: BestFigures,
): Promise<void> {
  figures.add('weight', firstBytes() / BYTES_PER_KB);
  await measurePage(await openPage(browser, PHONE), `${product.url}/login`, 'login', figures);
  await measurePage(
    await openPage(browser, { ...PHONE, storageState: state }),
    `${product.url}/configs`,
    'configs',
    figures,
  );
}

function firstBytes(): number {
  const built = fileOf('dist/admin/browser');
  const index = readFileSync(`${built}/index.html`, 'utf8');
  const files = [...index.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(`${built}/${file}`)).length, 0);
}

async function measurePage(page: Page, url: string, name: string, figures: BestFigures): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.waitForTimeout(SETTLED_MS);
  const { largestPaint, layoutShift } = await page.evaluate(() => window.probe);
  figures.add(`${name}-paint`, largestPaint);
  figures.add(`${name}-shift`, layoutShift);
  await page.context().close();
}
