import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.js';
import type { Binaries } from './binaries.js';
import { childEnvironment } from '../../config/child-environment.js';
import { canBeEnteredByServer, serverAccount } from './server-account.js';

/** Name of the owner and of the database inside the embedded server. */
export const OWNER = 'opsagent';

/** Windows has no private socket folder: there the server listens on loopback behind this password. */
const PASSWORD_FILE = 'postgres-password';

/** Makes the files of a new database where there are none yet. @throws StartError when these belong to another version. */
export async function prepareCluster(
  dataDir: string,
  programs: Binaries,
  report: (line: string) => void,
): Promise<string> {
  const cluster = join(dataDir, 'postgres');
  if (existsSync(cluster)) {
    refuseOtherMajor(cluster, programs.major);
    return cluster;
  }
  report('Creating the database (once, a few seconds) …');
  const unfinished = makeOwnedFolder(join(dataDir, 'postgres.unfinished'));
  await runInitdb(unfinished, dataDir, programs);
  // Renamed when complete: a start that is killed here leaves nothing that looks like a database.
  renameSync(unfinished, cluster);
  return cluster;
}

export function clusterPassword(dataDir: string): string | undefined {
  return process.platform === 'win32' ? readFileSync(join(dataDir, PASSWORD_FILE), 'utf8') : undefined;
}

function refuseOtherMajor(cluster: string, major: number): void {
  const file = join(cluster, 'PG_VERSION');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === undefined) throw new StartError(`The folder ${cluster} holds no PostgreSQL database; move it away.`);
  if (Number(found) === major) return;
  throw new StartError(
    `The data in ${cluster} was written by PostgreSQL ${found} and this is ${major}; dump it with ${found} and load it with ${major}, or choose another OPSAGENT_DATA_DIR.`,
  );
}

/** Root's folder may be closed to everyone else; the server has to pass through it. @throws StartError when it cannot. */
export function letServerIn(dataDir: string): void {
  if (canBeEnteredByServer(dataDir)) return;
  chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (canBeEnteredByServer(dataDir)) return;
  throw new StartError(
    `The database may not run as root, and its account cannot enter ${dataDir}; set OPSAGENT_DATA_DIR to a folder outside private ones.`,
  );
}

/** An empty folder that only the server's account can read. */
export function makeOwnedFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const { uid, gid } = serverAccount();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

async function runInitdb(cluster: string, dataDir: string, programs: Binaries): Promise<void> {
  const collation = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const rest = [
    '-D',
    cluster,
    '-U',
    OWNER,
    '-E',
    'UTF8',
    '--no-instructions',
    ...collation,
    ...accessArguments(dataDir),
  ];
  const child = spawn(programs.initdb, rest, {
    ...serverAccount(),
    env: childEnvironment(),
    cwd: cluster,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new StartError(`The database could not be created in ${cluster}: ${lastLine(complaint)}`);
}

function accessArguments(dataDir: string): string[] {
  if (process.platform !== 'win32') return ['--auth=trust'];
  const file = join(dataDir, PASSWORD_FILE);
  writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return ['--auth=scram-sha-256', `--pwfile=${file}`];
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() || 'no reason given';
}
