import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { startServer } from '../../apps/admin/e2e/support/server.ts';

/** The words that lead through the set-up, in each language of the documents. */
const WORDS = {
  zh: {
    ...{ locale: 'zh-CN', code: '初始化码', address: '服务地址' },
    ...{ model: '模型', test: '测试', next: '下一步' },
  },
  en: {
    ...{ locale: 'en', code: 'Setup code', address: 'Service address' },
    ...{ model: 'Model', test: 'Test', next: 'Next' },
  },
} as const;

/** Takes the pictures of the quick start: an empty installation, led to its first answer. */
export async function takeQuickStart(browser: Browser, to: string, language: keyof typeof WORDS): Promise<void> {
  const words = WORDS[language];
  const server = await startServer({ DEEPSEEK_API_KEY: 'sim-key' });
  const context = await browser.newContext({ locale: words.locale, viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const take = (name: string): Promise<unknown> => page.screenshot({ path: join(to, `${name}-${language}.png`) });
  try {
    await page.goto(server.url);
    await page.locator('input[type=email]').fill('ops@example.org');
    await page.locator('input[type=password]').fill('a long enough password');
    await page.getByLabel(words.code).fill(/code\s+([0-9A-Z-]{6,})/i.exec(server.output())?.[1] ?? '');
    await take('setup-account');
    await page.locator('button[type=submit]').click();
    await page.getByRole('radio', { name: 'vLLM' }).check({ force: true });
    await page.getByLabel(words.address).fill(`${server.simulator}/vllm/v1`);
    await page.keyboard.press('Tab');
    const model = page.getByRole('combobox', { name: words.model, exact: true });
    await model.waitFor();
    await model.selectOption('sim-demo');
    await page.waitForLoadState('networkidle');
    await take('setup-model');
    await page.getByRole('button', { name: words.test, exact: true }).click();
    const next = page.getByRole('link', { name: words.next });
    await next.waitFor();
    await take('setup-test');
    await next.click();
    await page.locator('form button[type=submit]').click();
    await page.locator('oa-answer-actions').waitFor();
    await page.waitForLoadState('networkidle');
    await take('chat');
  } finally {
    await context.close();
    await server.stop();
  }
}
