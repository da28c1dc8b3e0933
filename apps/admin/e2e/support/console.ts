import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { startServer } from './server.js';

export const EMAIL = 'admin@example.org';
export const PASSWORD = 'correct-horse-battery';
const TOKEN = 'oa-e2e-0123456789abcdef0123456789abcdef';

/** The built product with the provider simulator behind it. */
export interface Product {
  url: string;
  simulator: string;
  /** Makes a configuration of one of the simulator's models; its name is the model's. */
  model: (name: string) => Promise<string>;
  /** Reads a stream of events to its end. */
  stream: (path: string, body: object) => Promise<string>;
  call: <T>(path: string, init?: { method?: string; body?: object }) => Promise<T>;
}

export const test = base.extend<
  { console: Page; tolerated: RegExp | undefined },
  { product: Product; installation: 'shared' | 'new'; settings: Record<string, string> }
>({
  /** Tests that need an installation nobody has used name it at the top of their file, and so get a server of their own. */
  installation: ['shared', { option: true, scope: 'worker' }],

  /** What else stands in the server's environment. */
  settings: [{}, { option: true, scope: 'worker' }],

  product: [
    async ({ settings }, use) => {
      const server = await startServer({
        OPSAGENT_ADMIN_EMAIL: EMAIL,
        OPSAGENT_ADMIN_PASSWORD: PASSWORD,
        OPSAGENT_ADMIN_TOKEN: TOKEN,
        ...settings,
      });
      await use(productAt(server.url, server.simulator));
      await server.stop();
    },
    { scope: 'worker', timeout: 70_000 },
  ],

  /** What the browser itself may note, in tests where the server refuses something on purpose. */
  tolerated: [undefined, { option: true }],

  /** A signed-in page of the console; an error in its console or a request to another host fails the test. */
  console: async ({ page, product, tolerated }, use) => {
    const faults: string[] = [];
    watch(page, product.url, faults);
    await page.addInitScript(() => localStorage.setItem('oa.language', localStorage.getItem('oa.language') ?? 'zh-CN'));
    await signIn(page, product);
    await use(page);
    expect(faults.filter((fault) => !tolerated?.test(fault))).toEqual([]);
  },
});

export { expect };

/** Signs in and stands at the overview. */
export async function signIn(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/login`);
  await page.locator('input[type=email]').fill(EMAIL);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/overview$/);
}

/** Chooses a model by its name, as somebody would who types it. */
export async function pickModel(within: Page | Locator, name: string): Promise<void> {
  const field = within.getByRole('combobox', { name: /^(模型|Model)$/ });
  await field.click();
  await field.fill(name);
  await within.locator('oa-model-row .name').getByText(name, { exact: true }).click();
}

/** Deletes what other journeys on the same server would count or find. */
export async function fetchGone(product: Product, path: string): Promise<void> {
  await product.call(path, { method: 'DELETE' }).catch((error: unknown) => {
    // The answer to a deletion is empty, which is no JSON.
    if (!(error instanceof SyntaxError)) throw error;
  });
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}

/** Also used for a second page of the same browser. */
export function watch(page: Page, url: string, faults: string[]): void {
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const target = request.url();
    if (!target.startsWith(url) && !/^(data|blob):/.test(target)) faults.push(`foreign request: ${target}`);
  });
}

function productAt(url: string, simulator: string): Product {
  const call = async <T>(path: string, { method = 'GET', body }: { method?: string; body?: object } = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  const stream = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.text();
  };
  const model = async (name: string) => {
    const found = await call<{ id: string; name: string }[]>(`/api/llm-configs?search=${name}`);
    const own = found.find((config) => config.name === name);
    if (own) return own.id;
    const body = { name, provider: 'openai', model_name: name, api_key: 'sim-key', base_url: `${simulator}/openai/v1` };
    return (await call<{ id: string }>('/api/llm-configs', { method: 'POST', body })).id;
  };
  return { url, simulator, call, model, stream };
}
