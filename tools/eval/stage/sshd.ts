import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import ssh2 from 'ssh2';
import type { Workspace } from './workspace.ts';

/** Where it separates its privileges; a service unit would make it. */
const PRIVILEGES = '/run/sshd';

/** Starts a real sshd that lets this very user in by a key, and registers it. */
export async function startSshd(workspace: Workspace, name: string, description: string): Promise<void> {
  const [host, user] = [ssh2.utils.generateKeyPairSync('ed25519'), ssh2.utils.generateKeyPairSync('ed25519')];
  const [hostKey, authorized] = [
    await workspace.file('ssh/host', host.private),
    await workspace.file('ssh/authorized', `${user.public}\n`),
  ];
  for (const file of [hostKey, authorized]) await chmod(file, 0o600);
  if (process.getuid?.() === 0 && !existsSync(PRIVILEGES)) {
    mkdirSync(PRIVILEGES);
    workspace.atEnd(() => rmdirSync(PRIVILEGES));
  }
  const lines = [
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'PidFile none',
  ];
  const config = await workspace.file(
    'ssh/sshd_config',
    [...lines, `HostKey ${hostKey}`, `AuthorizedKeysFile ${authorized}`, ''].join('\n'),
  );
  const port = await workspace.port();
  await workspace.program('sshd', ['-D', '-e', '-f', config, '-o', `ListenAddress=127.0.0.1:${port}`], () =>
    greets(port),
  );
  const digest = createHash('sha256')
    .update(Buffer.from(host.public.split(' ')[1] ?? '', 'base64'))
    .digest('base64');
  workspace.sources.push({
    ...{ name, kind: 'ssh', description },
    settings: {
      host: '127.0.0.1',
      port,
      username: userInfo().username,
      host_key: `SHA256:${digest.replace(/=+$/, '')}`,
    },
    secrets: { private_key: user.private },
  });
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isThere: boolean): void => {
      resolve(isThere);
      socket.destroy();
    };
    socket.once('data', (bytes) => end(bytes.toString('latin1').startsWith('SSH-'))).once('error', () => end(false));
  });
}
