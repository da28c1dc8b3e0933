import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { BoundedOutput, ShownOutput } from './bounded-output.js';
import {
  type Command,
  type CommandEnd,
  type CommandOptions,
  type CommandRunner,
  PLAIN_OUTPUT,
  SYSTEM_PATH,
} from './command-runner.js';

/** How long a program may take to end by itself when it is told to. */
const MERCY_MS = 100;
/** How long its end is waited for after that. */
const KILL_MS = 2_000;
/** How long output is waited for after a program has ended: what it left behind may hold the pipe open. */
const LAST_OUTPUT_MS = 200;
/** Found in the environment of everything that a command starts, whatever group it moves to. */
const MARK = 'COMMAND_MARK';

/** Runs commands on the machine of this server, with nothing of its environment. */
export class LocalRunner implements CommandRunner {
  constructor(private readonly path = SYSTEM_PATH) {}

  async run({ argv: [program = '', ...args], cwd = '/' }: Command, options: CommandOptions): Promise<CommandEnd> {
    const { signal, timeoutMs, onOutput = () => undefined } = options;
    signal.throwIfAborted();
    const started = performance.now();
    const mark = randomUUID();
    const env = { PATH: this.path, HOME: homedir(), ...PLAIN_OUTPUT, [MARK]: mark };
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, shown] = [new BoundedOutput(), new BoundedOutput(), new ShownOutput(onOutput)];
    for (const [stream, kept] of [
      [child.stdout, stdout],
      [child.stderr, stderr],
    ] as const) {
      stream.on('data', (bytes: Buffer) => {
        kept.add(bytes);
        shown.add(bytes);
      });
    }
    const why = await endOf(child, signal, timeoutMs);
    const mayStillRun = why !== 'ended' && !(await endAll(child, mark));
    signal.throwIfAborted();
    return {
      exitCode: child.exitCode,
      killedBy: child.signalCode,
      ...{ stdout: stdout.text(), stderr: stderr.text() },
      ...{ isOverdue: why === 'overdue', mayStillRun, ms: Math.round(performance.now() - started) },
    };
  }
}

/** @throws Error when it could not be started */
async function endOf(
  child: ChildProcess,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<'ended' | 'overdue' | 'aborted'> {
  const { promise, resolve, reject } = Promise.withResolvers<'ended' | 'overdue' | 'aborted'>();
  const onAbort = (): void => resolve('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => resolve('overdue'), timeoutMs);
  let last: NodeJS.Timeout | undefined;
  child.once('error', reject);
  child.once('close', () => resolve('ended'));
  child.once('exit', () => {
    last = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve('ended');
    }, LAST_OUTPUT_MS);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearTimeout(last);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Ends a command with everything that it has started. @returns whether it is gone */
async function endAll(child: ChildProcess, mark: string): Promise<boolean> {
  const { pid } = child;
  if (pid === undefined) return true;
  const exited = new Promise<true>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(true);
    else child.once('exit', () => resolve(true));
  });
  send(-pid, 'SIGTERM');
  const asked = markedProcesses(mark).then((others) => others.forEach((one) => send(one, 'SIGTERM')));
  await Promise.race([exited, wait(MERCY_MS)]);
  // Its own group at once: to look for what has left it takes long on a busy machine.
  send(-pid, 'SIGKILL');
  await asked;
  for (const one of await markedProcesses(mark)) send(one, 'SIGKILL');
  // What the kernel holds, or what runs as somebody else, does not end.
  const isGone = await Promise.race([exited, wait(KILL_MS, false)]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return isGone;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended meanwhile, or has become somebody else's.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Where there is no /proc, the process group is all that is ended. */
async function markedProcesses(mark: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.allSettled(
    pids.map(async (pid) => ((await readFile(`/proc/${pid}/environ`, 'latin1')).includes(mark) ? [Number(pid)] : [])),
  );
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}
