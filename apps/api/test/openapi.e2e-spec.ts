import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from '../src/describe-api.js';
import { workspaceRoot } from '../src/platform/config/workspace-root.js';
import { ACCESS_RULES } from '../src/route-permissions.js';
import { startTestApp, type TestApp } from './support/test-app.js';

interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  'x-token-scopes'?: string[];
  parameters?: { name: string; in: string; schema: { format?: string; enum?: string[] } }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

/** These say what the API is; they are no part of it. */
const UNDOCUMENTED = ['GET /openapi.json', 'GET /openapi-3.0.json'];

function operationsOf(document: Document): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      operation,
    ]),
  );
}

/** Every object anywhere in the document. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

describe('the API document', () => {
  let server: TestApp;
  let newer: Document;
  let older: Document;

  beforeAll(async () => {
    server = await startTestApp();
    newer = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
    older = (await (await fetch(`${server.url}/openapi-3.0.json`)).json()) as Document;
  });

  afterAll(() => server.close());

  it('is the committed one; run "npx nx run api:openapi" after a change', async () => {
    const committed: unknown = JSON.parse(readFileSync(join(workspaceRoot(), 'docs/openapi.json'), 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(await describeApi('3.1.0'))));
  });

  it('is served as the program describes itself', async () => {
    expect(newer).toEqual(JSON.parse(JSON.stringify(await describeApi('3.1.0'))));
    expect([newer.openapi, older.openapi]).toEqual(['3.1.0', '3.0.3']);
  });

  it('holds exactly the routes that permissions are written down for', () => {
    const routes = Object.keys(ACCESS_RULES.routes).filter((name) => !UNDOCUMENTED.includes(name));
    expect(
      operationsOf(newer)
        .map(([name]) => name)
        .sort(),
    ).toEqual(routes.sort());
  });

  it('says of every operation how it is secured, as the permissions do', () => {
    for (const [name, { security }] of operationsOf(newer)) {
      const access = ACCESS_RULES.routes[name];
      const scheme = access === 'app-key' ? 'app_key' : 'personal_token';
      expect([name, security]).toEqual([name, access === 'public' ? [] : [{ [scheme]: [] }]]);
    }
    expect(Object.keys(newer.components.securitySchemes).sort()).toEqual(['app_key', 'personal_token']);
  });

  it('says of every operation which scopes of a token do for it, as the permissions do', () => {
    for (const [name, operation] of operationsOf(newer)) {
      const access = ACCESS_RULES.routes[name] ?? '';
      const isForTokens = access !== 'public' && access !== 'app-key';
      const scopes = isForTokens ? ACCESS_RULES.scopesFor(access) : undefined;
      expect([name, operation['x-token-scopes']]).toEqual([name, scopes]);
    }
  });

  it('gives every operation a name of its own, a summary, one tag, typed answers and a typed 4xx', () => {
    const operations = operationsOf(newer);
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    for (const [name, { operationId, summary, tags, responses }] of operations) {
      expect([name, operationId]).toEqual([name, expect.stringMatching(/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/)]);
      expect([name, summary]).toEqual([name, expect.stringMatching(/^[A-Z].+[^.]$/)]);
      expect([name, tags]).toHaveProperty('1.length', 1);
      const statuses = Object.keys(responses);
      expect([name, statuses.some((status) => /^(2..|302)$/.test(status))]).toEqual([name, true]);
      expect([name, statuses.some((status) => status.startsWith('4'))]).toEqual([name, true]);
      for (const [status, { content }] of Object.entries(responses)) {
        expect([name, status, content !== undefined]).toEqual([name, status, !['204', '302'].includes(status)]);
      }
    }
  });

  it('refers to nothing that is missing and keeps nothing that is unused', () => {
    for (const document of [newer, older]) {
      const text = JSON.stringify(document);
      const used = new Set([...text.matchAll(/#\/components\/schemas\/(\w*)/g)].map(([, name]) => name));
      expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort());
    }
  });

  it('types ids as UUIDs and writes no path with a slash at its end', () => {
    for (const [name, { parameters = [] }] of operationsOf(newer)) {
      expect(name).not.toMatch(/.\/$/);
      // Entries of the audit log have numbers, forms of workflows tokens, and what is limited may be a role.
      const named = /^(seq|form_token|subject)$/;
      const ids = parameters.filter(
        ({ in: place, name: part, schema }) => place === 'path' && !named.test(part) && !schema.enum,
      );
      for (const { schema } of ids) expect([name, schema.format]).toEqual([name, 'uuid']);
    }
  });

  it('names every closed set once, wherever it is used', () => {
    const inline = [...objectsIn(newer.components.schemas)].filter(
      ({ enum: words }) => Array.isArray(words) && words.length > 1,
    );
    const named: object[] = Object.values(newer.components.schemas).filter((schema) => 'enum' in schema);
    expect(inline.filter((schema) => !named.includes(schema))).toEqual([]);
  });

  it('offers streams as unions that are told apart', () => {
    const stream = newer.paths['/api/runs/{id}/events']?.['get']?.responses['200']?.content?.['text/event-stream'];
    expect(stream?.schema).toMatchObject({ discriminator: { propertyName: 'type' }, oneOf: expect.any(Array) });
    const chat = newer.paths['/v1/chat-messages']?.['post']?.responses['200']?.content ?? {};
    expect(Object.keys(chat)).toEqual(['text/event-stream', 'application/json']);
  });

  it('writes each version in its own words', () => {
    for (const schema of objectsIn(newer)) {
      expect(schema).not.toHaveProperty('nullable');
      expect(typeof schema['exclusiveMinimum']).not.toBe('boolean');
    }
    for (const schema of objectsIn(older)) {
      expect(Array.isArray(schema['type'])).toBe(false);
      expect(schema['required']).not.toEqual([]);
      if (schema['nullable'] === true) expect(schema).toHaveProperty('type');
    }
  });

  it('can be read in a browser without the internet', async () => {
    const page = await fetch(`${server.url}/docs`);
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      expect(file).toMatch(/^\/docs\//);
      expect((await fetch(`${server.url}${file}`)).status).toBe(200);
    }
  });
});
