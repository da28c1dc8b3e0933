import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import { SshConnection } from '../../../src/agent/sources/ssh-connection.adapter.js';
import type { OpenSource } from '../../../src/agent/sources/source-kind.js';
import type { CommandEnd } from '../../../src/agent/tools/command/command-runner.js';
import { SshRunner } from '../../../src/agent/tools/command/ssh-runner.js';
import { Environment } from '../../../src/platform/config/environment.js';
import { Outbound } from '../../../src/platform/outbound/outbound.js';
import { eventually } from '../../support/eventually.js';
import { processesWith } from '../../support/processes.js';
import { type Sshd, startSshd } from '../../support/real-sshd.js';

describe('machines that are set up in their own way', () => {
  const sshds: Sshd[] = [];

  afterAll(() => Promise.all(sshds.map((sshd) => sshd.stop())));

  /** Runs one command on a machine with these lines in its configuration. */
  async function run(more: readonly string[], argv: readonly string[], timeoutMs = 10_000): Promise<CommandEnd> {
    const sshd = await startSshd(more);
    sshds.push(sshd);
    const outbound = new Outbound(new Environment());
    outbound.allow('127.0.0.1', sshd.port);
    const signal = new AbortController().signal;
    const connection = await SshConnection.open(outbound, sourceOf(sshd), signal);
    try {
      return await new SshRunner(connection).run({ argv }, { signal, timeoutMs });
    } finally {
      connection.close();
    }
  }

  it('says when a user may run nothing there', async () => {
    await expect(run(['ForceCommand echo only backups here'], ['id'])).rejects.toThrow('only backups here');
  });

  it('ends a command where no second channel may be opened for that', async () => {
    const seed = String(Math.random()).slice(2, 12);
    const end = await run(['MaxSessions 1'], ['sleep', `300.${seed}`], 500);
    expect(end).toMatchObject({ isOverdue: true, mayStillRun: false });
    expect(await processesWith(seed)).toEqual([]);
  });

  it('says that a command may still run where it cannot be ended', async () => {
    const seed = String(Math.random()).slice(2, 12);
    // What leaves its process group is out of reach.
    const end = await run([], ['sh', '-c', `setsid sleep 30.${seed} & wait`], 500);
    const left = await processesWith(seed);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(left).toHaveLength(1);
    expect(end).toMatchObject({ isOverdue: true, mayStillRun: true });
  });

  it('is let go of when it answers nothing and is stopped', async () => {
    const keys = ssh2.utils.generateKeyPairSync('ed25519');
    const ended: string[] = [];
    const server = new ssh2.Server({ hostKeys: [keys.private] }, (client) =>
      client
        .on('authentication', (asked) => asked.accept())
        .on('session', () => undefined)
        .on('error', () => undefined)
        .on('close', () => ended.push('closed')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const outbound = new Outbound(new Environment());
    outbound.allow('127.0.0.1', port);
    const digest = createHash('sha256')
      .update(Buffer.from(keys.public.split(' ')[1] ?? '', 'base64'))
      .digest('base64');
    const fingerprint = `SHA256:${digest.replace(/=+$/, '')}`;
    const stopping = new AbortController();
    const { signal } = stopping;
    const source = sourceOf({ port, fingerprint, username: 'ops', privateKey: keys.private });
    const connection = await SshConnection.open(outbound, source, signal);
    const running = new SshRunner(connection).run({ argv: ['id'] }, { signal, timeoutMs: 10_000 });
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    connection.close();
    await eventually(() => ended.length === 1);
    server.close();
  });

  it('does not mistake what a login says for what a command says', async () => {
    const { stdout } = await run(['Banner /etc/os-release', 'PrintMotd yes', 'PrintLastLog yes'], ['echo', 'it']);
    expect(stdout).toBe('it\n');
  });
});

function sourceOf({
  port,
  username,
  fingerprint,
  privateKey,
}: Pick<Sshd, 'port' | 'username' | 'fingerprint' | 'privateKey'>): OpenSource {
  return {
    ...{ name: 'odd', kind: 'ssh', environment: '' },
    settings: { host: '127.0.0.1', port, username, host_key: fingerprint },
    secrets: { private_key: privateKey },
  };
}
