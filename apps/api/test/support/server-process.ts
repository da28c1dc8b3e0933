import { type ChildProcess, spawn } from 'node:child_process';
import { workspaceRoot } from '../../src/platform/config/workspace-root.js';
import { eventually } from './eventually.js';

/** Starts compile the sources and may create a database, on a machine that is busy with other tests. */
const STARTED_WITHIN_MS = 60_000;

/** The server as its user starts it: a process of its own. */
export class ServerProcess {
  output = '';
  private code: number | null | undefined;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.output += String(data)));
    child.on('close', (code) => (this.code = code));
  }

  /** `settings` is the whole of its environment. */
  static spawn(settings: Record<string, string>): ServerProcess {
    const entry = ['--import', '@swc-node/register/esm-register', 'apps/api/src/main.ts'];
    const environment = { PATH: process.env['PATH'], SWC_NODE_PROJECT: 'tsconfig.base.json', ...settings };
    return new ServerProcess(spawn(process.execPath, entry, { cwd: workspaceRoot(), env: environment }));
  }

  /** Waits for the address it prints. */
  async ready(): Promise<string> {
    await eventually(() => this.code !== undefined || this.address() !== undefined, STARTED_WITHIN_MS);
    const address = this.address();
    if (address === undefined) throw new Error(`The server ended: ${this.output}`);
    return address;
  }

  /** Waits for its end and answers the exit code. */
  async ended(withinMs = STARTED_WITHIN_MS): Promise<number | null> {
    await eventually(() => this.code !== undefined, withinMs);
    return this.code ?? null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Whatever a failed test left running. */
  async kill(): Promise<void> {
    if (this.code === undefined) this.child.kill('SIGTERM');
    await this.ended();
  }

  private address(): string | undefined {
    return /OpsAgent is ready: (\S+)/.exec(this.output)?.[1];
  }
}
