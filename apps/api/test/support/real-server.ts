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
  /** Its arguments. */
  readonly args: (place: { port: number; folder: string }) => readonly string[];
  /** Whether it answers. */
  readonly isReady: (place: { port: number; folder: string }) => Promise<boolean>;
}

/** Starts a program on a free port of loopback and waits until it answers. */
export async function startRealServer(program: string, { files = {}, args, isReady }: Start): Promise<RealServer> {
  const path = programAt(program);
  if (path === undefined) throw new Error(`${program} is not installed: apt-get install it`);
  const folder = await mkdtemp(join(tmpdir(), 'opsagent-server-'));
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const child = spawn(path, args({ port, folder }), { cwd: folder, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await ended(child);
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

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
