import { compatibilityOf } from '../src/app/dify-app/dify-operations.js';
import type { ApiDocument } from '../src/app/dify-app/try/api-document.js';
import { expect, test } from './support/console.js';

const NOWHERE = 'The requested URL was not found on the server.';
const METHOD_NOT_ALLOWED = 405;

test('what the console says of the compatibility with Dify is what is served', async ({ product }) => {
  const app = { name: 'compatibility', mode: 'chat' };
  const { id } = await product.call<{ id: string }>('/api/apps', { method: 'POST', body: app });
  const made = { method: 'POST', body: { name: 'compatibility' } };
  const { key } = await product.call<{ key: string }>(`/api/apps/${id}/keys`, made);

  /** Whether there is something at an address: its own refusals count, those of what is nowhere do not. */
  const isServed = async (operation: string): Promise<boolean> => {
    const [method = '', path = ''] = operation.split(' ');
    const at = path.replace('annotation-reply/{}', 'annotation-reply/enable').replaceAll('{}', crypto.randomUUID());
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(method !== 'GET' && { body: '{}' }) };
    const response = await fetch(`${product.url}/v1${at}`, init);
    return response.status !== METHOD_NOT_ALLOWED && !(await response.text()).includes(NOWHERE);
  };

  expect(await isServed('GET /no-such-operation')).toBe(false);
  const document = (await (await fetch(`${product.url}/openapi.json`)).json()) as ApiDocument;
  for (const { operation, support } of compatibilityOf(document))
    expect.soft(await isServed(operation), operation).toBe(support !== 'none');
});
