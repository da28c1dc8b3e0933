import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');
const READY_MS = 60_000;

/** A running server of the built product, on a data folder of its own. */
export interface RunningServer {
  readonly url: string;
  /** Where the provider simulator answers. */
  readonly simulator: string;
  /** Everything the server has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts the built api and the provider simulator on free ports; resolves when the api is ready. */
export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'opsagent-e2e-'));
  const [port, simulatorPort] = [Number(settings['PORT'] ?? (await freePort())), await freePort()];
  const simulator = node(['tools/provider-simulator/main.ts', '--port', String(simulatorPort)], {});
  const server = node(['dist/api/apps/api/src/main.js'], {
    PORT: String(port),
    OPSAGENT_DATA_DIR: folder,
    OPSAGENT_OUTBOUND_ALLOW: `127.0.0.1:${simulatorPort}`,
    ...settings,
  });
  let printed = '';
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const url = `http://localhost:${port}`;
  await until(
    () => answers(`${url}/health/ready`),
    () => `The server did not start:\n${printed}`,
  );
  return {
    url,
    simulator: `http://127.0.0.1:${simulatorPort}`,
    output: () => printed,
    stop: async () => {
      await Promise.all([ended(server), ended(simulator)]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until it is true. @throws Error with `otherwise` when it does not become so in time */
export async function until(isTrue: () => Promise<boolean>, otherwise: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(otherwise());
    await new Promise((again) => setTimeout(again, 50));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (cause) {
    // fetch reports a refused connection as a TypeError.
    if (cause instanceof TypeError) return false;
    throw cause;
  }
}

function node(args: string[], settings: Record<string, string>): ChildProcess {
  // The developer's own keys of providers would become configurations.
  const own = Object.entries(process.env).filter(([name]) => !name.endsWith('_API_KEY'));
  return spawn(process.execPath, args, { cwd: ROOT, env: { ...Object.fromEntries(own), ...settings } });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
