import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { ADMIN, type Product } from './product.ts';
import { installProbe } from './probe.ts';

export type SignIn = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-dev-shm-usage',
      '--enable-precise-memory-info',
    ],
  });
}

/** A page that notes how it fares, in a profile of its own with nothing stored but the sign-in. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, ...options });
  await context.addInitScript(installProbe);
  return context.newPage();
}

/** @returns what a browser keeps of a sign-in. */
export async function signIn(browser: Browser, product: Product): Promise<SignIn> {
  const page = await openPage(browser);
  await page.goto(`${product.url}/login`);
  await page.locator('input[type=email]').fill(ADMIN.email);
  await page.locator('input[autocomplete=current-password]').fill(ADMIN.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** Turns the wheel over an element for a while, as a person would. @returns the milliseconds of each frame meanwhile */
export async function scrollFrames(page: Page, selector: string, pixels: number, turns: number): Promise<number[]> {
  await page.locator(selector).first().hover();
  await page.evaluate(() => window.probe.start());
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, pixels);
    await page.waitForTimeout(50);
  }
  return (await takeSample(page)).frames;
}

/** Ends sampling. @returns what was noted since it began */
export function takeSample(page: Page): Promise<{ frames: number[]; keyToFrame: number[]; longTasks: number }> {
  return page.evaluate(() => {
    window.probe.isSampling = false;
    const { frames, keyToFrame, longTasks } = window.probe;
    return { frames, keyToFrame, longTasks };
  });
}

export function countNodes(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('*').length);
}
