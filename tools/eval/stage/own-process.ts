import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const KEPT_OUTPUT = 4_000;
const READY_WITHIN_MS = 30_000;
const MERCY_MS = 5_000;
const SETPRIV = '/usr/bin/setpriv';
/** "nobody" on every Linux, for programs that refuse to run as root. */
const NOBODY = 65_534;

export interface ProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Runs as nobody where this process is root. */
  readonly asNobody?: boolean;
  /** What the kernel sends it when this process is gone; SIGKILL when unset. */
  readonly orphanSignal?: 'KILL' | 'QUIT' | 'TERM';
  /** How it is told to end; SIGTERM when unset. */
  readonly signal?: NodeJS.Signals;
  /** Is told everything that it says. */
  readonly onOutput?: (text: string) => void;
}

const started: OwnProcess[] = [];

/** A process of ours: it ends when it is told to, and at the latest with this one, however that ends. */
export class OwnProcess {
  readonly name: string;
  readonly pid: number;
  output = '';
  private readonly child: ChildProcess;
  private readonly signal: NodeJS.Signals;
  private readonly closed: Promise<void>;

  constructor(name: string, program: string, args: readonly string[], options: ProcessOptions = {}) {
    const { PATH = '', HOME = '/', LANG = 'C.UTF-8' } = process.env;
    const { environment = {}, cwd, asNobody = false, orphanSignal = 'KILL', signal = 'SIGTERM', onOutput } = options;
    const [command, ...rest] = bound(program, args, asNobody, orphanSignal);
    this.name = name;
    this.signal = signal;
    this.child = spawn(command, rest, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { PATH, HOME, LANG, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C in a terminal reaches this process only, which then takes its children away in order.
      detached: true,
    });
    // Without a listener a program that cannot be started would end this process.
    this.child.on('error', (error) => (this.output += error.message));
    this.closed = new Promise((resolve) => this.child.once('close', () => resolve()));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_OUTPUT);
        onOutput?.(text);
      });
    }
    if (this.child.pid === undefined) throw new Error(`${name} did not start: there is no ${program}`);
    this.pid = this.child.pid;
    started.push(this);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Resolves once `isReady` says so. @throws Error with what it said when it ends before */
  async until(isReady: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!(await isReady().catch(() => false))) {
      if (this.hasEnded || performance.now() > deadline) throw new Error(`${this.name} is not ready:\n${this.output}`);
      await pause(25);
    }
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) this.child.kill(this.signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), MERCY_MS);
    await this.closed;
    clearTimeout(timer);
  }
}

/** Those that still run, and how many there were. */
export function processesLeft(): { readonly running: readonly string[]; readonly count: number } {
  const running = started.filter(({ pid }) => existsSync(`/proc/${pid}`)).map(({ name, pid }) => `${name} (${pid})`);
  return { running, count: started.length };
}

/** The kernel ends what is bound when this process is gone, even by SIGKILL. */
function bound(
  program: string,
  args: readonly string[],
  asNobody: boolean,
  orphanSignal: string,
): [string, ...string[]] {
  const isRoot = process.getuid?.() === 0;
  if (!existsSync(SETPRIV)) return [program, ...args];
  const account = asNobody && isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
  return [SETPRIV, ...account, '--pdeathsig', orphanSignal, program, ...args];
}
