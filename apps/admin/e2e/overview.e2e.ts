import { expect, expectAccessible, test } from './support/console.js';

// A server of its own: nobody has asked anything on it yet.
test.use({ installation: 'new' });

test('the overview leads a new installation on, and then shows how it does', async ({ console: page, product }) => {
  await expect(page.getByRole('heading', { name: '从这里开始' })).toBeVisible();
  await expectAccessible(page);
  const id = await product.model('sim-text-5');
  const { session_id } = await product.call<{ session_id: string }>('/api/sessions', {
    method: 'POST',
    body: { llm_config_id: id, session_name: '概览里的会话' },
  });
  const asked = await product.stream(`/api/sessions/${session_id}/messages`, { query: '你好' });
  expect(asked).toContain('turn_finished');
  await page.getByRole('button', { name: '刷新' }).click();
  await expect(page.getByRole('heading', { name: '从这里开始' })).toBeHidden();
  await expect(page.getByRole('link', { name: '概览里的会话' })).toBeVisible();
  await expect(page.getByRole('img', { name: /sim-text-5：\d+ 次请求，0 次失败/ })).toBeVisible();
  await expectAccessible(page);
});
