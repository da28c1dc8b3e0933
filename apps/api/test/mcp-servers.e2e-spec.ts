import type { McpServerDto, McpServerListDto } from '@opsagent/contracts';
import { Outbound } from '../src/platform/outbound/outbound.js';
import { KnownMcpServers } from '../src/agent/mcp/known-mcp-servers.adapter.js';
import { aUser } from './support/a-user.js';
import { ConsoleServer } from './support/console.js';
import { eventually } from './support/eventually.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const TOKEN = 'Bearer mcp-token-3f9a1c';
const URL_OF_NONE = 'http://127.0.0.1:9/mcp';

interface Refused {
  errors: { field: string; message: string }[];
}

describe('registered MCP servers', () => {
  let admin: ConsoleServer;
  let app: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    admin = await ConsoleServer.start();
    app = admin.app;
    other = await startTestApp({ OPSAGENT_MCP_STDIO: 'on' }, app.database);
  });

  afterAll(async () => {
    await other.close();
    await admin.close();
  });

  const aName = () => `m-${crypto.randomUUID().slice(0, 8)}`;
  const register = <T = McpServerDto>(values: object = {}, status = 201) =>
    admin.call<T>(
      'POST',
      '/api/mcp-servers',
      { name: aName(), transport: 'http', url: URL_OF_NONE, ...values },
      status,
    );
  const change = <T = McpServerDto>(id: string, values: object, status = 200) =>
    admin.call<T>('PATCH', `/api/mcp-servers/${id}`, values, status);

  it('keep the values of their headers to themselves', async () => {
    const server = await register({ headers: [{ name: 'Authorization', value: TOKEN }] });
    expect(server).toMatchObject({ headers: ['Authorization'], is_active: true, last_test: null, tools: [] });
    const list = await admin.call<McpServerListDto>('GET', '/api/mcp-servers');
    expect(list).toMatchObject({ is_stdio_allowed: false });
    expect(list.items).toContainEqual(server);
    const entered = [
      { name: 'authorization', value: 'Bearer another-one' },
      { name: 'X-Team', value: 'ops' },
    ];
    expect(await change(server.id, { headers: entered })).toMatchObject({ headers: ['X-Team', 'authorization'] });
    const rows = await app.query('select t::text from mcp_servers t union all select a::text from audit_log a');
    for (const told of [server, list, rows]) expect(JSON.stringify(told)).not.toMatch(/mcp-token|another-one/);
    const gone = await change(server.id, { headers: entered.map(({ name }) => ({ name, value: null })) });
    expect(gone.headers).toEqual([]);
  });

  it('are known to every process at once, and gone when they are deleted', async () => {
    const { id } = await register();
    const known = other.app.get(KnownMcpServers);
    await eventually(() => known.find(id) !== undefined);
    await admin.call('DELETE', `/api/mcp-servers/${id}`, undefined, 204);
    expect(app.app.get(KnownMcpServers).find(id)).toBeUndefined();
    await eventually(() => known.find(id) === undefined);
    await admin.call('GET', `/api/mcp-servers/${id}`, undefined, 404);
    await admin.call('POST', `/api/mcp-servers/${id}/restore`, {}, 200);
    expect(app.app.get(KnownMcpServers).find(id)).toBeDefined();
  });

  it('open their own private address and no other, and only as long as they are registered', async () => {
    const url = 'http://127.0.0.1:9191/mcp';
    const { id } = await register({ url });
    const outbound = app.app.get(Outbound);
    expect(() => outbound.check(url)).not.toThrow();
    expect(() => outbound.check('http://127.0.0.1:9192/')).toThrow(/may not be reached/);
    await change(id, { is_active: false });
    expect(() => outbound.check(url)).toThrow(/may not be reached/);
  });

  it('send a kept header to no other place', async () => {
    const { id } = await register({ headers: [{ name: 'Authorization', value: TOKEN }] });
    const refused = await change<Refused>(id, { url: 'http://127.0.0.1:9/other' }, 400);
    expect(refused.errors).toMatchObject([{ field: 'headers' }]);
    const moved = { url: 'http://127.0.0.1:9/other', headers: [{ name: 'authorization', value: null }] };
    expect(await change(id, moved)).toMatchObject({ headers: [], url: moved.url });
  });

  it.each([
    [{ url: undefined }, 'url'],
    [{ url: 'ftp://h' }, 'url'],
    [{ url: 'http://u:p@h' }, 'url'],
    [{ url: 'http://h/?key=1' }, 'url'],
    [{ command: 'node' }, 'command'],
    [{ args: ['x'] }, 'args'],
    [{ variables: [{ name: 'A', value: 'b' }] }, 'variables'],
    [{ headers: [{ name: 'Host', value: 'b' }] }, 'headers'],
    [{ headers: [{ name: 'Mcp-Session-Id', value: 'b' }] }, 'headers'],
    [{ headers: [{ name: 'X', value: 'a\r\nHost: b' }] }, 'headers'],
    [{ name: 'Not_A_Name' }, 'name'],
    [{ name: 'a--b-' }, 'name'],
    [{ transport: 'pigeon' }, 'transport'],
  ])('are refused with %j', async (values, field) => {
    expect((await register<Refused>(values, 400)).errors).toMatchObject([{ field }]);
  });

  it('are no programs, unless the environment of the server says so', async () => {
    const program = { transport: 'stdio', url: undefined, command: 'node', args: ['server.mjs'] };
    const refused = await register<Refused>(program, 400);
    expect(refused.errors).toMatchObject([
      { field: 'transport', message: expect.stringContaining('OPSAGENT_MCP_STDIO=on') },
    ]);
    const there = await fetch(`${other.url}/api/mcp-servers`, {
      method: 'POST',
      headers: { ...other.admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...program, name: aName(), variables: [{ name: 'API_KEY', value: 'sk-variable-7' }] }),
    });
    expect(there.status).toBe(201);
    const made = (await there.json()) as McpServerDto;
    expect(made).toMatchObject({ command: 'node', args: ['server.mjs'], variables: ['API_KEY'], url: null });
    expect(JSON.stringify(await app.query('select t::text from mcp_servers t'))).not.toContain('sk-variable-7');
    // Where it may not be started it can still be switched off.
    expect((await change<Refused>(made.id, { description: 'x' }, 400)).errors).toMatchObject([{ field: 'transport' }]);
    expect(await change(made.id, { is_active: false })).toMatchObject({ is_active: false });
  });

  it('give a name once', async () => {
    const name = aName();
    const answers = await Promise.allSettled([register({ name }), register({ name }), register({ name })]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await register({ name }, 409)).toMatchObject({ code: 'mcp-server/name-taken' });
  });

  it('are not changed over somebody else’s change', async () => {
    const { id, updated_at } = await register();
    const changed = await change(id, { description: 'b' });
    const headers = { 'if-match': `"${updated_at}"` };
    const response = await admin.fetch('PATCH', `/api/mcp-servers/${id}`, { description: 'c' }, { headers });
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { code: 'mcp-server/changed', current: changed },
    ]);
  });

  it('are seen by operators and changed by administrators', async () => {
    const { id } = await register();
    const as = async (role: 'viewer' | 'operator' | 'approver', method: string, path: string) => {
      const { headers } = await aUser(app, role);
      const body = method === 'GET' ? {} : { body: '{}' };
      const sent = { method, headers: { ...headers, 'content-type': 'application/json' }, ...body };
      return (await fetch(app.url + path, sent)).status;
    };
    expect(await as('viewer', 'GET', '/api/mcp-servers')).toBe(403);
    expect(await as('operator', 'GET', `/api/mcp-servers/${id}`)).toBe(200);
    expect(await as('approver', 'PATCH', `/api/mcp-servers/${id}`)).toBe(403);
    expect(await as('approver', 'PATCH', `/api/mcp-servers/${id}/tools`)).toBe(403);
  });
});
