import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { childEnvironment } from '../../config/child-environment.js';
import { StartError } from '../../config/start-error.js';
import type { ConnectionFacts } from '../open-database.js';
import type { Binaries } from './binaries.js';
import { clusterPassword, lastLine, OWNER } from './cluster.js';
import { isAlive } from './folder-lock.js';
import { serverAccount } from './server-account.js';
import { makeSocketFolder, removeSocketFolder } from './socket-folder.js';

/** Recovery after a power cut can take a while; nothing is wrong with a server that is still at it. */
const READY_WITHIN_MS = 120_000;
const STOPPED_WITHIN_MS = 10_000;
const LOG_LIMIT_BYTES = 10_000_000;

/** One running PostgreSQL server on one folder. */
export interface ServerProcess {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
}

/** What a live server wrote about itself into `postmaster.pid`; nothing when none lives. */
export function findServer(cluster: string): ServerProcess | undefined {
  const [pidText = '', , , port = '', socketFolder = '', address = ''] = readLines(join(cluster, 'postmaster.pid'));
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (isAlive(pid) && worksIn(pid, cluster)) return { pid, host: socketFolder || address, port: Number(port) };
  // Otherwise the server takes the number of a dead process, handed out again, for a rival.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** A server's working folder is its data folder; where that cannot be seen, the process id has to do. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT' || process.platform !== 'linux';
  }
}

/** Starts the server as a child that outlives this process, should it be killed: the next start adopts it. */
export async function startServer(
  cluster: string,
  dataDir: string,
  programs: Binaries,
  settings: Record<string, string>,
): Promise<ServerProcess> {
  const place =
    process.platform === 'win32'
      ? { host: '127.0.0.1', port: await freePort() }
      : { host: makeSocketFolder(cluster), port: 5432 };
  const log = openLog(join(dataDir, 'postgres.log'));
  const child = spawn(programs.postgres, ['-D', cluster, ...serverArguments(place, settings)], {
    ...serverAccount(),
    env: childEnvironment(),
    cwd: cluster,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return { pid: child.pid ?? 0, ...place };
}

function serverArguments(place: { host: string; port: number }, settings: Record<string, string>): string[] {
  const windows = process.platform === 'win32';
  const all: Record<string, string> = {
    listen_addresses: windows ? place.host : '',
    unix_socket_directories: windows ? '' : place.host,
    port: String(place.port),
    shared_buffers: '64MB',
    max_connections: '60',
    // A detail line would carry the values of a row.
    log_error_verbosity: 'terse',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Waits until the server takes connections; nothing when it ended instead. */
export async function whenReady(server: ServerProcess, dataDir: string): Promise<ConnectionFacts | undefined> {
  const password = clusterPassword(dataDir);
  const facts = { host: server.host, port: server.port, user: OWNER, database: OWNER, ...(password && { password }) };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await answers(facts)) return facts;
    if (!isAlive(server.pid)) return undefined;
    await pause(15);
  }
  throw new StartError(
    `The embedded database is not ready after ${READY_WITHIN_MS / 1000} s; its log is in ${dataDir}.`,
  );
}

/** The server's own last word, for the person whose start failed. */
export function lastWords(dataDir: string): string {
  return lastLine(readLines(join(dataDir, 'postgres.log')).join('\n'));
}

/** Also makes the database inside the server where it is missing. */
async function answers(facts: ConnectionFacts): Promise<boolean> {
  const client = new Client({ ...facts, database: 'postgres' });
  // A server that goes away meanwhile also rejects the calls below.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_database where datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`create database ${OWNER}`);
    return true;
  } catch (error) {
    if (isStillStarting(error)) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** No socket yet, or "the database system is starting up" (57P03), or going down (57P01). */
function isStillStarting(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03'].includes(code ?? '')) return true;
  return message?.startsWith('Connection terminated') === true;
}

/** Ends the server by a fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(server: ServerProcess): Promise<void> {
  const deadline = Date.now() + STOPPED_WITHIN_MS;
  try {
    process.kill(server.pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw error;
  }
  while (isAlive(server.pid) && Date.now() < deadline) await pause(10);
  if (server.host.startsWith('/')) removeSocketFolder(server.host);
}

function openLog(path: string): number {
  const isLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES;
  return openSync(path, isLong ? 'w' : 'a', 0o600);
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
