import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 20_000;
const KEPT_OUTPUT = 4_000;

/** One process of ours: started, waited for, ended. */
export class Child {
  private readonly process: ChildProcess;
  private readonly name: string;
  private output = '';

  constructor(name: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.name = name;
    const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env;
    this.process = spawn(process.execPath, args, {
      env: { PATH, HOME, LANG, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT_OUTPUT)));
    }
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error(`${this.name} did not start`);
    return this.process.pid;
  }

  /** Resolves once `isReady` says so, asked every few milliseconds. @throws Error with the output when the process ends before. */
  async until(isReady: () => Promise<boolean>, everyMs = 4): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await isReady())) {
      if (this.hasEnded || performance.now() > deadline) throw new Error(`${this.name} is not ready:\n${this.output}`);
      await pause(everyMs);
    }
  }

  /** Asks the process to end; what does not listen is killed. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await exit;
    clearTimeout(timer);
  }

  private get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }
}
