import type { ApprovalDto } from '@opsagent/contracts';
import { eventually } from './support/eventually.js';
import { McpJourney } from './support/mcp/mcp-journey.js';
import { anObject, words } from './support/mcp/mcp-stand.js';

describe('calls of tools of MCP servers', () => {
  const mcp = McpJourney.begin();
  const { call, register, test, allowed, called, stop } = mcp;

  it.each<[string, object, RegExp]>([
    ['a reference to elsewhere', { properties: { a: { $ref: 'http://127.0.0.1:9/schema' } } }, /outside itself/],
    ['no end', { properties: { a: nested(60) } }, /too deep/],
    ['too much', { properties: { a: { enum: Array.from({ length: 9_000 }, (_, i) => `value ${i}`) } } }, /too big/],
    ['definitions that multiply', { properties: { a: { $ref: '#/$defs/d0' } }, $defs: doubling(20) }, /written out/],
    ['an asynchronous check', { $async: true }, /\$async/],
    ['text that cannot be stored', { properties: { a: { description: 'a\0b' } } }, /text that is none/],
    ['no schema at all', { properties: { a: { type: 'nonsense' } } }, /cannot be used/],
  ])('cannot be allowed when their schema has %s', async (_what, more, problem) => {
    mcp.stand.tools = [...mcp.stand.tools, { name: 'hostile', inputSchema: anObject({}, more) }];
    const one = await test((await register()).id);
    expect(one.tool('hostile')).toMatchObject({
      state: 'unusable',
      problem: expect.stringMatching(problem),
      parameters: {},
    });
    const words = { tools: [{ name: 'hostile', hash: one.tool('hostile').hash, is_allowed: true }] };
    await call('PATCH', `/api/mcp-servers/${one.id}/tools`, words, 400);
    // The others are none the worse for it.
    expect(one.tool('echo').state).toBe('off');
  });

  it('are not called with what their schema forbids, however much it can express', async () => {
    const schema = {
      ...{ required: ['at'], additionalProperties: false },
      $defs: { port: { type: 'integer', minimum: 1, maximum: 65_535 } },
    };
    const at = { anyOf: [{ $ref: '#/$defs/port' }, { type: 'string', pattern: '^[a-z]+$', maxLength: 5 }] };
    mcp.stand.tools = [{ name: 'echo', inputSchema: anObject({ at }, schema) }];
    const { name } = await allowed('read', 'echo');
    const tool = `mcp__${name}__echo`;
    for (const wrong of [{}, { at: 0 }, { at: 'UP' }, { at: 'toolong' }, { at: null }, { at: 80, more: 1 }]) {
      expect(await called(tool, wrong)).toMatchObject({
        status: 'error',
        message: expect.stringContaining('Wrong arguments'),
      });
    }
    expect(mcp.stand.calls).toEqual([]);
    expect(await called(tool, { at: 'ab' })).toMatchObject({ status: 'ok' });
    expect(await called(tool, { at: 80 })).toMatchObject({ status: 'ok' });
  });

  it('hold nothing up with a pattern that takes for ever', async () => {
    mcp.stand.tools = [{ name: 'echo', inputSchema: anObject({ text: { type: 'string', pattern: '^(a+)+$' } }) }];
    const { name } = await allowed('read', 'echo');
    const start = performance.now();
    const told = await called(`mcp__${name}__echo`, { text: `${'a'.repeat(60)}!` });
    expect(told).toMatchObject({ status: 'error', message: expect.stringContaining('in time') });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(mcp.stand.calls).toEqual([]);
  });

  it('answer data, texts, and the names of what is neither', async () => {
    mcp.stand.answers['echo'] = () => ({
      content: [
        { type: 'text', text: 'first' },
        { type: 'text', text: 'second' },
        { type: 'image', mimeType: 'image/png', data: 'AAAA' },
        { type: 'resource', resource: { uri: 'file:///notes', text: 'third' } },
        { type: 'resource_link', uri: 'http://127.0.0.1:9/secret', name: 'more' },
      ],
      structuredContent: { rows: 2 },
    });
    const { name } = await allowed('read', 'echo');
    expect(await called(`mcp__${name}__echo`)).toMatchObject({
      ...{ status: 'ok', data: { rows: 2 }, text: 'first\n\nsecond\n\nfile:///notes:\nthird' },
      attachments: ['image, image/png, 3 bytes, not shown', 'link http://127.0.0.1:9/secret more'],
    });
    mcp.stand.answers['echo'] = () => ({ ...words('no such host'), isError: true });
    expect(await called(`mcp__${name}__echo`)).toMatchObject({ status: 'error', message: 'no such host' });
  });

  it('answer nothing that is nested so deeply that nobody could read it', async () => {
    const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown;
    mcp.stand.answers['echo'] = () => ({ content: [], structuredContent: { deep } });
    const { name } = await allowed('read', 'echo');
    expect(await called(`mcp__${name}__echo`)).toMatchObject({
      status: 'ok',
      data: expect.stringContaining('too deeply'),
    });
  });

  it('keep a result of ten megabytes as an artifact', async () => {
    mcp.stand.answers['echo'] = () => words('a line of it\n'.repeat(800_000));
    const { name } = await allowed('read', 'echo');
    const told = await called(`mcp__${name}__echo`);
    expect(told).toMatchObject({ text: { artifact_id: expect.any(String), lines: expect.any(Number) } });
    expect(JSON.stringify(told).length).toBeLessThan(20_000);
    mcp.stand.answers['echo'] = () => words('x'.repeat(20_000_000));
    expect(await called(`mcp__${name}__echo`)).toMatchObject({ status: 'error' });
  });

  it('are told to stop when the answer is stopped, which does not wait for them', async () => {
    mcp.stand.answers['echo'] = () => new Promise(() => undefined);
    const { name } = await allowed('read', 'echo');
    const asked = await mcp.server.ask({ calls: [{ name: `mcp__${name}__echo`, arguments: {} }] }, { text: 'x' });
    await eventually(() => mcp.stand.calls.length === 1);
    const start = performance.now();
    await stop(asked.sessionId);
    await asked.ended;
    expect(performance.now() - start).toBeLessThan(2_000);
    await eventually(() => mcp.stand.cancelled === 1);
  });

  it('fail when the server dies in the middle of a call, and work when it is back', async () => {
    mcp.stand.answers['echo'] = () => {
      mcp.stand.cut();
      return new Promise(() => undefined);
    };
    const { name } = await allowed('read', 'echo');
    const start = performance.now();
    expect(await called(`mcp__${name}__echo`)).toMatchObject({ status: 'error' });
    expect(performance.now() - start).toBeLessThan(5_000);
    mcp.stand.answers['echo'] = () => words('back');
    expect(await called(`mcp__${name}__echo`)).toMatchObject({ status: 'ok', text: 'back' });
  });

  it('leave a dangerous call with an unknown outcome when the server dies over it', async () => {
    mcp.stand.answers['restart'] = () => {
      mcp.stand.cut();
      return new Promise(() => undefined);
    };
    const { name } = await allowed('dangerous', 'restart');
    const call = { name: `mcp__${name}__restart`, arguments: { service: 'db' } };
    const asked = await mcp.server.ask({ calls: [call] }, { text: 'Done.' });
    const [approval] = (await mcp.server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await mcp.server.decide(approval, 'approve');
    await asked.ended;
    expect(asked.of('step_finished')).toMatchObject([{ state: 'unknown' }]);
    expect(asked.observations).toMatchObject([{ message: expect.stringContaining('Nobody knows how far it came') }]);
    const path = `/api/approvals/${approval.id}`;
    expect(await mcp.server.console.call('GET', path)).toMatchObject({ outcome: 'unknown' });
    expect(mcp.stand.calls).toHaveLength(1);
  });

  it('are called in a session that is kept, and in a new one when the server has forgotten it', async () => {
    const { name } = await allowed('read', 'echo');
    const tool = `mcp__${name}__echo`;
    await called(tool, { text: '1' });
    const before = mcp.stand.sessionCount;
    await called(tool, { text: '2' });
    expect([before, mcp.stand.sessionCount]).toEqual([1, 1]);
    mcp.stand.answers['echo'] = () => {
      throw new Error('no such\nthing');
    };
    const message = expect.stringContaining('answered with an error: MCP error -32603: no such thing');
    expect(await called(tool, { text: 'x' })).toMatchObject({ status: 'error', message });
    expect(mcp.stand.sessionCount).toBe(1);
    mcp.stand.answers['echo'] = ({ text }) => words(String(text));
    mcp.stand.forgetSessions();
    expect(await called(tool, { text: '3' })).toMatchObject({ status: 'ok', text: '3' });
    expect(mcp.stand.calls).toHaveLength(4);
  });

  it('open no stream that would only stand', async () => {
    const { name } = await allowed('read', 'echo');
    await called(`mcp__${name}__echo`, { text: '1' });
    expect(mcp.stand.requests.filter(({ method }) => method === 'GET')).toEqual([]);
  });
});

function nested(levels: number): object {
  return levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(levels - 1) } };
}

/** Each definition holds the next one twice. */
function doubling(count: number): Record<string, object> {
  const at = (index: number) => ({ $ref: `#/$defs/d${index + 1}` });
  const all = Array.from({ length: count }, (_, index) => [
    `d${index}`,
    { properties: { a: at(index), b: at(index) } },
  ]);
  return Object.fromEntries([...all, [`d${count}`, { type: 'string' }]]) as Record<string, object>;
}
