import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LlmConfigDto, LlmConfigExportDto, LlmConfigRevisionListDto, SessionDto } from '@opsagent/contracts';
import { startSimulator, type Simulator } from '../../../tools/provider-simulator/simulator.ts';
import { APP_KEY } from './support/dify-server.js';
import { leaksOf } from './support/leaks.js';
import { OPERATIONS } from './support/operations.js';
import { tableDump } from './support/table-dump.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** One of each kind, in letters that every encoding changes. */
const SECRETS = {
  key: 'sk-canary+key/0001=aaaaaaaaaaaa',
  otherKey: 'sk-canary+key/0002=bbbbbbbbbbbb',
  enteredKey: 'sk-canary+key/0003=cccccccccccc',
  header: 'canary+header/0004=dddddddddddd',
  password: 'canary-password-0005-eeeeeeeeee',
  query: 'canary-query-0006-ffffffffffff',
  passphrase: 'canary+passphrase/0007=gggggggg',
  environment: 'sk-canary+env/0008=hhhhhhhhhhhh',
  masterKey: 'ca'.repeat(32),
};

const leaksIn = (text: string): string[] => leaksOf(SECRETS, text);

/** A provider that says back everything it was sent, as an error, a page, a redirect or a stream. */
async function startEcho(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    const { authorization = '', 'x-api-key': header = '' } = request.headers;
    const said = `${authorization} ${String(header)}`;
    const message = `Incorrect API key provided: ${authorization.replace(/^Bearer /, '')}, ${String(header)}`;
    const [, kind] = /^\/(\w+)/.exec(request.url ?? '') ?? [];
    const error = JSON.stringify({ error: { message, type: 'invalid_request_error', code: said } });
    if (kind === 'page') return response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${said}</html>`);
    if (kind === 'redirect')
      return response.writeHead(307, { location: `https://x.example.org/${encodeURIComponent(said)}?k=${said}` }).end();
    if (kind === 'frame')
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${error}\n\n`);
    if (kind === 'broken')
      return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: {"${said}\n\n`);
    const status = kind === 'bad' ? 400 : 401;
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': said }).end(error);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('secrets that came in', () => {
  let simulator: Simulator;
  let echo: Server;
  let app: TestApp;
  const heard: string[] = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    echo = await startEcho();
    const ports = [simulator.port, (echo.address() as AddressInfo).port];
    app = await startTestApp({
      OPENAI_API_KEY: SECRETS.environment,
      OPSAGENT_MASTER_KEY: SECRETS.masterKey,
      OPSAGENT_APP_KEY: APP_KEY,
      OPSAGENT_OUTBOUND_ALLOW: ports.map((port) => `127.0.0.1:${port}`).join(','),
    });
  });

  afterAll(async () => {
    await app.close();
    await simulator.close();
    echo.close();
  });

  /** Calls as the administrator and keeps everything that comes back. */
  const call = async <T>(method: string, path: string, body?: unknown, headers: object = app.admin.headers) => {
    const response = await fetch(app.url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    heard.push(`${method} ${path}: ${JSON.stringify([...response.headers])} ${text}`);
    const isJson = /json\b/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (isJson ? JSON.parse(text) : undefined) as T };
  };
  const configs = <T = LlmConfigDto>(method: string, path = '', body?: unknown) =>
    call<T>(method, `/api/llm-configs${path}`, body);

  const values = (more: object): Record<string, unknown> => ({
    ...{ name: `canary ${crypto.randomUUID()}`, provider: 'openai', model_name: 'sim-text', api_key: SECRETS.key },
    ...{ base_url: `${simulator.url}/openai/v1`, extra_config: { headers: { 'X-Api-Key': SECRETS.header } } },
    ...more,
  });
  const echoing = (kind: string): string => `http://127.0.0.1:${(echo.address() as AddressInfo).port}/${kind}/v1`;
  const ECHOES = ['401', 'bad', 'page', 'redirect', 'frame', 'broken'];

  it('are told by no answer of a configuration’s whole life', async () => {
    const { body: made } = await configs('POST', '', values({}));
    const at = `/${made.id}`;
    await configs('PUT', at, { api_key: SECRETS.otherKey, temperature: 0.5 });
    for (const path of ['', '?include=details', '/active', '/default', '/deleted', at, `${at}?include=details`])
      await configs('GET', path);
    await configs('GET', `${at}/impact`);
    await configs('POST', `${at}/test`, {});
    await configs('POST', `${at}/test/stream`, { with_tool_call: true });
    await configs('GET', `${at}/tests`);
    const { body: history } = await configs<LlmConfigRevisionListDto>('GET', `${at}/revisions`);
    await configs('POST', `${at}/revisions/${history.items.at(-1)?.id}/restore`);
    const { body: copy } = await configs('POST', `${at}/duplicate`, {});
    await configs('POST', `/${copy.id}/set-default`);
    await configs('POST', `/${copy.id}/toggle-status`);
    await configs('DELETE', `/${copy.id}?force=true`);
    await configs('GET', '/deleted');
    await configs('POST', `/${copy.id}/restore`);
    await configs('PUT', at, { base_url: 'https://models.example.org/v1' });
    await configs('PUT', at, { description: 'stale', 'x-if': 1 });
    expect(heard.splice(0).flatMap(leaksIn)).toEqual([]);
  });

  it('are told by no refusal of what was entered', async () => {
    const wrong = [
      { base_url: `https://user:${SECRETS.password}@models.example.org/v1` },
      { base_url: `https://models.example.org/v1?key=${SECRETS.query}` },
      { base_url: `https://models.example.org/v1#${SECRETS.query}` },
      { base_url: `http://10.0.0.1/v1?key=${SECRETS.query}` },
      { base_url: `${SECRETS.password}@models` },
      { api_key: `${SECRETS.enteredKey}\u0001` },
      { api_key: `${SECRETS.enteredKey}`.repeat(40) },
      { api_key: { value: SECRETS.enteredKey } },
      { api_key: [SECRETS.enteredKey] },
      { extra_config: { headers: { Authorization: SECRETS.header } } },
      { extra_config: { headers: { 'X-Api-Key': `${SECRETS.header}\n` } } },
      { extra_config: { headers: { 'X-Api-Key': [SECRETS.header] } } },
      { temperature: 9, api_key: SECRETS.enteredKey },
    ];
    for (const more of wrong) {
      for (const path of ['', '/test', '/test/stream'])
        expect((await configs('POST', path, values(more))).status).toBe(400);
      await call('POST', '/api/providers/openai/models', {
        api_key: SECRETS.enteredKey,
        ...more,
        extra_config: undefined,
      });
    }
    expect(heard.splice(0).flatMap(leaksIn)).toEqual([]);
  });

  it('are told by nothing that a provider says back', async () => {
    const tried = async (kind: string): Promise<void> => {
      const broken = values({ base_url: echoing(kind) });
      await configs('POST', '/test', broken);
      await configs('POST', '/test/stream', broken);
      const { body } = await configs('POST', '', broken);
      await configs('POST', `/${body.id}/test`, {});
      await configs('GET', `/${body.id}/tests`);
      await call('POST', '/api/providers/openai/models', { api_key: SECRETS.enteredKey, base_url: echoing(kind) });
      const session = await call<SessionDto>('POST', '/api/sessions', { llm_config_id: body.id });
      await call('POST', `/api/sessions/${session.body.session_id}/messages`, { query: 'hello' });
      await call('GET', `/api/sessions/${session.body.session_id}/messages`);
      const ask = { inputs: {}, query: 'hello', user: 'canary', model_config_id: body.id };
      for (const response_mode of ['blocking', 'streaming'])
        await call('POST', '/v1/chat-messages', { ...ask, response_mode }, { authorization: `Bearer ${APP_KEY}` });
    };
    await Promise.all(ECHOES.map(tried));
    expect(heard.splice(0).flatMap(leaksIn)).toEqual([]);
  }, 30_000);

  it('are in no file that leaves, unless sealed, and in no answer about one that comes in', async () => {
    const ways = [{ format: 'json' }, { format: 'yaml', passphrase: SECRETS.passphrase }];
    for (const way of ways) {
      const { status, body } = await configs<LlmConfigExportDto>('POST', '/export', way);
      expect(status).toBe(200);
      for (const passphrase of [SECRETS.passphrase, `${SECRETS.passphrase}-wrong`]) {
        const file = { content: body.content, passphrase };
        await configs('POST', '/import/plan', file);
        await configs('POST', '/import', file);
      }
    }
    const foreign = `model_list:\n  - model_name: canary\n    litellm_params:\n      model: openai/gpt-4o\n      api_key: ${SECRETS.enteredKey}\n`;
    await configs('POST', '/import/plan', { content: foreign });
    await configs('POST', '/import', { content: foreign });
    await configs('POST', '/import/plan', { content: `api_key: "${SECRETS.enteredKey}\n  broken: [` });
    expect(heard.splice(0).flatMap(leaksIn)).toEqual([]);
  }, 30_000);

  it('are told by nothing else that can be read or written out', async () => {
    await call('POST', '/api/master-key/rotation');
    const plain = OPERATIONS.filter(({ method, path }) => method === 'GET' && !/\{|\/oidc/.test(path));
    for (const { path } of plain) await call('GET', path);
    for (const format of ['csv', 'json']) await call('GET', `/api/audit/export?format=${format}`);
    await call('POST', '/api/about/diagnostics');
    for (const path of ['/openapi.json', '/openapi-3.0.json', '/docs', '/metrics', '/health/ready'])
      await call('GET', path);
    expect(heard.splice(0).flatMap(leaksIn)).toEqual([]);
  });

  it('are in no table of the database', async () => {
    const dump = await tableDump(app);
    expect(dump.length).toBeGreaterThan(50);
    expect(dump.flatMap(leaksIn)).toEqual([]);
  });

  it('are in no line of the log', () => {
    expect(app.log.length).toBeGreaterThan(20);
    expect(app.log.flatMap(leaksIn)).toEqual([]);
  });

  it('would be found if they were there', () => {
    for (const secret of Object.values(SECRETS)) {
      expect(leaksIn(`before ${secret} after`)).not.toEqual([]);
      expect(leaksIn(Buffer.from(`{"a":"${secret}","b":1}`).toString('base64'))).not.toEqual([]);
      expect(leaksIn(`?key=${encodeURIComponent(secret)}&a=1`)).not.toEqual([]);
    }
  });
});
