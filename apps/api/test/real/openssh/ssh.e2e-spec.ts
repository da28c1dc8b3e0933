import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalDto, ToolSourceDto, ToolSourceTestDto } from '@opsagent/contracts';
import type { AgentTool, ToolResult } from '../../../src/agent/tools/agent-tool.js';
import { problemWith } from '../../../src/agent/tools/check-input.js';
import { HOST_SECTIONS } from '../../../src/agent/tools/host-inspect.js';
import { ToolRegistry } from '../../../src/agent/tools/tool-registry.js';
import { AgentServer } from '../../support/agent-server.js';
import type { ConsoleServer } from '../../support/console.js';
import { eventually } from '../../support/eventually.js';
import { areGone, processesWith } from '../../support/processes.js';
import { type Sshd, startSshd } from '../../support/real-sshd.js';
import { aToolContext } from '../../support/tool-context.js';

interface Ran extends ToolResult {
  stdout: string;
  stderr?: string;
  exit_code: number | null;
}

describe('another machine, by a real OpenSSH', () => {
  let agent: AgentServer;
  let server: ConsoleServer;
  let sshd: Sshd;
  let source: ToolSourceDto;

  beforeAll(async () => {
    sshd = await startSshd();
    agent = await AgentServer.start();
    server = agent.console;
  }, 60_000);

  afterAll(async () => {
    await agent.close();
    await sshd.stop();
  });

  const tool = (name: string): AgentTool => server.app.app.get(ToolRegistry).find(name) as AgentTool;
  const call = async (name: string, input: object, signal = new AbortController().signal): Promise<Ran> => {
    expect(problemWith(input, tool(name).parameters)).toBeUndefined();
    return (await tool(name).run(input, aToolContext({ signal }))) as Ran;
  };
  const run = (argv: string[], more: object = {}, signal?: AbortSignal): Promise<Ran> =>
    call('run_command', { target: 'web-1', argv, ...more }, signal);
  const testSource = (): Promise<ToolSourceTestDto> =>
    server.call('POST', `/api/tool-sources/${source.id}/test`, {}, 200);
  const change = (body: object): Promise<ToolSourceDto> =>
    server.call('PATCH', `/api/tool-sources/${source.id}`, body, 200);
  const place = (): object => ({ host: '127.0.0.1', port: sshd.port, username: sshd.username });

  it('shows its key at the first test, and is not signed in to before the key is confirmed', async () => {
    source = await server.call('POST', '/api/tool-sources', {
      ...{ name: 'web-1', kind: 'ssh', environment: 'production', settings: place() },
      secrets: { private_key: sshd.privateKey },
    });
    expect(server.app.app.get(ToolRegistry).offered('all').find('run_command')).toBeDefined();
    const first = await testSource();
    expect(first).toMatchObject({ ok: false, fault: 'host_key' });
    expect(first.detail).toContain(`${sshd.fingerprint} (ssh-ed25519)`);
    expect(await run(['true'])).toMatchObject({
      status: 'error',
      message: expect.stringContaining('host key') as string,
    });

    await change({ settings: { ...place(), host_key: sshd.fingerprint } });
    expect(await testSource()).toMatchObject({ ok: true, detail: expect.stringContaining('Linux') as string });
  });

  it('is not spoken to when it shows another key than the confirmed one', async () => {
    await change({ settings: { ...place(), host_key: `SHA256:${'A'.repeat(43)}` } });
    expect(await testSource()).toMatchObject({
      ok: false,
      fault: 'host_key',
      detail: expect.stringContaining('instead of') as string,
    });
    expect(await run(['true'])).toMatchObject({ status: 'error' });
    await change({ settings: { ...place(), host_key: sshd.fingerprint } });
  });

  it.each([
    [{ private_key: 'nonsense' }, 'authentication'],
    [{ private_key: null, password: 'wrong' }, 'authentication'],
  ])('says what is wrong with %j', async (secrets, fault) => {
    await change({ secrets });
    expect(await testSource()).toMatchObject({ ok: false, fault });
    await change({ secrets: { private_key: sshd.privateKey, password: null } });
    expect(await testSource()).toMatchObject({ ok: true });
  });

  it('is refused as a source with a fingerprint that is none, or a host that is an address', async () => {
    for (const wrong of [{ host_key: 'MD5:aa' }, { host: 'http://a' }, { host: '-oProxyCommand=id' }]) {
      await server.call('PATCH', `/api/tool-sources/${source.id}`, { settings: { ...place(), ...wrong } }, 400);
    }
  });

  it('runs commands, and tells how they ended', async () => {
    expect(await run(['df', '-P'])).toMatchObject({ status: 'ok', query: 'df -P', exit_code: 0, target: 'web-1' });
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toMatchObject({
      ...{ status: 'error', exit_code: 3, stdout: 'out\n', stderr: 'err\n' },
    });
    expect(await run(['sh', '-c', 'kill -KILL $$'])).toMatchObject({
      status: 'error',
      exit_code: null,
      signal: 'SIGKILL',
    });
    expect(await run(['no-such-program'])).toMatchObject({ status: 'error', exit_code: 127 });
    expect(await run(['grep', 'x', '/var/log/no-such-log'])).toMatchObject({ status: 'ok', exit_code: 2 });
    expect(await run(['cat'])).toMatchObject({ exit_code: 0, stdout: '' });
    expect(await run(['pwd'], { cwd: '/tmp' })).toMatchObject({ stdout: '/tmp\n' });
    expect(await run(['pwd'], { cwd: '/no/such/folder' })).toMatchObject({ exit_code: 126 });
  });

  it('is asked for with the exact command, and for reads not at all', async () => {
    const asked = tool('run_command');
    const input = { target: 'web-1', argv: ['rm', '-r', 'a b'] };
    expect(await asked.describe?.(input, { environment: 'here' })).toEqual({
      target: `web-1 (${sshd.username}@127.0.0.1:${sshd.port})`,
      summary: "rm -r 'a b'",
      environment: 'production',
    });
    expect([asked.riskOf?.(input), asked.riskOf?.({ target: 'web-1', argv: ['df', '-h'] })]).toEqual([
      'dangerous',
      'read',
    ]);
    expect(() => asked.describe?.({ target: 'local', argv: ['id'] }, { environment: null })).toThrow(
      'OPSAGENT_LOCAL_COMMANDS',
    );
    expect(await call('run_command', { target: 'local', argv: ['id'] })).toMatchObject({ status: 'refused' });
  });

  it('interprets nothing of what arguments hold', async () => {
    for (let round = 0; round < 12; round += 1) {
      const words = Array.from({ length: 25 }, () => hostile(round));
      const { stdout, stderr } = await run(['printf', '[%s]', ...words]);
      expect(stderr).toBeUndefined();
      expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
    }
    expect((await readdir('/tmp')).filter((name) => name.startsWith(MARK))).toEqual([]);
  }, 30_000);

  it('ends a command with its children within half a second when it is stopped', async () => {
    const seed = String(Math.random()).slice(2, 12);
    const stopping = new AbortController();
    const script = `trap "" TERM; sleep 300.${seed} & sleep 300.${seed}; sleep 300.${seed}`;
    const refused = expect(run(['sh', '-c', script], {}, stopping.signal)).rejects.toThrow('stopped');
    await eventually(async () => (await processesWith(seed)).length >= 2);
    stopping.abort(new Error('stopped'));
    await eventually(async () => (await processesWith(seed)).length === 0, 500);
    await refused;
  });

  it('is told of while it runs, and falls silent within half a second when its turn is stopped', async () => {
    const seed = String(Math.random()).slice(2, 12);
    const script = `trap "" TERM; sleep 300.${seed} & sleep 300.${seed} & echo begun; sleep 300.${seed}; sleep 300.${seed}`;
    const asked = await agent.ask({ calls: [callOf(['sh', '-c', script])] }, { text: 'x' });
    const [approval] = (await agent.pendingIn(asked.sessionId)) as [ApprovalDto];
    expect(approval).toMatchObject({
      ...{ target: `web-1 (${sshd.username}@127.0.0.1:${sshd.port})`, environment: 'production' },
    });
    await agent.decide(approval, 'approve');
    await eventually(() => asked.of('step_output').some(({ delta }) => delta.includes('begun')));
    await eventually(async () => (await processesWith(seed)).length >= 4);
    const pids = await processesWith(seed);
    const from = performance.now();
    await server.call('POST', `/api/runs/${approval.run_id}/stop`, undefined, 200);
    await eventually(() => areGone(pids));
    await asked.ended;
    expect(performance.now() - from).toBeLessThan(500);
    expect(await processesWith(seed)).toEqual([]);
    expect(asked.of('step_finished')).toMatchObject([{ state: 'unknown' }]);
  });

  it('does nothing on another machine than the one that somebody has allowed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opsagent-moved-'));
    const asked = await agent.ask({ calls: [callOf(['touch', join(folder, 'made')])] }, { text: 'Not done.' });
    const [approval] = (await agent.pendingIn(asked.sessionId)) as [ApprovalDto];
    const secrets = { private_key: sshd.privateKey };
    await change({ settings: { ...place(), host: 'localhost', host_key: sshd.fingerprint }, secrets });
    try {
      await agent.decide(approval, 'approve');
      await asked.ended;
      expect(asked.observations).toMatchObject([
        { status: 'refused', message: expect.stringContaining(`web-1 (${sshd.username}@localhost`) as string },
      ]);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await change({ settings: { ...place(), host_key: sshd.fingerprint }, secrets });
      await rm(folder, { recursive: true });
    }
  });

  it('reads no file that a link among the logs leads to', async () => {
    const logs = await mkdtemp('/var/log/opsagent-test-').catch(() => undefined);
    // Only root may write there.
    if (logs === undefined) return;
    try {
      await writeFile(join(logs, 'app.log'), 'a line\n');
      await symlink('/etc/shadow', join(logs, 'link.log'));
      await symlink(join(logs, 'app.log'), join(logs, 'current.log'));
      for (const argv of [
        ['cat', join(logs, 'link.log')],
        ['grep', 'root', join(logs, 'app.log'), join(logs, 'link.log')],
        ['tail', '-n', '3', '/var/log/./' + logs.slice('/var/log/'.length) + '/link.log'],
      ]) {
        expect(await run(argv)).toMatchObject({
          ...{ status: 'refused', message: expect.stringContaining('link to /etc/shadow') as string },
        });
      }
      expect(await run(['cat', join(logs, 'current.log')])).toMatchObject({ status: 'ok', stdout: 'a line\n' });
      expect(await run(['cat', '/proc/mounts', '/proc/net/tcp'])).toMatchObject({ status: 'ok', exit_code: 0 });
    } finally {
      await rm(logs, { recursive: true, force: true });
    }
  });

  it('ends a command whose time is over, and says so', async () => {
    const seed = String(Math.random()).slice(2, 12);
    const result = await run(['sleep', `300.${seed}`], { timeout_s: 1 });
    expect(result).toMatchObject({ status: 'error', message: 'It took longer than 1 s. It was ended.' });
    expect(await processesWith(seed)).toEqual([]);
  });

  it('says when nobody can tell how a command ended', async () => {
    const killed = run(['sh', '-c', 'kill -KILL $PPID; sleep 1']);
    expect(await killed).toMatchObject({
      status: 'error',
      message: expect.stringContaining('may still run') as string,
    });
  });

  it('keeps the beginning and the end of what is too much', async () => {
    const { stdout } = await run(['sh', '-c', 'echo begin; head -c 30000000 /dev/zero | tr "\\0" x; echo end']);
    expect(stdout.length).toBeLessThan(2_200_000);
    expect(stdout).toMatch(/^begin\n[^]*bytes were left out[^]*end\n$/);
  }, 20_000);

  it.each(HOST_SECTIONS)('is looked at: %s', async (section) => {
    const input = { section, target: 'web-1', ...(section === 'space' ? { path: import.meta.dirname } : {}) };
    expect(await call('host_inspect', input)).toMatchObject({
      ...{ status: expect.stringMatching(/^(ok|no_data)$/) as string, target: 'web-1', section },
    });
  });
});

const callOf = (argv: string[]) => ({ name: 'run_command', arguments: { target: 'web-1', argv } });

const MARK = 'opsagent-was-here';
const PIECES = [
  ...[
    '$(touch /tmp/MARK-1)',
    '`touch /tmp/MARK-2`',
    "'; touch /tmp/MARK-3; '",
    '"; touch /tmp/MARK-4; "',
    '\n touch /tmp/MARK-5\n',
  ],
  ...[
    '| touch /tmp/MARK-6',
    '&& touch /tmp/MARK-7',
    '> /tmp/MARK-8',
    '\\',
    "'",
    '"',
    '$',
    '!',
    '!!',
    '~',
    '*',
    '?',
    '[a-z]',
    '{a,b}',
  ],
  ...[
    '#',
    ' ',
    '\t',
    '\r\n',
    '-n',
    '--',
    '%s',
    '%',
    '${PATH}',
    '<(id)',
    '中文',
    '😀',
    '\u0001',
    '\u007f',
    '\u202e',
    'EOF',
    '\\n',
    "\\'",
  ],
].map((piece) => piece.replace('MARK', MARK));

/** A word out of pieces that mean something to a shell; the same ones in every run. */
function hostile(round: number): string {
  let word = '';
  for (let count = next() % 6; count > 0; count -= 1) word += PIECES[next() % PIECES.length];
  return round % 2 === 0 ? word : `${word}'${word}`;
}

let state = 42;
function next(): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state >> 8;
}
