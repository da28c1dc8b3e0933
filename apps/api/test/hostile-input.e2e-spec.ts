import type { AppDto, CreatedAppKeyDto, LlmConfigDto, SessionDto } from '@opsagent/contracts';
import { leastBody, resolved, type Schema, withAt } from './support/bad-values.js';
import { ConsoleServer } from './support/console.js';
import { bodyOf, forAll, OPERATIONS, type Operation, SCHEMAS } from './support/operations.js';

/** Texts that mean something to a database, a shell, a file system, a template, a page or a parser. */
const TEXTS = [
  ...["' or 1=1 --", '"; drop table users; --', '\\', '%', '_%', '$1', '../../etc/passwd', '%2e%2e%2f', 'file:///etc'],
  ...[
    '$(id)',
    '|id',
    '{{7*7}}',
    '${7*7}',
    '<script>alert(1)</script>',
    '*',
    '(',
    '[',
    '^(a+)+$',
    '{',
    '\r\nx: y',
    '\t',
  ],
  ...['null', 'undefined', 'NaN', '-1', '0x10', '1e309', '9'.repeat(40), '__proto__', 'constructor', 'toString'],
  ...['\u202eabc', '\ufeff', '\u0000', '💩', 'İ', '＇', 'a'.repeat(5000), '2026-02-30', '0000-01-01T00:00:00Z'],
  ...['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '9999-12-31T23:59:59.999+14:00'],
];
const NUMBERS = [-0, 0.1, -1, 2 ** 31, 2 ** 32, 2 ** 53, 9.3e18, 1e308, -1e308, 5e-324];
const LISTS = [[''], ['x', 'x'], [[]], [-1], Array.from({ length: 300 }, (_, n) => `${n}`)];
const OBJECTS = [
  { '': '' },
  { 'a.b': 1 },
  { a: { a: { a: { a: [] } } } },
  JSON.parse('{"__proto__":{"a":1}}') as object,
];
/** Not even spelled as text is. */
const IN_ADDRESSES = ['%', '%ff', '%ed%a0%80', '%c0%ae', '[]=1', '[a]=1', '%00'];
const HEADERS = [
  'if-match',
  'accept',
  'accept-language',
  'last-event-id',
  'x-request-id',
  'user-agent',
  'range',
  'origin',
];
const IN_HEADERS = [
  '',
  '"',
  '*',
  '\xff',
  'a'.repeat(1000),
  "' or 1=1 --",
  '9'.repeat(30),
  'text/html;q=x',
  '%00',
  '{}',
];
/** Empty, it would stand for the provider's own address, out in the world. */
const NEVER_EMPTY = 'base_url';
/** What is told of a provider that refuses what it was sent. */
const PROVIDERS_FAULT = new Set([502, 504]);
/** These reach a provider or start a thread each time. */
const COSTLY = /\/(test|test\/stream|messages|import|import\/plan)$/;
const LONGEST_ANSWER = 200_000;

interface Case {
  readonly what: string;
  readonly path: string;
  readonly init: RequestInit & { headers: Record<string, string> };
}

describe('input of the right form that means harm', () => {
  let console: ConsoleServer;
  let ids: Record<string, string>;

  beforeAll(async () => {
    console = await ConsoleServer.start();
    const config = await console.call<LlmConfigDto>('POST', '/api/llm-configs', {
      ...{ name: 'main', provider: 'openai', model_name: 'sim-text', api_key: 'sim-key' },
      base_url: `${console.simulator.url}/openai/v1`,
    });
    const { session_id } = await console.call<SessionDto>('POST', '/api/sessions', { llm_config_id: config.id });
    const app = await console.call<AppDto>('POST', '/api/apps', { name: 'an app' });
    const key = await console.call<CreatedAppKeyDto>('POST', `/api/apps/${app.id}/keys`, { name: 'key' });
    ids = { 'llm-configs': config.id, sessions: session_id, apps: app.id, providers: 'openai', key: key.id };
  });

  afterAll(() => console.close());

  /** Things that exist where there are some. */
  const pathOf = (template: string): string => {
    const [, , kind = ''] = template.split('/');
    return template
      .replace(/\{(id|provider)\}/, ids[kind] ?? crypto.randomUUID())
      .replace('{key_id}', ids['key'] ?? '')
      .replace('{kind}/{subject}', 'role/viewer')
      .replace(/\{\w+\}/g, () => crypto.randomUUID());
  };

  /** What passes, and stays in this house. */
  const bodyFor = (schema: Schema): Record<string, unknown> => {
    const hasAddress = 'base_url' in (resolved(schema, SCHEMAS).properties ?? {});
    const least = leastBody(schema, SCHEMAS);
    return hasAddress ? { ...least, base_url: `${console.simulator.url}/openai/v1` } : least;
  };

  const valuesFor = (name: string, schema: Schema): unknown[] => {
    const { type } = { ...resolved(schema, SCHEMAS), ...schema };
    const types = [type ?? []].flat();
    if (types.includes('integer') || types.includes('number')) return NUMBERS;
    if (types.includes('array')) return LISTS;
    if (types.includes('object') || types.length === 0) return [...OBJECTS, ...LISTS, ...TEXTS.slice(0, 5)];
    return types.includes('string') ? TEXTS.filter((text) => name !== NEVER_EMPTY || text.trim() !== '') : [];
  };

  const casesOf = ({ method, path: template, operation }: Operation): Case[] => {
    const schema = bodyOf(operation);
    const path = pathOf(template);
    const body = schema && bodyFor(schema);
    const json = (value: unknown): Case['init'] => ({
      ...{ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) },
    });
    const init = body ? json(body) : { method, headers: {} };
    const fields = Object.entries(resolved(schema ?? {}, SCHEMAS).properties ?? {});
    const inBody = fields.flatMap(([name, field]) =>
      valuesFor(name, field).map((value) => ({
        ...{ what: `${name} ${JSON.stringify(value).slice(0, 60)}`, path, init: json(withAt(body, [name], value)) },
      })),
    );
    const spelled = [...TEXTS.map(encodeURIComponent), ...NUMBERS.map(String), ...IN_ADDRESSES];
    const inAddress = (operation.parameters ?? []).flatMap(({ in: place, name }) => {
      if (place === 'query') return spelled.map((text) => ({ what: name, path: `${path}?${name}=${text}`, init }));
      if (place !== 'path') return [];
      const some = spelled.filter((_, at) => at % 3 === 0);
      return some.map((text) => ({ what: name, path: pathOf(template.replace(`{${name}}`, text)), init }));
    });
    const inHeaders = IN_HEADERS.map((text) => {
      const headers = { ...init.headers, ...Object.fromEntries(HEADERS.map((name) => [name, text])) };
      return { what: `headers ${text.slice(0, 20)}`, path, init: { ...init, headers } };
    });
    return [...inBody, ...inAddress, ...inHeaders];
  };

  const complaintAbout = async ({ what, path, init }: Case): Promise<string[]> => {
    const headers = { ...console.app.admin.headers, ...init.headers };
    const response = await fetch(console.app.url + path, { ...init, headers, redirect: 'manual' });
    const answer = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const told = `${what} ${path.slice(0, 120)}: ${response.status} ${answer.slice(0, 200)}`;
    if (response.status >= 500 && !PROVIDERS_FAULT.has(response.status)) return [told];
    if (response.status >= 400 && !type.startsWith('application/problem+json')) return [`${type} ${told}`];
    return response.status >= 400 && answer.length > LONGEST_ANSWER ? [`${answer.length} characters: ${told}`] : [];
  };

  it.each(OPERATIONS.filter(({ path }) => path.startsWith('/api/')).map((one) => [one.name, one] as const))(
    'never makes the server fail: %s',
    async (name, operation) => {
      const cases = casesOf(operation).filter((_, at) => !COSTLY.test(name) || at % 5 === 0);
      const complaints = await forAll(cases, complaintAbout, 12);
      expect(complaints.flat().slice(0, 10)).toEqual([]);
    },
    60_000,
  );

  it('leaves the server as it was', async () => {
    expect(console.app.log.filter((line) => line.includes('"level":"error"')).slice(0, 3)).toEqual([]);
    expect((await fetch(`${console.app.url}/health/ready`)).status).toBe(200);
  });
});
