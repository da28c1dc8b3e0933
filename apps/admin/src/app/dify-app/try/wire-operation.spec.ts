import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiDocument } from './api-document.js';
import { wireOperations } from './wire-operation.js';

const path = join(import.meta.dirname, '../../../../../../docs/openapi.json');
const operations = wireOperations(JSON.parse(readFileSync(path, 'utf8')) as ApiDocument);
const named = (key: string) => operations.find((operation) => operation.key === key);

describe('wireOperations', () => {
  it('offers what the server describes under /v1 and nothing else, a conversation first', () => {
    expect(operations[0]?.group).toBe('chat');
    expect(operations.every(({ path: at }) => at === '/v1' || at.startsWith('/v1/'))).toBe(true);
    expect(operations.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['POST /chat-messages', 'GET /', 'GET /meta']),
    );
    expect(named('POST /workflows/run')?.group).toBe('refused');
  });

  it('gives every field the control that its type asks for', () => {
    const controls = Object.fromEntries(
      named('POST /chat-messages')!.fields.map(({ name, control }) => [name, control]),
    );
    expect(controls).toMatchObject({
      query: 'text',
      inputs: 'json',
      user: 'line',
      response_mode: 'choice',
      files: 'json',
      auto_generate_name: 'flag',
    });
    expect(named('GET /messages')?.fields.find(({ name }) => name === 'limit')?.control).toBe('number');
    expect(named('POST /messages/{}/feedbacks')?.fields.find(({ name }) => name === 'rating')?.options).toEqual([
      'like',
      'dislike',
    ]);
  });

  it('knows a form with a file, and which values the address needs', () => {
    expect(named('POST /files/upload')).toMatchObject({ hasBody: true, hasFile: true });
    expect(named('POST /chat-messages/{}/stop')?.fields[0]).toMatchObject({ in: 'path', isRequired: true });
    expect(named('GET /parameters')).toMatchObject({ hasBody: false, fields: [] });
  });

  it('watches an answer come piece by piece unless told otherwise', () => {
    const mode = named('POST /chat-messages')?.fields.find(({ name }) => name === 'response_mode');
    expect(mode).toMatchObject({ initial: 'streaming', options: expect.arrayContaining(['blocking']) as unknown });
  });
});
