import type { Browser, Page } from '@playwright/test';
import { percentile } from '../statistics.ts';
import { countNodes, openPage, scrollFrames, type SignIn, takeSample } from './browser.ts';
import type { Product } from './product.ts';
import type { BestFigures } from './rows.ts';

const ROW = '[role=grid] [role=rowgroup] [aria-rowindex="2"]';

/** Ten thousand configurations and sessions, and the switches of the top bar. */
export async function measureLists(
  browser: Browser,
  product: Product,
  state: SignIn,
  figures: BestFigures,
): Promise<void> {
  const page = await openPage(browser, { storageState: state });
  await page.goto(`${product.url}/configs/new`);
  await page.locator('nav a[href^="/configs"]').first().waitFor();
  await page.goto(`${product.url}/sessions/new`);
  await page.locator('nav a[href^="/configs"]').first().waitFor();
  figures.add('configs-first', await follow(page, 'nav a[href^="/configs"]', ROW));
  await measureConfigs(page, figures);
  figures.add('sessions-open', await follow(page, 'nav a[href^="/sessions"]', 'oa-session-entry'));
  await measureSessions(page, figures);
  await measureSwitches(page, figures);
  await page.context().close();
}

async function measureConfigs(page: Page, figures: BestFigures): Promise<void> {
  figures.add('configs-scroll', percentile(await scrollFrames(page, '[role=grid]', 400, 40), 0.95));
  figures.add('configs-nodes', await countNodes(page));
  const search = page.locator('main input[type=search]').first();
  await search.focus();
  await page.evaluate(() => window.probe.start());
  await search.pressSequentially('config 99', { delay: 150 });
  for (let taken = 0; taken < 3; taken += 1) await search.press('Backspace', { delay: 150 });
  figures.add('configs-key', percentile((await takeSample(page)).keyToFrame, 0.95));
}

async function measureSessions(page: Page, figures: BestFigures): Promise<void> {
  figures.add('sessions-scroll', percentile(await scrollFrames(page, 'oa-session-entry', 400, 40), 0.95));
  const search = page.locator('main input[type=search]').first();
  await search.fill('session 987');
  const found = await page.evaluate(() =>
    window.probe.until(
      () => undefined,
      () => {
        const names = [...document.querySelectorAll('oa-session-entry .name')].map(({ textContent }) => textContent);
        return names.length > 0 && names.every((name) => name.includes('987'));
      },
    ),
  );
  figures.add('sessions-search', found);
}

async function measureSwitches(page: Page, figures: BestFigures): Promise<void> {
  const language = await page.evaluate(() =>
    window.probe.until(
      () => document.querySelector<HTMLElement>('[role=menuitemradio][lang=en]')?.click(),
      () => document.documentElement.lang.startsWith('en') && document.body.innerText.includes('Sessions'),
    ),
  );
  figures.add('language', language);
  const theme = await page.evaluate(() => {
    const before = getComputedStyle(document.documentElement).backgroundColor;
    const items = [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]:not([lang])')];
    const dark = items.find(({ textContent }) => textContent.trim() === 'Dark');
    return window.probe.until(
      () => dark?.click(),
      () => getComputedStyle(document.documentElement).backgroundColor !== before,
    );
  });
  figures.add('theme', theme);
}

/** Goes to a page by its link. @returns the milliseconds until something of it shows */
function follow(page: Page, link: string, shows: string): Promise<number> {
  return page.evaluate(
    ([from, to]) =>
      window.probe.until(
        () => document.querySelector<HTMLElement>(from)?.click(),
        () => document.querySelector(to) !== null,
      ),
    [link, shows] as const,
  );
}
