// Usage: node tools/screenshots/main.ts [--to docs/images] [--all]
// Starts the built product with the provider simulator and takes the pictures of the documentation; --all takes each page
// in both languages, both themes and two widths, for looking at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { startServer } from '../../apps/admin/e2e/support/server.ts';
import { takeInvestigation } from './investigation.ts';
import { takeQuickStart } from './quick-start.ts';

const ADMIN = { email: 'admin@example.org', password: 'correct horse battery' };
const TOKEN = 'ops-screenshots-0123456789-0123456789';
const QUESTION = '检查一下这台主机的负载和磁盘，有没有风险？';

const { values } = parseArgs({
  options: { to: { type: 'string', default: 'docs/images' }, all: { type: 'boolean', default: false } },
});
mkdirSync(values.to, { recursive: true });

const server = await startServer({
  OPSAGENT_ADMIN_EMAIL: ADMIN.email,
  OPSAGENT_ADMIN_PASSWORD: ADMIN.password,
  OPSAGENT_ADMIN_TOKEN: TOKEN,
  OPSAGENT_ENVIRONMENT: 'staging',
});
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
  ],
});
try {
  await fill();
  if (values.all) for (const look of looks()) await takeAll(look);
  else {
    await takeInvestigation(browser, join(values.to, 'console.png'));
    for (const language of ['zh', 'en'] as const) await takeQuickStart(browser, values.to, language);
  }
} finally {
  await browser.close();
  await server.stop();
}

interface Look {
  language: 'zh-CN' | 'en';
  theme: 'light' | 'dark';
  width: number;
}

function looks(): Look[] {
  const themes = ['light', 'dark'] as const;
  const languages = ['zh-CN', 'en'] as const;
  return languages.flatMap((language) =>
    themes.flatMap((theme) => [1440, 390].map((width) => ({ language, theme, width }))),
  );
}

/** Configurations and a session to look at. */
async function fill(): Promise<void> {
  const main = await post('/api/llm-configs', config('sim-demo-0', 'openai', '主模型'));
  await post('/api/llm-configs', config('sim-demo', 'deepseek', 'deepseek-ops'));
  await post('/api/llm-configs', config('sim-text', 'tongyi', '通义备用'));
  await post('/api/llm-configs', { ...config('sim-embed', 'zhipu', '向量'), is_embedding: true });
  const session = await post('/api/sessions', { llm_config_id: main['id'] });
  await ask(String(session['session_id']), QUESTION);
}

function config(model: string, provider: string, name: string): Record<string, unknown> {
  return { name, provider, model_name: model, api_key: 'sim-key', base_url: `${server.simulator}/openai/v1` };
}

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await send(path, body);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

async function ask(sessionId: string, query: string): Promise<void> {
  await (await send(`/api/sessions/${sessionId}/messages`, { query })).text();
}

function send(path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  return fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function open({ language, theme, width }: Look): Promise<{ context: BrowserContext; page: Page }> {
  const height = width < 768 ? 844 : 900;
  const context = await browser.newContext({ locale: language, colorScheme: theme, viewport: { width, height } });
  return { context, page: await context.newPage() };
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/login`);
  await page.locator('input[type=email], input[autocomplete=username]').first().fill(ADMIN.email);
  await page.locator('input[type=password]').first().fill(ADMIN.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

async function openFirstSession(page: Page): Promise<void> {
  await page.goto(`${server.url}/sessions`);
  await page.locator('a[href^="/sessions/"]:not([href$="/new"])').first().click();
  await page.locator('[role=log]').waitFor();
  await page.waitForLoadState('networkidle');
}

async function takeAll(look: Look): Promise<void> {
  const { context, page } = await open(look);
  const take = (name: string): Promise<unknown> =>
    page.screenshot({ path: join(values.to, `${name}-${look.language}-${look.theme}-${look.width}.png`) });
  await page.goto(`${server.url}/login`);
  await page.locator('button[type=submit]').waitFor();
  await take('login');
  await signIn(page);
  await openFirstSession(page);
  await take('chat');
  for (const name of ['overview', 'sessions/new', 'configs', 'apps', 'settings/tokens']) {
    await page.goto(`${server.url}/${name}`);
    await page.waitForLoadState('networkidle');
    await take(name.replace('/', '-'));
  }
  await context.close();
}
