import type { AppDto } from '@opsagent/contracts';
import { zhCn as apps } from '../src/app/dify-app/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// A wrong key is answered with 401, what was sent wrong with 400.
test.use({ tolerated: /status of (400|401)/ });

const words = apps.try;

test('an app is tried out: streamed, stopped, rated, gone on with, refused; its key is gone afterwards', async ({
  console: page,
  product,
}) => {
  const llm_config_id = await product.model('sim-echo');
  const { id } = await product.call<{ id: string }>('/api/apps', {
    method: 'POST',
    body: { name: 'trial', mode: 'chat', llm_config_id },
  });
  const keys = () => product.call<{ items: { name: string }[] }>(`/api/apps/${id}/keys`);
  await page.goto(`${product.url}/apps/${id}?tab=try`);
  const answer = page.locator('oa-answer-view');
  const raw = page.locator('oa-raw-view');
  const send = page.getByRole('button', { name: words.send, exact: true });
  const field = (name: string) => page.locator('oa-request-form').getByLabel(name);

  await field('query').fill('**strong** words');
  await page.keyboard.press('Control+Enter');
  await expect(answer.locator('oa-markdown strong')).toHaveText('strong');
  await expect(answer.getByText(words.state.ended)).toBeVisible();
  await expect(raw.getByRole('option').filter({ hasText: 'message_end' })).toBeVisible();
  await raw.getByRole('option').first().click();
  await expect(raw.getByText(words.event.message)).toBeVisible();
  await page.keyboard.press('End');
  await expect(raw.getByText(words.event.message_end)).toBeVisible();
  await expectAccessible(page);
  expect((await keys()).items.map(({ name }) => name)).toEqual([words.keyName]);

  await answer.getByRole('button', { name: words.like, exact: true }).click();
  await expect(answer.locator('pre')).toContainText('"result": "success"');
  await page.getByRole('button', { name: /POST \/chat-messages 200/ }).click();
  await answer.getByRole('button', { name: words.continue }).click();
  await field('query').fill('second');
  await field('response_mode').selectOption('blocking');
  await send.click();
  await expect(answer.locator('oa-markdown')).toContainText('second');
  await answer.getByRole('button', { name: words.history }).click();
  await expect(answer.locator('.query')).toHaveText(['**strong** words', 'second']);

  await page.getByLabel(words.operation).selectOption('POST /chat-messages');
  await page.getByLabel(words.rawBody).check();
  await page.getByRole('textbox', { name: words.body }).fill('{"query": ');
  await send.click();
  await expect(answer.getByRole('alert')).toContainText(words.errors.bad_request);
  await page.getByRole('button', { name: words.paste }).click();
  await page.getByLabel(words.ownKey).fill('app-wrong');
  await send.click();
  await expect(answer.getByRole('alert')).toContainText(words.errors.unauthorized);

  await page.getByRole('link', { name: apps.tab.keys }).click();
  await expect(page.getByText(apps.noKeys)).toBeVisible();
  await expect.poll(async () => (await keys()).items).toEqual([]);
  await page.getByRole('button', { name: zhCn.common.delete }).click();
});

test('a streamed answer stops when asked to', async ({ console: page, product }) => {
  const llm_config_id = await product.model('sim-slow');
  const { id } = await product.call<{ id: string }>('/api/apps', {
    method: 'POST',
    body: { name: 'slow trial', mode: 'chat', llm_config_id },
  });
  await page.goto(`${product.url}/apps/${id}?tab=try`);
  await page.locator('oa-request-form').getByLabel('query').fill('tell');
  await page.getByRole('button', { name: words.send, exact: true }).click();
  const answer = page.locator('oa-answer-view');
  await expect(answer.locator('oa-markdown > *').first()).toBeVisible();
  await answer.getByRole('button', { name: words.stop }).click();
  await expect(answer.getByText(words.state.ended)).toBeVisible();
  await expect(page.locator('oa-raw-view').getByRole('option').filter({ hasText: 'message_end' })).toBeVisible();
});

test('an app is given tools, files and annotations', async ({ console: page, product }) => {
  const llm_config_id = await product.model('sim-echo');
  const { id } = await product.call<{ id: string }>('/api/apps', {
    method: 'POST',
    body: { name: 'desk', mode: 'agent-chat', llm_config_id },
  });
  await page.goto(`${product.url}/apps/${id}`);
  await page.getByLabel(apps.tools.chosen).check();
  await page.getByRole('checkbox', { name: /net_probe/ }).check();
  await page.getByLabel(apps.files.enabled).check();
  await page.getByLabel(apps.files.kind.video).check();
  await page.getByLabel(apps.files.number).fill('11');
  const save = page.getByRole('button', { name: apps.save, exact: true });
  await expect(page.getByText(apps.files.bounds)).toBeVisible();
  await page.getByLabel(apps.files.number).fill('4');
  await page.getByLabel(apps.field.suggests).check();
  await expectAccessible(page);
  await save.click();
  await expect(save).toBeDisabled();
  const stored = await product.call<AppDto>(`/api/apps/${id}`);
  expect(stored).toMatchObject({ suggests_after_answer: true, file_upload: { enabled: true, number_limits: 4 } });
  expect(stored.file_upload.allowed_file_types).toContain('video');
  expect(stored.tools).toContain('net_probe');

  await page.getByRole('link', { name: apps.tab.annotations }).click();
  await page.getByRole('button', { name: apps.annotations.add }).click();
  const dialog = page.getByRole('dialog', { name: apps.annotations.add });
  await dialog.getByLabel(apps.annotations.question).fill('Where is the log?');
  await dialog.getByLabel(apps.annotations.answer).fill('/var/log');
  await dialog.getByRole('button', { name: apps.save }).click();
  await expect(page.getByRole('heading', { name: 'Where is the log?' })).toBeVisible();
  await page.getByLabel(apps.annotations.enabled).check();
  await page.getByRole('button', { name: apps.annotations.apply }).click();
  await expect.poll(async () => (await product.call<AppDto>(`/api/apps/${id}`)).annotation_reply.enabled).toBe(true);
  await page.getByRole('button', { name: '删除 Where is the log?' }).click();
  await expect(page.getByText(apps.annotations.none)).toBeVisible();
  await page.getByRole('button', { name: zhCn.common.undo }).click();
  await expect(page.getByRole('heading', { name: 'Where is the log?' })).toBeVisible();
  await expectAccessible(page);
});
