import { zhCn as runbooks } from '../src/app/runbook/i18n/zh-cn.js';
import { zhCn } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, test } from './support/console.js';

// Nothing is written at first. What a stale edit is refused, the browser notes.
test.use({ installation: 'new', tolerated: /status of 409/ });

const HOSTILE = '<img src=x onerror="document.title = \'broken\'"> [link](javascript:alert(1))';

test('runbooks are taken from examples, imported, found, written, saved over others, deleted and put back', async ({
  console: page,
  product,
}) => {
  await page.goto(`${product.url}/runbooks`);
  await expect(page.getByRole('heading', { name: runbooks.none })).toBeVisible();
  await expectAccessible(page);
  const example = runbooks.takeOne.replace('{{title}}', '磁盘空间不足');
  await page.getByRole('button', { name: example }).click();
  await expect(page.getByRole('row', { name: /磁盘空间不足/ })).toBeVisible();

  await page.locator('input[type=file]').setInputFiles([
    {
      name: 'dns.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('---\ntitle: DNS 解析失败\ntags: [dns]\n---\n## 检查\n查看 resolv.conf。'),
    },
    { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50]) },
  ]);
  const result = page.getByRole('dialog', { name: runbooks.import.result });
  await expect(result.getByText(runbooks.import.refused)).toBeVisible();
  await expectAccessible(page);
  await result.getByRole('button', { name: zhCn.common.close }).click();

  await page.getByLabel(runbooks.search).fill('解析');
  const found = page.locator('oa-found-list');
  await expect(
    found
      .locator('mark')
      .or(found.getByRole('link', { name: 'DNS 解析失败' }))
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
  await found.getByRole('link', { name: 'DNS 解析失败' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'DNS 解析失败' })).toBeVisible();

  await page.getByRole('link', { name: zhCn.common.edit }).click();
  const body = page.getByLabel(runbooks.field.body);
  await body.fill(`## 处理\n重启 **resolver**。\n\n${HOSTILE}`);
  const preview = page.getByRole('region', { name: runbooks.preview });
  await expect(preview.locator('strong')).toHaveText('resolver');
  await expect(preview.locator('img, a[href^="javascript:"]')).toHaveCount(0);
  await expectAccessible(page);

  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await product.call(`/api/runbooks/${id}`, { method: 'PATCH', body: { title: 'DNS', body: '别人写的' } });
  await page.keyboard.press('Control+s');
  const stale = page.getByRole('dialog');
  await expect(stale.getByText('别人写的')).toBeVisible();
  await expectAccessible(page);
  await stale.getByRole('button', { name: zhCn.stale.overwrite }).click();
  await expect(page.locator('oa-markdown strong')).toHaveText('resolver');
  await expectAccessible(page);

  await page.getByRole('button', { name: zhCn.common.delete }).click();
  await expect(page.getByRole('row', { name: /磁盘空间不足/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^DNS/ })).toHaveCount(0);
  await page.getByRole('button', { name: zhCn.common.undo }).click();
  await expect(page.locator('oa-markdown strong')).toHaveText('resolver');
});
