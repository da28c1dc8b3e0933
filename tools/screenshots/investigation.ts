import type { Browser } from '@playwright/test';
import { TestAuthority } from '../../apps/api/test/support/certificates.ts';
import { POSTGRES_LOCKS } from '../eval/incidents/postgres-locks.ts';
import { SCRIPTED_KEY, SCRIPTED_MODEL, startModel } from '../eval/model/server.ts';
import { BUILT, Product } from '../eval/product/product.ts';
import { askTurn } from '../eval/product/turn.ts';
import { register } from '../eval/runner.ts';
import { Ports } from '../eval/stage/ports.ts';
import { Workspace } from '../eval/stage/workspace.ts';

const ADMIN = { OPSAGENT_ADMIN_EMAIL: 'admin@example.org', OPSAGENT_ADMIN_PASSWORD: 'correct horse battery' };
const LONGEST_MS = 120_000;

/** Takes a picture of an investigation: an incident of the evaluation on a real database, with the model that follows rules. */
export async function takeInvestigation(browser: Browser, file: string): Promise<void> {
  const [ports, authority, model] = [await Ports.reserve(), new TestAuthority('Screenshots'), await startModel()];
  const allowed = [...ports.all, model.port].map((port) => `127.0.0.1:${port}`);
  const product = await Product.start({ entry: BUILT, environment: ADMIN, allowed, authority: authority.pem });
  const signal = AbortSignal.timeout(LONGEST_MS);
  const workspace = await Workspace.open({ ports, authority, signal });
  try {
    const { baseUrl } = model;
    const config = await product.configure({ provider: 'openai', model: SCRIPTED_MODEL, baseUrl, key: SCRIPTED_KEY });
    await POSTGRES_LOCKS.stage('fault', workspace);
    await register(product, workspace);
    await askTurn(product.api, config, POSTGRES_LOCKS.question, signal);
    await takeSession(browser, product.api.url, file);
  } finally {
    await workspace.close();
    await product.stop();
    await model.close();
  }
}

async function takeSession(browser: Browser, url: string, file: string): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.locator('input[type=email]').fill(ADMIN.OPSAGENT_ADMIN_EMAIL);
  await page.locator('input[type=password]').fill(ADMIN.OPSAGENT_ADMIN_PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.waitForURL((at) => !at.pathname.startsWith('/login'));
  await page.goto(`${url}/sessions`);
  await page.locator('a[href^="/sessions/"]:not([href$="/new"])').first().click();
  await page.locator('oa-answer-actions').waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file });
  await context.close();
}
