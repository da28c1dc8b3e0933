import { isDeepStrictEqual } from 'node:util';
import type { LlmConfigDto, ProblemDto, SessionDto } from '@opsagent/contracts';
import { badFields, leastBody, resolved, withAt, type Schema } from './support/bad-values.js';
import { APP_KEY } from './support/dify-server.js';
import { bodyOf, type Operation, OPERATIONS, SCHEMAS } from './support/operations.js';
import { rowDigests } from './support/row-digests.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** One request that must be refused, and the field that must be named. */
interface Case {
  what: string;
  path: string;
  init: RequestInit;
  /** Undefined where the whole request is at fault. */
  field?: string | undefined;
}

const MANY_AT_ONCE = 12;
/** What is refused is not said back whole. */
const LONGEST_ANSWER = 20_000;
const takesInput = ({ operation }: Operation): boolean =>
  bodyOf(operation) !== undefined || (operation.parameters ?? []).length > 0;
const nameOf = ({ name }: Operation): [string] => [name];
const ofWire = (wire: string) => OPERATIONS.filter((one) => one.path.startsWith(wire) && takesInput(one));
const named = new Map(OPERATIONS.map((one) => [one.name, one]));

/** Ways of a path part to be no id. */
const NO_IDS = ['not-an-id', '%00', '..%2f..', `${'a'.repeat(5000)}`, '%F0%9F%92%A9', '0'];
const NO_JSON = ['{"a":', '{"a":NaN}', '\u0000', "{'a':1}", '{"a":"\u0001"}'];
const PROTOTYPE_KEYS = ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"prototype":1}'];

describe('bad input', () => {
  let server: TestApp;
  let ids: Record<string, string>;
  let headers: Record<string, string>;

  beforeAll(async () => {
    server = await startTestApp({ OPSAGENT_APP_KEY: APP_KEY });
    headers = server.admin.headers;
    const make = async <T>(path: string, body: object): Promise<T> =>
      (await (await send({ what: '', path, init: json(body) })).json()) as T;
    const config = { name: 'main', provider: 'openai', model_name: 'm', api_key: 'sk-test-key-0001' };
    const { id } = await make<LlmConfigDto>('/api/llm-configs', config);
    const { session_id } = await make<SessionDto>('/api/sessions', { llm_config_id: id });
    const [app] = await server.query<{ id: string }>('select id from apps');
    ids = { 'llm-configs': id, sessions: session_id, apps: app?.id ?? '', providers: 'openai' };
  });

  afterAll(() => server.close());

  const json = (body: unknown): RequestInit => text(JSON.stringify(body));
  const text = (body: string, type = 'application/json'): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });
  const send = ({ path, init }: Case): Promise<Response> =>
    fetch(server.url + path, {
      ...init,
      headers: {
        ...headers,
        ...(path.startsWith('/v1') ? { authorization: `Bearer ${APP_KEY}` } : {}),
        ...(init.headers as object),
      },
    });

  /** Things that exist where there are some, so that nothing is refused only because it is missing. */
  const pathOf = (template: string): string => {
    const [, , kind = ''] = template.split('/');
    return template
      .replace(/\{(id|provider)\}/, ids[kind] ?? crypto.randomUUID())
      .replace('{kind}/{subject}', 'role/default')
      .replace(/\{\w+\}/g, () => crypto.randomUUID());
  };

  /** Sends all of them, some at a time. */
  const complaintsAbout = async (cases: Case[], judge: (one: Case, response: Response) => Promise<string | null>) => {
    const complaints: string[] = [];
    const waiting = [...cases];
    const work = async (): Promise<void> => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        const complaint = await judge(one, await send(one));
        if (complaint !== null) complaints.push(`${one.field ?? ''} ${one.what}: ${complaint}`);
      }
    };
    await Promise.all(Array.from({ length: MANY_AT_ONCE }, work));
    return complaints;
  };

  const casesOf = (name: string): Case[] => {
    const { method, path, operation } = named.get(name) as Operation;
    const found = pathOf(path);
    const body = bodyOf(operation);
    const least = body && leastBody(body, SCHEMAS);
    const sent = least === undefined ? { method } : { ...json(least), method };
    const all = (operation.parameters ?? []).flatMap(({ in: place, name: field, schema }) => {
      if (place === 'path') return badParts(path, field).map((one) => ({ what: 'path', path: one, init: sent, field }));
      if (place === 'query')
        return badQueries(field, schema).map((query) => ({
          what: query,
          path: `${found}?${query}`,
          init: sent,
          field,
        }));
      return [{ what: 'header', path: found, init: withHeader(sent, field, 'no moment'), field }];
    });
    const isQueried = (operation.parameters ?? []).some(({ in: place }) => place === 'query');
    const strange = isQueried ? ['no_such_key=1', '__proto__=1', 'constructor=1'] : [];
    return [
      ...all,
      ...strange.map((query) => ({ what: query, path: `${found}?${query}`, init: sent })),
      ...(body && least
        ? badBodies(body, least).map((bad) => ({ ...bad, path: found, init: { ...bad.init, method } }))
        : []),
    ];
  };

  const withHeader = (init: RequestInit, name: string, value: string): RequestInit => ({
    ...init,
    headers: { ...(init.headers as object), [name]: value },
  });

  const badParts = (template: string, part: string): string[] =>
    NO_IDS.map((bad) => pathOf(template.replace(`{${part}}`, bad)));

  const badQueries = (field: string, schema: Schema): string[] => {
    const { type, enum: words, format, minimum, maximum, maxLength } = { ...resolved(schema, SCHEMAS), ...schema };
    const values = [
      ...(type === 'integer' ? ['x', '1.5', '1e30', '[]', '-0x1'] : []),
      ...(minimum === undefined ? [] : [`${minimum - 1}`]),
      ...(maximum === undefined ? [] : [`${maximum + 1}`]),
      ...(type === 'boolean' ? ['maybe', '2', ''] : []),
      ...(words ? ['no-such-word', ''] : []),
      ...(format === 'uuid' ? ['not-a-uuid'] : []),
      ...(maxLength === undefined ? [] : ['a'.repeat(maxLength + 1), 'a%00b']),
    ];
    return [...values.map((value) => `${field}=${value}`), `${field}=1&${field}=2`];
  };

  const badBodies = (schema: Schema, least: Record<string, unknown>): Omit<Case, 'path'>[] => [
    ...badFields(schema, SCHEMAS).map(({ path, value, what }) => ({
      what,
      field: String(path[0]),
      init: json(withAt(least, path, value)),
    })),
    { what: 'unknown key', init: json({ ...least, no_such_key: 1 }), field: 'no_such_key' },
    { what: '1 MB key', init: json({ ...least, ['k'.repeat(1_000_000)]: 1 }) },
    { what: 'many keys', init: json(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, n]))) },
    ...PROTOTYPE_KEYS.map((body) => ({ what: 'prototype key', init: text(body) })),
    ...NO_JSON.map((body) => ({ what: 'no JSON', init: text(body) })),
    ...['[]', '"text"', '7', 'null', '[[[]]]'].map((body) => ({ what: 'no object', init: text(body) })),
    { what: 'deep', init: text(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) },
    { what: 'deep', init: text(`{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`) },
    ...[
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json; charset=koi8-r',
    ].map((type) => ({ what: type, init: text(JSON.stringify(least), type) })),
  ];

  it.each(ofWire('/api').map(nameOf))('is refused with the field named and nothing stored: %s', async (name) => {
    const before = await rowDigests(server);
    const complaints = await complaintsAbout(casesOf(name), async ({ field }, response) => {
      const type = response.headers.get('content-type') ?? '';
      const answer = await response.text();
      if (response.status < 400 || response.status > 499) return `${response.status} ${answer.slice(0, 200)}`;
      if (!type.startsWith('application/problem+json')) return `it came as ${type}`;
      const { errors = [], status } = JSON.parse(answer) as ProblemDto;
      if (answer.length > LONGEST_ANSWER) return `the answer has ${answer.length} characters`;
      if (status !== response.status) return `the problem says ${status}`;
      // A path that leads nowhere is not found; everything else names its field.
      if (field === undefined || (response.status === 404 && !errors.length)) return null;
      const isNamed = errors.some((error) => error.field.toLowerCase().split('.')[0] === field);
      return isNamed ? null : `named ${JSON.stringify(errors).slice(0, 200)}`;
    });
    expect(complaints).toEqual([]);
    expect(await rowDigests(server)).toEqual(before);
  });

  it.each(ofWire('/v1').map(nameOf))('is taken or refused as Dify does: %s', async (name) => {
    const complaints = await complaintsAbout(casesOf(name), async (_, response) => {
      const { status, headers } = response;
      const answer = await response.text();
      if (answer.length > LONGEST_ANSWER) return `the answer has ${answer.length} characters`;
      if (status < 400) return null;
      const { code, message, ...more } = JSON.parse(answer) as Record<string, unknown>;
      const isDifys = typeof code === 'string' && typeof message === 'string' && isDeepStrictEqual(more, { status });
      const isMarked = headers.get('content-type') === 'application/json; charset=utf-8' && headers.has('x-version');
      return status < 500 && isDifys && isMarked ? null : `${status} ${answer.slice(0, 200)}`;
    });
    expect(complaints).toEqual([]);
  });

  it('names the entry of extra_config that is wrong', async () => {
    const before = await rowDigests(server);
    const wrong: Record<string, unknown>[] = [
      ...['thinking', 'reasoning_effort', 'headers', 'stop', 'extra_body', 'capabilities', 'price', 'timeouts'].flatMap(
        (name) => [7, 'x'.repeat(2000), null, [[1]]].map((value) => ({ [name]: value })),
      ),
      ...['thinking_budget', 'dimensions', 'batch_size', 'num_ctx', 'seed', 'context_window', 'keep_alive'].flatMap(
        (name) => ['x', -1e18, 1.5, null, {}].map((value) => ({ [name]: value })),
      ),
      ...['Authorization', 'Host', 'a b', 'x\r\ny', ''].map((header) => ({ headers: { [header]: 'x' } })),
      ...['x\r\ny', 'é', 'x'.repeat(1001), 7, null].map((value) => ({ headers: { 'x-team': value } })),
      ...['model', 'messages', 'stream', 'tools'].map((field) => ({ extra_body: { [field]: 1 } })),
      { no_such_setting: 1 },
    ];
    const cases = wrong.map((extra_config): Case => {
      const body = { name: 'wrong', provider: 'openai', model_name: 'm', api_key: 'sk-test-key-0001', extra_config };
      return { what: JSON.stringify(extra_config).slice(0, 80), path: '/api/llm-configs', init: json(body) };
    });
    const complaints = await complaintsAbout(cases, async ({ what }, response) => {
      const { errors = [] } = (await response.json()) as ProblemDto;
      const [entry = ''] = /(?<=^\{")\w+/.exec(what) ?? [];
      const isNamed = errors.length === 1 && errors[0]?.field === `extra_config.${entry}`;
      return response.status === 400 && isNamed ? null : `${response.status} ${JSON.stringify(errors).slice(0, 200)}`;
    });
    expect(complaints).toEqual([]);
    expect(await rowDigests(server)).toEqual(before);
  });
});
