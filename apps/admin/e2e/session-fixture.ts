import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const EMAIL = 'admin@example.org';
const PASSWORD = 'correct-horse-battery';
const TOKEN = 'oa-e2e-0123456789abcdef0123456789abcdef';
const READY_MS = 60_000;

/** The built product with the provider simulator behind it. */
export interface Product {
  url: string;
  simulator: string;
  /** Makes a configuration of one of the simulator's models; its name is the model's. */
  model: (name: string) => Promise<string>;
  call: <T>(path: string, init?: { method?: string; body?: object }) => Promise<T>;
}

export const test = base.extend<{ console: Page }, { product: Product }>({
  product: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'opsagent-e2e-'));
      const [port, simulatorPort] = [await freePort(), await freePort()];
      const simulator = node(['tools/provider-simulator/main.ts', '--port', String(simulatorPort)], {});
      const server = node(['dist/api/apps/api/src/main.js'], {
        PORT: String(port),
        OPSAGENT_DATA_DIR: folder,
        OPSAGENT_ADMIN_EMAIL: EMAIL,
        OPSAGENT_ADMIN_PASSWORD: PASSWORD,
        OPSAGENT_ADMIN_TOKEN: TOKEN,
        OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulatorPort}`,
      });
      const product = productAt(`http://localhost:${port}`, `http://127.0.0.1:${simulatorPort}`);
      await ready(`${product.url}/health/ready`);
      await use(product);
      await Promise.all([ended(server), ended(simulator)]);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: READY_MS + 10_000 },
  ],

  /** A signed-in page of the console; an error in its console or a request to another host fails the test. */
  console: async ({ page, product }, use) => {
    const faults: string[] = [];
    watch(page, product.url, faults);
    await page.addInitScript(() => localStorage.setItem('oa.language', localStorage.getItem('oa.language') ?? 'zh-CN'));
    await signIn(page, product);
    await use(page);
    expect(faults).toEqual([]);
  },
});

export { expect };

/** Signs in and stands at the sessions. */
export async function signIn(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/login`);
  await page.locator('input[type=email]').fill(EMAIL);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/sessions$/);
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
    return (await response.json()) as T;
  };
  const model = async (name: string) => {
    const found = await call<{ id: string }[]>(`/api/llm-configs?search=${name}`);
    if (found[0]) return found[0].id;
    const body = { name, provider: 'openai', model_name: name, api_key: 'sim-key', base_url: `${simulator}/openai/v1` };
    return (await call<{ id: string }>('/api/llm-configs', { method: 'POST', body })).id;
  };
  return { url, simulator, call, model };
}

function node(args: string[], settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...settings }, stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

async function ready(url: string): Promise<void> {
  await expect(async () => expect((await fetch(url)).ok).toBe(true)).toPass({ timeout: READY_MS });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
