import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programAt } from '../../../../../tools/real-servers.mjs';
import { CommandTargets } from '../../../src/agent/tools/command/command-targets.js';
import { SYSTEM_PATH } from '../../../src/agent/tools/command/command-runner.js';
import { LocalRunner } from '../../../src/agent/tools/command/local-runner.js';
import { HostReader } from '../../../src/agent/tools/host/host-reader.js';
import { findProcess } from '../../../src/agent/tools/host/processes.js';
import { remediate } from '../../../src/agent/tools/remediate.js';
import type { RemediateInput } from '../../../src/agent/tools/remediate/remedy.js';
import { Environment } from '../../../src/platform/config/environment.js';
import { Outbound } from '../../../src/platform/outbound/outbound.js';
import { eventually } from '../../support/eventually.js';
import { FixedSources } from '../../support/fixed-sources.js';
import { freePort } from '../../support/real-server.js';
import { aToolContext } from '../../support/tool-context.js';

/** Plays systemd, as its manual says: `show` prints properties, verbs change the state; `broken` does not come up. */
const SYSTEMCTL = `#!/bin/sh
folder=$(dirname "$0")
for unit; do :; done
case "$1" in
  show) [ -e "$folder/$unit.state" ] && echo LoadState=loaded || echo LoadState=not-found
        echo "ActiveState=$(cat "$folder/$unit.state" 2>/dev/null || echo inactive)"; echo SubState=running; echo MainPID=1 ;;
  stop) echo inactive > "$folder/$unit.state" ;;
  *) [ -e "$folder/$unit.state" ] || { echo "Unit $unit not found." >&2; exit 5; }
     [ "$unit" = broken ] && echo failed > "$folder/$unit.state" || echo active > "$folder/$unit.state" ;;
esac
`;

describe('remediate', () => {
  let folder: string;
  const environment = Object.assign(new Environment(), { OPSAGENT_LOCAL_COMMANDS: 'on' });
  const tool = () =>
    remediate(
      new CommandTargets(
        new FixedSources(),
        new Outbound(environment),
        environment,
        new LocalRunner(`${folder}:${SYSTEM_PATH}`),
      ),
      { sources: new FixedSources(), outbound: new Outbound(environment) },
    );
  const input = (more: Omit<RemediateInput, 'target'>): RemediateInput => ({ target: 'local', ...more });
  const does = (more: Omit<RemediateInput, 'target'>) => tool().run(input(more), aToolContext());
  const says = async (more: Omit<RemediateInput, 'target'>) => {
    const words = await tool().describe?.(input(more), { environment: 'test' });
    // What is allowed is done only while both say the same.
    expect(tool().targetOf?.(input(more))).toBe(words?.target);
    return words;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsagent-remedies-'));
    await writeFile(join(folder, 'systemctl'), SYSTEMCTL, { mode: 0o755 });
    for (const name of ['web', 'broken']) await writeFile(join(folder, `${name}.state`), 'active\n');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('always asks', () => {
    expect(tool()).toMatchObject({ risk: 'dangerous' });
    expect(Object.keys(tool())).not.toContain('riskOf');
  });

  it.each([
    [{ action: 'format_disk' }, /action must be one of/],
    [{ action: 'restart_service' }, /needs service/],
    [{ action: 'restart_service', service: 'web', pid: 12 }, /pid has no meaning/],
    [{ action: 'restart_service', service: '--force' }, /name of a unit/],
    [{ action: 'restart_service', service: 'web;id' }, /name of a unit/],
    [{ action: 'stop_service', service: 'sshd.service' }, /nobody could come back/],
    [{ action: 'kill_process', pid: 1, started_at: '2026-01-01T00:00:00Z' }, /not that of init/],
    [{ action: 'kill_process', pid: 12 }, /needs started_at/],
    [{ action: 'free_disk', what: 'everything' }, /what must be one of/],
    [{ action: 'free_disk', what: 'log_file', path: '/etc/passwd' }, /below \/var\/log/],
    [{ action: 'free_disk', what: 'log_file', path: '/var/log/../../etc/passwd' }, /below \/var\/log/],
    [{ action: 'free_disk', what: 'log_file' }, /path is for log_file/],
    [{ action: 'free_disk', what: 'journal', keep_mb: 0 }, /10 to 100000/],
  ])('is never asked for with %j', async (more, message) => {
    await expect(says(more)).rejects.toThrow(message);
    await expect((async () => does(more))()).rejects.toThrow(message);
  });

  it('tells of a service before, and looks after it afterwards', async () => {
    const asked = { action: 'restart_service', service: 'web' };
    expect(await says(asked)).toMatchObject({
      ...{ target: 'local', summary: 'systemctl restart --no-ask-password -- web' },
      preview: expect.stringContaining('Now: active') as string,
      rollback: expect.stringContaining('cannot be taken back') as string,
    });
    expect(await does(asked)).toMatchObject({ status: 'ok', after: { ActiveState: 'active' } });
    expect(await does({ action: 'stop_service', service: 'web' })).toMatchObject({
      status: 'ok',
      after: { ActiveState: 'inactive' },
    });
    expect(await does({ action: 'restart_service', service: 'broken' })).toMatchObject({
      ...{ status: 'error', message: expect.stringContaining('failed') as string },
    });
    expect(await does({ action: 'start_service', service: 'none' })).toMatchObject({
      ...{ status: 'error', message: expect.stringContaining('Unit none not found') as string },
    });
  });

  it('ends the process that was meant, and no other of the same number', async () => {
    const child: ChildProcess = spawn('sleep', ['300'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    const exited = once(child, 'exit');
    const found = await findProcess(new HostReader(new LocalRunner(), new AbortController().signal), pid);
    const asked = { action: 'kill_process', pid, started_at: found?.started_at ?? '' };
    expect(await does({ ...asked, started_at: '2026-01-01T00:00:00Z' })).toMatchObject({
      ...{ status: 'refused', message: expect.stringContaining('another one by now: sleep') as string },
    });
    expect((await says(asked))?.preview).toContain('sleep 300');
    const [result] = await Promise.all([does(asked), exited]);
    expect(result).toMatchObject({ status: 'ok', before: { name: 'sleep' } });
    expect(child.signalCode).toBe('SIGTERM');
    expect(await does(asked)).toMatchObject({ status: 'refused' });
  });

  it('does not end itself', async () => {
    await expect(
      says({ action: 'kill_process', pid: process.pid, started_at: '2026-01-01T00:00:00Z' }),
    ).rejects.toThrow('itself');
  });

  it('says how large a log is, and refuses what is none', async () => {
    const asked = { action: 'free_disk', what: 'log_file', path: '/var/log/opsagent-no-such.log' };
    expect((await says(asked))?.preview).toContain('There is no file');
    expect(await does(asked)).toMatchObject({ status: 'refused' });
  });

  it('empties a log, and nothing that a link in its place leads to', async () => {
    const logs = await mkdtemp('/var/log/opsagent-test-').catch(() => undefined);
    // Only root may write there.
    if (logs === undefined) return;
    try {
      const emptying = (name: string) => ({ action: 'free_disk', what: 'log_file', path: join(logs, name) });
      await writeFile(join(logs, 'web.log'), Buffer.alloc(3 * 1024 * 1024, 'x'));
      await writeFile(join(folder, 'kept'), 'kept');
      await symlink(join(folder, 'kept'), join(logs, 'link.log'));
      expect((await says(emptying('web.log')))?.preview).toContain('holds 3 MB');
      expect(await does(emptying('web.log'))).toMatchObject({ status: 'ok' });
      expect(await readFile(join(logs, 'web.log'), 'utf8')).toBe('');
      expect(await does(emptying('link.log'))).toMatchObject({ status: 'refused' });
      expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('kept');
    } finally {
      await rm(logs, { recursive: true, force: true });
    }
  });

  describe('with a real nginx', () => {
    const nginx = { port: 0, folder: '' };
    const config = (answer: string, port: number) =>
      `pid nginx.pid; error_log stderr; events {} http { access_log off; client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t; server { listen 127.0.0.1:${port}; return 200 "${answer}"; } }`;
    const answer = async () =>
      (await fetch(`http://127.0.0.1:${nginx.port}/`, { headers: { connection: 'close' } })).text();
    const write = (text: string) => writeFile(join(nginx.folder, 'nginx.conf'), text);

    beforeAll(async () => {
      nginx.folder = await mkdtemp(join(tmpdir(), 'opsagent-nginx-'));
      nginx.port = await freePort();
      await write(config('one', nginx.port));
      const wrapper = `#!/bin/sh\nexec ${programAt('nginx')} -p ${nginx.folder}/ -c ${nginx.folder}/nginx.conf "$@"\n`;
      await writeFile(join(folder, 'nginx'), wrapper, { mode: 0o755 });
      const started = spawn(join(folder, 'nginx'), [], { stdio: 'ignore' });
      await once(started, 'exit');
    });

    afterAll(async () => {
      const pid = Number(await readFile(join(nginx.folder, 'nginx.pid'), 'utf8'));
      process.kill(pid, 'SIGTERM');
      await rm(nginx.folder, { recursive: true, force: true });
    });

    it('reloads a configuration that is right, and leaves a wrong one alone', async () => {
      expect(await answer()).toBe('one');
      await write(config('two', nginx.port));
      expect((await says({ action: 'reload_nginx' }))?.preview).toContain('test is successful');
      expect(await does({ action: 'reload_nginx' })).toMatchObject({ status: 'ok' });
      await eventually(async () => (await answer()) === 'two');
      await write('server { nonsense');
      expect(await does({ action: 'reload_nginx' })).toMatchObject({
        ...{ status: 'refused', message: expect.stringContaining('Nothing was done') as string },
      });
      // The former workers may still take a few connections.
      await eventually(async () => (await answer()) === 'two');
    });
  });
});
