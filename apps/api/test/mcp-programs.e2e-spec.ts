import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpServerDto } from '@opsagent/contracts';
import { AgentServer } from './support/agent-server.js';
import { eventually } from './support/eventually.js';

const PROGRAM = join(import.meta.dirname, 'support/mcp/program.mjs');
const HUNG = mkdtempSync(join(tmpdir(), 'opsagent-hung-'));

/** How many of the programs hang by now: each leaves a file. */
const hanging = async (): Promise<number> => (await readdir(HUNG)).length;

/** Whether a process is there; one that only waits to be collected is not. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('MCP servers that are programs', () => {
  let server: AgentServer;

  beforeAll(async () => {
    server = await AgentServer.start({ OPSAGENT_MCP_STDIO: 'on' });
  });

  afterAll(async () => {
    await server.close();
    rmSync(HUNG, { recursive: true });
  });

  const call = <T>(method: string, path: string, body?: object, status = 200) =>
    server.console.call<T>(method, path, body, status);

  /** One of which everything is allowed. */
  async function program(values: object = {}): Promise<McpServerDto> {
    const name = `p-${crypto.randomUUID().slice(0, 8)}`;
    const body = { name, transport: 'stdio', command: process.execPath, args: [PROGRAM], ...values };
    const { id } = await call<McpServerDto>('POST', '/api/mcp-servers', body, 201);
    const tested = await call<McpServerDto>('POST', `/api/mcp-servers/${id}/test`, {});
    if (!tested.last_test?.ok) return tested;
    const tools = tested.tools.map(({ name: tool, hash }) => ({ name: tool, hash, is_allowed: true, risk: 'read' }));
    return call('PATCH', `/api/mcp-servers/${id}/tools`, { tools });
  }

  const ask = ({ name }: McpServerDto, tool: string) =>
    server.ask({ calls: [{ name: `mcp__${name}__${tool}`, arguments: {} }] }, { text: 'Done.' });

  async function called(one: McpServerDto, tool: string): Promise<Record<string, unknown>> {
    const asked = await ask(one, tool);
    await asked.ended;
    return asked.observations[0] as Record<string, unknown>;
  }

  const pidsOf = async (one: McpServerDto) => JSON.parse(String((await called(one, 'pids'))['text'])) as number[];

  it('are tested and called, and see nothing of this server’s environment', async () => {
    const one = await program({ variables: [{ name: 'API_KEY', value: 'key-of-the-program' }] });
    expect(one).toMatchObject({ last_test: { ok: true, detail: 'program 1' }, variables: ['API_KEY'] });
    const { status, text } = await called(one, 'environment');
    expect(status).toBe('ok');
    const environment = JSON.parse(String(text)) as Record<string, string>;
    expect(Object.keys(environment).sort()).toEqual(['API_KEY', 'LC_ALL', 'PATH', 'TZ']);
    // Its own secret is not for the model.
    expect(environment['API_KEY']).toMatch(/^(?:••••|\[redacted\])$/);
  });

  it('are started once for many calls, and end with all they started when they are deleted', async () => {
    const one = await program();
    const pids = await pidsOf(one);
    expect(await pidsOf(one)).toEqual(pids);
    expect(pids.map(isAlive)).toEqual([true, true]);
    await call('DELETE', `/api/mcp-servers/${one.id}`, undefined, 204);
    await eventually(() => !pids.some(isAlive));
  });

  it('end when an answer is stopped that waited for them, even those that do not listen', async () => {
    const one = await program({ args: [PROGRAM, '--deaf'] });
    const pids = await pidsOf(one);
    const asked = await ask(one, 'hang');
    await eventually(() => asked.of('step_started').length === 1);
    const { items } = await server.console.messages(asked.sessionId);
    const start = performance.now();
    await call('POST', `/api/runs/${String(items[0]?.run_id)}/stop`, undefined);
    await asked.ended;
    expect(performance.now() - start).toBeLessThan(2_000);
    await eventually(() => !pids.some(isAlive));
    expect(await pidsOf(one)).not.toEqual(pids);
  });

  it('fail as one call when they die or write without an end, and are started again', async () => {
    const one = await program();
    expect(await called(one, 'die')).toMatchObject({ status: 'error', message: expect.stringContaining('has ended') });
    expect(await called(one, 'endless')).toMatchObject({ status: 'error' });
    expect(await called(one, 'pids')).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['there is no such program', { command: '/no/such/program' }, /cannot be started/],
    ['it is none', { command: 'true', args: [] }, /has ended/],
    ['it complains', { args: ['--eval', 'console.error("no licence"); process.exit(1)'] }, /has ended: no licence/],
  ])('say so when %s', async (_what, values, detail) => {
    const { last_test } = await program(values);
    expect(last_test).toMatchObject({ ok: false, fault: 'failed', detail: expect.stringMatching(detail) });
  });

  it('are no more than a few at the same time, where one that nobody uses makes room', async () => {
    const args = [PROGRAM, `--hung=${HUNG}`];
    const some = () => Promise.all([program({ args }), program({ args }), program({ args })]);
    const [ninth, ...eight] = [...(await some()), ...(await some()), ...(await some())] as [
      McpServerDto,
      ...McpServerDto[],
    ];
    const pids = [...(await Promise.all(eight.map(pidsOf))), await pidsOf(ninth)];
    await eventually(() => pids.filter((own) => own.some(isAlive)).length === 8);

    const asked = await Promise.all(eight.map((one) => ask(one, 'hang')));
    await eventually(async () => (await hanging()) === 8);
    expect(await called(ninth, 'pids')).toMatchObject({
      message: expect.stringMatching(/programs are at work already/),
    });
    for (const { sessionId } of asked) {
      const { items } = await server.console.messages(sessionId);
      await call('POST', `/api/runs/${String(items[0]?.run_id)}/stop`, undefined);
    }
    await Promise.all(asked.map(({ ended }) => ended));
    await eventually(async () => (await called(ninth, 'pids'))['status'] === 'ok');
  });

  it('end with the server', async () => {
    const another = await AgentServer.start({ OPSAGENT_MCP_STDIO: 'on' });
    let pids: number[];
    const before = server;
    try {
      server = another;
      pids = await pidsOf(await program({ args: [PROGRAM, '--deaf'] }));
    } finally {
      server = before;
      await another.close();
    }
    expect(pids.map(isAlive)).toEqual([false, false]);
  });
});
