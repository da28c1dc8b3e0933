import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { startRealServer } from './real-server.js';

/** An OpenSSH server that lets the user of these tests sign in by a key. */
export interface Sshd {
  readonly port: number;
  readonly folder: string;
  readonly username: string;
  readonly privateKey: string;
  /** Of its host key: `SHA256:…`. */
  readonly fingerprint: string;
  stop(): Promise<void>;
}

/** @param more lines of its configuration */
export async function startSshd(more: readonly string[] = []): Promise<Sshd> {
  const keys = await mkdtemp(join(tmpdir(), 'opsagent-sshd-'));
  const [host, user] = [ssh2.utils.generateKeyPairSync('ed25519'), ssh2.utils.generateKeyPairSync('ed25519')];
  await writeFile(join(keys, 'host'), host.private, { mode: 0o600 });
  await writeFile(join(keys, 'authorized'), `${user.public}\n`, { mode: 0o600 });
  // Where it separates its privileges; a service unit would make it.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const config = [
    ...[
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'PidFile none',
    ],
    ...[`HostKey ${keys}/host`, `AuthorizedKeysFile ${keys}/authorized`, ...more, ''],
  ].join('\n');
  const server = await startRealServer('sshd', {
    files: { sshd_config: config },
    args: ({ port, folder }) => ['-D', '-f', `${folder}/sshd_config`, '-o', `ListenAddress=127.0.0.1:${port}`],
    isReady: ({ port }) => greets(port),
  });
  const [, publicKey = ''] = host.public.split(' ');
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64');
  return {
    ...{ port: server.port, folder: server.folder, username: userInfo().username, privateKey: user.private },
    fingerprint: `SHA256:${digest.replace(/=+$/, '')}`,
    stop: async () => {
      await server.stop();
      await rm(keys, { recursive: true, force: true });
    },
  };
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
