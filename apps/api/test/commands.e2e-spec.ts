import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApprovalDto } from '@opsagent/contracts';
import { LocalRunner } from '../src/agent/tools/command/local-runner.js';
import { HostReader } from '../src/agent/tools/host/host-reader.js';
import { findProcess } from '../src/agent/tools/host/processes.js';
import { RunKeeper } from '../src/session/run-keeper.js';
import { AgentServer, Deeds } from './support/agent-server.js';
import { eventually } from './support/eventually.js';
import { AgentUser } from './support/killed-servers.js';
import { areGone, processesWith } from './support/processes.js';

const command = (...argv: string[]) => ({ name: 'run_command', arguments: { target: 'local', argv } });
const argumentsOf = (argv: readonly string[], target = 'local'): string => JSON.stringify({ target, argv });

describe('a command that the agent runs', () => {
  let server: AgentServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opsagent-command-'));
    server = await AgentServer.start({ OPSAGENT_LOCAL_COMMANDS: 'on' });
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs at once when it only reads, and is told with its exact words', async () => {
    const asked = await server.ask({ calls: [command('uname', '-s')] }, { text: 'Linux.' });
    await asked.ended;
    expect(asked.of('approval_requested')).toEqual([]);
    expect(asked.of('step_started')).toMatchObject([{ risk: 'read' }]);
    expect(asked.observations).toMatchObject([{ status: 'ok', query: 'uname -s', stdout: 'Linux\n', exit_code: 0 }]);
  });

  it('waits until somebody allows it, and is then run exactly as it was shown', async () => {
    const words = ['$(id)', "it's", '', 'a b', '*', '-n', '; touch x', '\u202egnp.exe'];
    const asked = await server.ask({ calls: [command('printf', '[%s]', ...words)] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    expect(approval).toMatchObject({
      ...{ tool: 'run_command', target: 'local', risk: 'dangerous', can_decide: true },
      summary: `printf '[%s]' '$(id)' 'it'\\''s' '' 'a b' '*' -n '; touch x' $'\\U0000202egnp.exe'`,
      arguments: argumentsOf(['printf', '[%s]', ...words]),
    });
    await server.decide(approval, 'approve');
    await asked.ended;
    expect(asked.observations).toMatchObject([{ status: 'ok', stdout: words.map((word) => `[${word}]`).join('') }]);
  });

  it('is watched while it runs', async () => {
    const go = join(folder, 'go');
    const lines = 'echo first; until [ -e "$1" ]; do sleep 0.02; done; echo "token=ghp_$2"';
    const asked = await server.ask(
      { calls: [command('sh', '-c', lines, 'sh', go, '0123456789abcdefghijABCDEFGHIJ456789')] },
      { text: 'Done.' },
    );
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.decide(approval, 'approve');
    const shown = (): string => asked.of('step_output').reduce((text, { delta }) => text + delta, '');
    await eventually(() => shown() === 'first\n');
    expect(asked.of('step_finished')).toEqual([]);
    writeFileSync(go, '');
    await asked.ended;
    expect(shown()).toMatch(/^first\ntoken=/);
    expect(JSON.stringify(asked.events)).not.toContain('ghp_0123456789');
    expect(JSON.stringify(asked.observations)).toContain('token=');
  });

  it('is looked at again when its approver has changed it, and the model reads what was run', async () => {
    const [wanted, made] = [join(folder, 'wanted'), join(folder, 'made')];
    const asked = await server.ask({ calls: [command('touch', wanted)] }, { text: 'Done.' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    for (const wrong of [
      argumentsOf(['touch x', 'a']),
      argumentsOf([]),
      argumentsOf(['touch', 'a\0b']),
      argumentsOf(['touch', 'a'], 'nowhere'),
      JSON.stringify({ target: 'local', argv: ['touch', 'a'], shell: true }),
    ]) {
      expect([wrong, (await server.decide(approval, 'edit', { arguments: wrong })).status]).toEqual([wrong, 400]);
    }
    const edited = argumentsOf(['touch', made]);
    expect(await (await server.decide(approval, 'edit', { arguments: edited })).json()).toMatchObject({
      ...{ state: 'edited', summary: `touch ${made}`, original_arguments: argumentsOf(['touch', wanted]) },
    });
    await asked.ended;
    expect([existsSync(wanted), existsSync(made)]).toEqual([false, true]);
    expect(asked.observations).toMatchObject([
      { status: 'ok', query: `touch ${made}`, arguments_used: { target: 'local', argv: ['touch', made] } },
    ]);
  });

  it('is not run when it is rejected, or when nobody decides in time', async () => {
    const paths = [join(folder, 'rejected'), join(folder, 'late')] as const;
    const asked = await server.ask({ calls: paths.map((path) => command('touch', path)) }, { text: 'Done.' });
    const pending = await server.pendingIn(asked.sessionId, 2);
    const of = (path: string) => pending.find(({ summary }) => summary.includes(path)) as ApprovalDto;
    await server.decide(of(paths[0]), 'reject', { reason: 'Not on this machine' });
    await server.console.app.query(`update approvals set expires_at = now() - interval '1 second' where id = $1`, [
      of(paths[1]).id,
    ]);
    await asked.ended;
    expect(paths.map((path) => existsSync(path))).toEqual([false, false]);
    const [, second] = server.console.simulator.requests.ofModel('sim-script').slice(-2);
    expect(JSON.stringify(second?.body)).toContain('Not on this machine');
    expect(JSON.stringify(second?.body)).toContain('Nobody allowed this in time');
  });

  it('ends with all its children within half a second when its turn is stopped', async () => {
    const seed = String(Math.random()).slice(2, 12);
    const lines = `trap "" TERM; setsid sleep 300.${seed} & sleep 300.${seed} & sleep 300.${seed}; sleep 300.${seed}`;
    const asked = await server.ask({ calls: [command('sh', '-c', lines)] }, { text: 'x' });
    const [approval] = (await server.pendingIn(asked.sessionId)) as [ApprovalDto];
    await server.decide(approval, 'approve');
    await eventually(async () => (await processesWith(seed)).length >= 4);
    const pids = await processesWith(seed);
    const from = performance.now();
    await server.console.call('POST', `/api/runs/${approval.run_id}/stop`, undefined, 200);
    await eventually(() => areGone(pids));
    await asked.ended;
    expect(performance.now() - from).toBeLessThan(500);
    expect(await processesWith(seed)).toEqual([]);
    expect(asked.events.at(-1)).toMatchObject({ type: 'turn_finished', status: 'stopped' });
    expect(asked.of('step_finished')).toMatchObject([{ state: 'unknown' }]);
    expect(asked.of('approval_resolved')).toMatchObject([{ decision: 'approved' }]);
    expect(await server.console.call('GET', `/api/approvals/${approval.id}`)).toMatchObject({ outcome: 'unknown' });
  });

  it('is not run by a server that may run none, and can be allowed no more', async () => {
    const path = join(folder, 'elsewhere');
    const first = await AgentServer.start({ OPSAGENT_LOCAL_COMMANDS: 'on' });
    const other = await first.another(new Deeds());
    try {
      const asked = await first.ask({ calls: [command('touch', path)] }, { text: 'Not done.' });
      const [approval] = (await first.pendingIn(asked.sessionId)) as [ApprovalDto];
      await first.console.app.app.close();
      await other.app.get(RunKeeper).keep();
      const there = new AgentUser(other.url);
      const message = await there.ended(asked.sessionId);
      expect(message).toMatchObject({ status: 'finished', answer: 'Not done.', steps: [{ state: 'failed' }] });
      expect(message.steps[0]?.observation).toContain('There is no tool named run_command');
      expect((await there.decide(approval, 'approve')).status).toBe(409);
      expect(existsSync(path)).toBe(false);
    } finally {
      await other.close();
      await first.close();
    }
  });

  it('is not done to another process than the one that was shown, and a remedy is asked for, done and looked at', async () => {
    const victim = spawn('sleep', ['300']);
    const pid = victim.pid ?? 0;
    const ended = new Promise((resolve) => victim.once('exit', (_code, signal) => resolve(signal)));
    try {
      const startedAt = await startOf(pid);
      const remedy = (at: string) => ({
        name: 'remediate',
        arguments: { action: 'kill_process', target: 'local', pid, started_at: at },
      });
      const asked = await server.ask({ calls: [remedy('2001-01-01T00:00:00Z'), remedy(startedAt)] }, { text: 'Done.' });
      const pending = await server.pendingIn(asked.sessionId, 2);
      expect(pending.map(({ summary, rollback }) => [summary, rollback !== null])).toEqual([
        [`kill -TERM ${pid}`, true],
        [`kill -TERM ${pid}`, true],
      ]);
      const of = (words: string) => pending.find(({ preview }) => preview?.includes(words)) as ApprovalDto;
      await server.decide(of('another one by now'), 'approve');
      await eventually(() => asked.of('step_finished').length === 1);
      expect(asked.observations).toMatchObject([{ status: 'refused' }]);
      expect(victim.exitCode ?? victim.signalCode).toBeNull();
      await server.decide(of('sleep 300'), 'approve');
      await asked.ended;
      expect(await ended).toBe('SIGTERM');
      expect(asked.observations[1]).toMatchObject({ status: 'ok', message: 'The process has ended.' });
    } finally {
      victim.kill('SIGKILL');
    }
  });

  async function startOf(pid: number): Promise<string> {
    const found = await findProcess(new HostReader(new LocalRunner(), new AbortController().signal), pid);
    return found?.started_at ?? '';
  }
});
