import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ToolSourceDto, ToolSourceListDto, ToolSourceTestDto } from '@opsagent/contracts';
import { ToolSources } from '../src/agent/sources/tool-sources.js';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { ConsoleServer } from './support/console.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const TOKEN = 'source-token-3f9a1c';

/** Answers as Prometheus documents it, to whoever brings the token. */
async function startPrometheus(): Promise<{ server: Server; url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    if (!isKnown) return response.end('{}');
    const data = request.url === '/api/v1/status/buildinfo' ? { version: '2.42.0' } : { resultType: 'scalar' };
    return response.end(JSON.stringify({ status: 'success', data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('sources of tools', () => {
  let admin: ConsoleServer;
  let app: TestApp;
  let other: TestApp;
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;

  beforeAll(async () => {
    admin = await ConsoleServer.start();
    app = admin.app;
    other = await startTestApp({}, app.database);
    prometheus = await startPrometheus();
  });

  afterAll(async () => {
    prometheus.server.close();
    await other.close();
    await admin.close();
  });

  const register = (values: object = {}, status = 201) =>
    admin.call<ToolSourceDto>(
      'POST',
      '/api/tool-sources',
      { name: `p-${crypto.randomUUID()}`, kind: 'prometheus', settings: { url: prometheus.url }, ...values },
      status,
    );

  it('registers one, and keeps its secret to itself', async () => {
    const source = await register({ secrets: { token: TOKEN }, environment: 'production' });
    expect(source).toMatchObject({ secrets: ['token'], is_active: true, last_test: null, environment: 'production' });
    const list = await admin.call<ToolSourceListDto>('GET', '/api/tool-sources');
    expect(list.items).toContainEqual(source);
    const rows = await app.query('select t::text from tool_sources t union all select a::text from audit_log a');
    for (const told of [source, list, rows]) expect(JSON.stringify(told)).not.toContain(TOKEN);
  });

  it('is there for tools of every process at once, and gone when it is deleted', async () => {
    const { id, name } = await register({ secrets: { token: TOKEN } });
    const sources = other.app.get(ToolSources);
    await eventually(() => Promise.resolve(sources.list().some((source) => source.name === name)));
    expect(sources.open(['prometheus'], name).secrets).toEqual({ token: TOKEN });
    await admin.call('DELETE', `/api/tool-sources/${id}`, undefined, 204);
    expect(() => app.app.get(ToolSources).open(['prometheus'], name)).toThrow(/There is no source named/);
    await eventually(() => Promise.resolve(!sources.list().some((source) => source.name === name)));
    const restored = await admin.call<ToolSourceDto>('POST', `/api/tool-sources/${id}/restore`, {}, 200);
    expect(restored.secrets).toEqual(['token']);
    expect(app.app.get(ToolSources).open(['prometheus'], name).secrets).toEqual({ token: TOKEN });
  });

  it('opens its own private address and no other, and only as long as it is registered', async () => {
    const url = 'http://127.0.0.1:9091';
    const { id } = await register({ settings: { url } });
    const outbound = app.app.get(Outbound);
    expect(() => outbound.check(url)).not.toThrow();
    expect(() => outbound.check('http://127.0.0.1:9092')).toThrow(/may not be reached/);
    await admin.call('PATCH', `/api/tool-sources/${id}`, { is_active: false }, 200);
    expect(() => outbound.check(url)).toThrow(/may not be reached/);
  });

  it('is tested with its secret', async () => {
    const { id } = await register({ secrets: { token: TOKEN } });
    const result = await admin.call<ToolSourceTestDto>('POST', `/api/tool-sources/${id}/test`, {}, 200);
    expect(result).toMatchObject({ ok: true, fault: null, detail: 'Prometheus 2.42.0' });
    expect(await admin.call('GET', `/api/tool-sources/${id}`)).toMatchObject({ last_test: result });
  });

  it.each([
    ['a wrong secret', () => ({ secrets: { token: 'wrong' } }), 'authentication'],
    ['nothing there', () => ({ settings: { url: 'http://127.0.0.1:9' } }), 'unreachable'],
    ['a page', () => ({ settings: { url: app.url } }), 'wrong_service'],
  ])('tells of %s', async (_what, values, fault) => {
    const { id } = await register(values());
    const result = await admin.call<ToolSourceTestDto>('POST', `/api/tool-sources/${id}/test`, {}, 200);
    expect(result).toMatchObject({ ok: false, fault });
    expect(result.detail).not.toContain(TOKEN);
  });

  it('sends a kept secret to no other address', async () => {
    const { id } = await register({ secrets: { token: TOKEN } });
    const elsewhere = { settings: { url: 'http://127.0.0.1:9' } };
    const refused = await admin.call<{ errors: { field: string }[] }>(
      'PATCH',
      `/api/tool-sources/${id}`,
      elsewhere,
      400,
    );
    expect(refused.errors).toMatchObject([{ field: 'secrets.token' }]);
    const moved = { ...elsewhere, secrets: { token: null } };
    expect(await admin.call('PATCH', `/api/tool-sources/${id}`, moved, 200)).toMatchObject({ secrets: [] });
  });

  it.each([
    [{ settings: {} }, 'settings.url'],
    [{ settings: { url: 'ftp://h' } }, 'settings.url'],
    [{ settings: { url: 'http://u:p@h' } }, 'settings.url'],
    [{ settings: { url: 'http://h/?q=1' } }, 'settings.url'],
    [{ settings: { url: 'http://h', database: 'd' } }, 'settings.database'],
    [{ secrets: { private_key: 'k' } }, 'secrets.private_key'],
    [{ kind: 'log_files', settings: { paths: ['var/log'] } }, 'settings.paths'],
    [{ kind: 'journal', settings: { paths: ['/a', '/b'] } }, 'settings.paths'],
    [{ kind: 'elasticsearch', settings: { url: 'http://h', database: 'a/_bulk' } }, 'settings.database'],
    [{ name: 'Not A Name' }, 'name'],
    [{ kind: 'abacus' }, 'kind'],
  ])('refuses %j', async (values, field) => {
    const refused = (await register(values, 400)) as unknown as { errors: { field: string }[] };
    expect(refused.errors).toMatchObject([{ field }]);
  });

  it('gives a name once', async () => {
    const name = `n-${crypto.randomUUID()}`;
    const answers = await Promise.allSettled([register({ name }), register({ name }), register({ name })]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await register({ name }, 409);
  });

  it('refuses a change of what was changed meanwhile', async () => {
    const { id, updated_at } = await register();
    const changed = await admin.call<ToolSourceDto>('PATCH', `/api/tool-sources/${id}`, { description: 'b' }, 200);
    const headers = { 'if-match': `"${updated_at}"` };
    const response = await admin.fetch('PATCH', `/api/tool-sources/${id}`, { description: 'c' }, { headers });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'tool-source/changed', current: changed });
  });
});
