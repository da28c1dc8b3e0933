import type { McpServerDto, McpServerListDto } from '@opsagent/contracts';
import { McpStand } from '../../api/test/support/mcp/mcp-stand.js';
import { zhCn } from '../src/app/mcp/i18n/zh-cn.js';
import { zhCn as session } from '../src/app/session/i18n/zh-cn.js';
import { zhCn as shared } from '../src/app/shared/i18n/zh-cn.js';
import { expect, expectAccessible, fetchGone, test } from './support/console.js';

// What was saved by somebody else meanwhile is refused by the server.
test.use({ tolerated: /status of 409/ });

let stand: McpStand;
test.beforeAll(async () => {
  stand = await McpStand.start();
});
test.afterAll(() => stand.close());

const tool = (name: string) => `oa-tool-row[data-tool=${name}]`;

test('an MCP server is tested, its tools are allowed, and one that changes has to be looked at again', async ({
  console: page,
  product,
}) => {
  await page.goto(`${product.url}/settings/mcp`);
  await page.getByRole('button', { name: zhCn.add }).first().click();
  const drawer = page.getByRole('dialog', { name: zhCn.add });
  await drawer.getByRole('button', { name: zhCn.saveAndTest }).click();
  await expect(drawer.getByText(shared.validation.required)).toHaveCount(2);
  await drawer.getByLabel(zhCn.field.name, { exact: true }).fill('stand');
  await drawer.getByRole('textbox', { name: zhCn.field.url }).fill(stand.url);
  await drawer.getByRole('button', { name: zhCn.secret.add }).click();
  await drawer.getByLabel(`${zhCn.headers} 1: ${zhCn.secret.name}`).fill('Authorization');
  await drawer.getByLabel(`Authorization: ${zhCn.secret.value}`).fill('Bearer of-the-test');
  await drawer.getByRole('button', { name: zhCn.saveAndTest }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'stand' })).toBeVisible();
  expect(stand.requests.at(-1)?.headers.authorization).toBe('Bearer of-the-test');
  await expect(page.locator('oa-tool-row')).toHaveCount(2);
  await expectAccessible(page);
  const echo = page.locator(tool('echo'));
  await echo.getByRole('switch').click();
  await expect(echo.getByRole('switch')).toBeChecked();
  await echo.getByRole('combobox').selectOption('read');
  await page.getByRole('button', { name: zhCn.lower.confirm }).click();
  await expect(echo.getByRole('combobox')).toHaveValue('read');

  const { items } = await product.call<McpServerListDto>('/api/mcp-servers');
  const [server] = items as [McpServerDto];
  await page.getByRole('button', { name: zhCn.edit, exact: true }).click();
  const form = page.getByRole('dialog', { name: 'stand' });
  await form.getByLabel(zhCn.field.description).fill('mine');
  await product.call(`/api/mcp-servers/${server.id}`, { method: 'PATCH', body: { description: 'theirs' } });
  await form.getByRole('button', { name: zhCn.save, exact: true }).click();
  await page.getByRole('button', { name: shared.stale.overwrite }).click();
  await expect(page.getByText('mine', { exact: true })).toBeVisible();

  stand.tools = stand.tools.map((one) => (one.name === 'echo' ? { ...one, description: 'Says it louder.' } : one));
  await page.getByRole('button', { name: zhCn.test, exact: true }).click();
  await expect(echo.getByText(zhCn.tool.changedText)).toBeVisible();
  await echo.getByRole('button', { name: zhCn.tool.again }).click();
  await expect(echo.getByRole('switch')).toBeChecked();

  const body = { llm_config_id: await product.model('sim-script') };
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', { method: 'POST', body });
  await page.goto(`${product.url}/sessions/${session_id}`);
  const script = [{ calls: [{ name: 'mcp__stand__echo', arguments: { text: '回声' } }] }];
  await page.getByRole('textbox', { name: session.composer.label }).fill(`script:${JSON.stringify(script)}`);
  await page.keyboard.press('Enter');
  await expect(page.locator('oa-step-card').getByText(session.step.succeeded)).toBeVisible();
  expect(stand.calls).toEqual([{ name: 'echo', input: { text: '回声' } }]);

  await page.goto(`${product.url}/settings/mcp/${server.id}`);
  await page.getByRole('button', { name: shared.common.delete, exact: true }).click();
  await expect(page.getByText(zhCn.none)).toBeVisible();
  await page.getByRole('button', { name: shared.common.undo }).last().click();
  await expect(page.getByRole('link', { name: 'stand' })).toBeVisible();
  await expectAccessible(page);
  await fetchGone(product, `/api/mcp-servers/${server.id}`);
});
