import type { ServerResponse } from 'node:http';
import { eventually } from './support/eventually.js';
import { McpJourney } from './support/mcp/mcp-journey.js';
import { anObject, McpStand, words } from './support/mcp/mcp-stand.js';

const TOKEN = 'mcp-token-7c1f9e';

describe('an MCP server that is not as it should be', () => {
  const mcp = McpJourney.begin();
  const { register, test, allow, allowed, called, stop } = mcp;

  const testOf = async (values: object = {}) => (await test((await register(values)).id)).last_test;

  it('wants a sign-in', async () => {
    mcp.stand.instead = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Bearer resource_metadata="http://127.0.0.1:9/x"' });
      response.end('no');
      return true;
    };
    expect(await testOf()).toMatchObject({
      ok: false,
      fault: 'authentication',
      detail: expect.stringContaining('OAuth'),
    });
    expect(mcp.stand.requests).toHaveLength(1);
  });

  it.each([
    ['another private address', () => 'http://127.0.0.1:9/mcp'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest'],
  ])('sends on to %s', async (_what, target) => {
    mcp.stand.instead = (_request, response) => {
      response.writeHead(307, { location: target() });
      response.end();
      return true;
    };
    const told = await testOf({ headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }] });
    expect(told).toMatchObject({ ok: false, fault: 'wrong_service', detail: expect.stringContaining('Redirect to') });
    expect(mcp.stand.requests).toHaveLength(1);
  });

  it.each<[string, string, (response: ServerResponse) => unknown]>([
    ['a page', 'wrong_service', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello</p>')],
    ['no JSON-RPC', 'wrong_service', (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}')],
    ['no JSON', 'wrong_service', (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('hello')],
    ['a failure', 'wrong_service', (r) => r.writeHead(500).end('oops')],
  ])('is %s', async (_what, fault, answer) => {
    mcp.stand.instead = (_request, response) => {
      answer(response);
      return true;
    };
    expect(await testOf()).toMatchObject({ ok: false, fault });
  });

  it('is not there', async () => {
    expect(await testOf({ url: 'http://127.0.0.1:9/mcp' })).toMatchObject({ ok: false, fault: 'unreachable' });
  });

  it('repeats the credentials it is sent', async () => {
    const headers = [{ name: 'Authorization', value: `Bearer ${TOKEN}` }];
    const { id } = await register({ headers });
    mcp.stand.answers['echo'] = () => ({
      ...words(`you sent ${String(mcp.stand.requests.at(-1)?.headers.authorization)}`),
      structuredContent: { sent: TOKEN },
    });
    const { name } = await allow(await test(id), 'read', 'echo');
    const told = await called(`mcp__${name}__echo`);
    expect(told).toMatchObject({ status: 'ok', text: 'you sent ••••', data: { sent: '••••' } });
    const [echo, restart] = mcp.stand.tools as [McpStand['tools'][number], McpStand['tools'][number]];
    mcp.stand.tools = [
      { ...echo, description: `Use ${TOKEN}.` },
      { ...restart, inputSchema: anObject({ key: { enum: [TOKEN] } }) },
      { ...restart, name: TOKEN },
    ];
    const repeating = await test(id);
    expect(repeating.tool('echo').description).toBe('Use ••••.');
    expect(repeating.tools.map(({ state }) => state).sort()).toEqual(['changed', 'unusable', 'unusable']);
    mcp.stand.instead = ({ headers: sent }, response) => {
      response.writeHead(500).end(`what is ${String(sent.authorization)}`);
      return true;
    };
    const failed = await test(id);
    expect(failed.last_test?.detail).toContain('what is ••••');
    const tables = ['mcp_servers', 'audit_log', 'messages', 'runs'];
    for (const table of tables) {
      const rows = await mcp.server.console.app.query(`select to_jsonb(t)::text as row from ${table} t`);
      expect(JSON.stringify(rows)).not.toContain(TOKEN);
    }
  });

  /** Keeps the answer open and sends a sign of life again and again. */
  const talks = (response: ServerResponse): true => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const talk = setInterval(() => response.write(': still here\n\n'), 20);
    response.on('close', () => clearInterval(talk));
    return true;
  };

  it.each([
    ['it is greeted', () => true],
    ['it is called', () => mcp.stand.listed > 1],
  ])('talks for ever when %s, and is left alone with that', async (_when, isTime) => {
    const { name } = await allowed('read', 'echo');
    let open = 0;
    mcp.stand.instead = (_request, response) => {
      open += 1;
      response.on('close', () => (open -= 1));
      return isTime() && talks(response);
    };
    const asked = await mcp.server.ask({ calls: [{ name: `mcp__${name}__echo`, arguments: {} }] }, { text: 'x' });
    await eventually(() => isTime() && open === 1);
    await stop(asked.sessionId);
    await asked.ended;
    await eventually(() => open === 0);
  });

  it('does nothing but ask, and is left', async () => {
    mcp.stand.answers['echo'] = async () => {
      for (let count = 0; count < 1_000; count += 1) await mcp.stand.askBack();
      return words('asked enough');
    };
    const { name } = await allowed('read', 'echo');
    const before = mcp.stand.requests.length;
    expect(await called(`mcp__${name}__echo`)).toMatchObject({ status: 'error' });
    expect(mcp.stand.requests.length - before).toBeLessThan(200);
  });

  it('has tools that do not follow the protocol beside others that do', async () => {
    const odd = [
      { name: 'odd' },
      { name: 7, inputSchema: anObject() },
      null,
      { name: 'b', inputSchema: { type: 'array' } },
    ];
    mcp.stand.oddTools = odd;
    const { last_test, tools } = await test((await register()).id);
    expect(last_test).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/^stand 1\.2\.3; 4 tools .* left out$/),
    });
    expect(tools.map(({ name }) => name)).toEqual(['echo', 'restart']);
  });

  it('has no end of tools', async () => {
    mcp.stand.tools = Array.from({ length: 300 }, (_, index) => ({ name: `t${index}`, inputSchema: anObject() }));
    const { last_test, tools } = await test((await register()).id);
    expect(last_test).toMatchObject({
      ok: false,
      fault: 'failed',
      detail: expect.stringContaining('more than 200 tools'),
    });
    expect(tools).toEqual([]);
  });

  it('is gone, which is no trouble of other tools', async () => {
    const { name } = await allowed('read', 'echo');
    await mcp.stand.close();
    const asked = await mcp.server.ask(
      {
        calls: [
          { name: `mcp__${name}__echo`, arguments: {} },
          { name: 'look', arguments: { at: 'disk' } },
        ],
      },
      { text: 'Done.' },
    );
    await asked.ended;
    const states = asked.of('step_finished').map(({ state }) => state);
    expect([...states].sort()).toEqual(['failed', 'succeeded']);
    mcp.stand = await McpStand.start();
  });
});
