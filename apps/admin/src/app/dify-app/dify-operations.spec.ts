import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compatibilityOf } from './dify-operations.js';
import type { ApiDocument } from './try/api-document.js';

const path = join(import.meta.dirname, '../../../../../docs/openapi.json');
const read = (): ApiDocument => JSON.parse(readFileSync(path, 'utf8')) as ApiDocument;
const of = (document: ApiDocument, operation: string) =>
  compatibilityOf(document).find((one) => one.operation === operation);

describe('compatibilityOf', () => {
  it('finds every field of Dify’s messages, and what is added to them', () => {
    expect(of(read(), 'POST /chat-messages')).toMatchObject({
      id: 'chat_messages_send',
      support: 'full',
      missing: [],
      added: ['model_config_id'],
    });
  });

  it('names the field that the server does not describe', () => {
    const document = JSON.parse(JSON.stringify(read()).replaceAll('"auto_generate_name"', '"other"')) as ApiDocument;
    expect(of(document, 'POST /chat-messages')).toMatchObject({ support: 'part', missing: ['auto_generate_name'] });
  });

  it('claims nothing that the server does not describe', () => {
    const none = compatibilityOf({ paths: {} });
    expect(none.map(({ support }) => support)).toEqual(none.map(() => 'none'));
  });

  it('tells a refusal from an answer', () => {
    expect(of(read(), 'POST /workflows/run')).toMatchObject({ support: 'refused' });
  });
});
