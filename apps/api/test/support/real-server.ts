import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programAt } from '../../../../tools/real-servers.mjs';
import { eventually } from './eventually.js';

/** A real server in a folder of its own. */
export interface RealServer {
  readonly port: number;
  readonly folder: string;
  stop(): Promise<void>;
}

interface Start {
  /** The files it reads, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** What is done before it starts. */
  readonly prepare?: (place: Place) => void | Promise<void>;
  /** Its arguments. */
  readonly args: (place: Place) => readonly string[];
  /** Whether it answers. */
  readonly isReady: (place: Place) => Promise<boolean>;
  /** Under whom it runs, where it refuses to run as root. */
  readonly account?: { readonly uid?: number; readonly gid?: number };
  /** How it is ended. */
  readonly signal?: NodeJS.Signals;
}

interface Place {
  readonly port: number;
  readonly folder: string;
}

/** Starts a program, by its name or by where it is found for a folder, on a free port of loopback and waits until it answers. */
export async function startRealServer(
  program: string | ((folder: string) => string),
  start: Start,
): Promise<RealServer> {
  const { files = {}, prepare, args, isReady, account = {}, signal = 'SIGKILL' } = start;
  const folder = await mkdtemp(join(tmpdir(), 'opsagent-server-'));
  const path = typeof program === 'string' ? programAt(program) : program(folder);
  if (path === undefined) throw new Error(`${String(program)} is not installed: apt-get install it`);
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await prepare?.({ port, folder });
  const child = spawn(path, args({ port, folder }), { ...account, cwd: folder, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await ended(child, signal);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await eventually(() => isReady({ port, folder }).catch(() => false), 20_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, stop };
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
