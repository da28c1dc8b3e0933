import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { SshConnection } from '../../sources/ssh-connection.adapter.js';
import { SourceFailed } from '../../sources/source-kind.js';
import { BoundedOutput, ShownOutput } from './bounded-output.js';
import {
  type Command,
  type CommandEnd,
  type CommandOptions,
  type CommandRunner,
  PLAIN_OUTPUT,
  SYSTEM_PATH,
} from './command-runner.js';
import { quoted } from './quoting.js';

/** All that the login shell over there reads, whichever it is; the rest goes to a POSIX shell by its input. */
const SHELL = 'exec /bin/sh -s';
const LAST_OUTPUT_MS = 300;
/** How long the end of a command that is to be ended is waited for. */
const KILL_MS = 2_000;
const SIGNAL_MS = 300;
/** What tells the command's watcher to end it. A shell may swallow it together with its script, so it is said again. */
const STOP = 'stop\n';
const STOP_AGAIN_MS = 50;
/** Bytes of what a login shell says first; of more its end is kept. */
const MOST_PREFACE = 64 * 1024;

/** The channel of a command, as far as this file needs it. */
type Channel = Awaited<ReturnType<SshConnection['exec']>>;

/** Runs commands on another machine. */
export class SshRunner implements CommandRunner {
  constructor(private readonly connection: SshConnection) {}

  async run(command: Command, { signal, timeoutMs, onOutput = () => undefined }: CommandOptions): Promise<CommandEnd> {
    signal.throwIfAborted();
    const started = performance.now();
    const channel = await this.connection.exec(SHELL, signal);
    const remote = new RemoteCommand(channel, onOutput);
    channel.write(remote.scriptOf(command));
    const why = await remote.ended(signal, timeoutMs);
    const mayStillRun = why !== 'ended' && !(await this.endRemote(remote));
    signal.throwIfAborted();
    if (why === 'ended') this.checkEnd(remote);
    return {
      ...remote.facts(),
      isOverdue: why === 'overdue',
      mayStillRun,
      ms: Math.round(performance.now() - started),
    };
  }

  /** @throws SourceFailed when the command was not begun, or its end is not known */
  private checkEnd({ exit, refusal }: RemoteCommand): void {
    if (exit === undefined) {
      const because = this.connection.end?.message ?? 'the other side said nothing of its end';
      throw new SourceFailed('failed', `The connection was lost while the command ran (${because}); it may still run.`);
    }
    if (refusal !== undefined) throw new SourceFailed('failed', `This user may run no command there: ${refusal}`);
  }

  /** @returns whether the command has surely ended */
  private async endRemote(remote: RemoteCommand): Promise<boolean> {
    try {
      // Where its watcher cannot end it, the server itself may: OpenSSH does, but not for root.
      return (await remote.stopped()) || (await remote.signalled());
    } finally {
      remote.close();
    }
  }
}

/** One command over there, and what it says. */
class RemoteCommand {
  exit: { code: number | null; signal: string | null } | undefined;
  private readonly nonce = randomUUID();
  private readonly stdout = new BoundedOutput();
  private readonly stderr = new BoundedOutput();
  private readonly shown: ShownOutput;
  /** What came before the line that tells of its beginning; undefined after it. */
  private preface: Buffer | undefined = Buffer.alloc(0);

  constructor(
    private readonly channel: Channel,
    onOutput: (text: string) => void,
  ) {
    this.shown = new ShownOutput(onOutput);
    channel.on('data', (bytes: Buffer) => this.addOutput(bytes));
    channel.stderr.on('data', (bytes: Buffer) => this.keep(this.stderr, bytes));
    channel.on('exit', (code: number | null, signal?: string) => {
      this.exit = { code, signal: signal ?? null };
      // Lets the watcher go, and with it the channel.
      channel.end();
    });
  }

  /**
   * A watcher waits at the channel's input for the word to end the command: nothing has to be opened for that, which
   * would take long on a busy machine. sshd makes the shell, which the command replaces, the leader of a process group.
   */
  scriptOf({ argv, cwd = '/' }: Command): string {
    const settings = Object.entries(PLAIN_OUTPUT).map(([name, value]) => `${name}=${value}`);
    return [
      `PATH=${SYSTEM_PATH}:"$PATH" ${settings.join(' ')}`,
      `export PATH ${Object.keys(PLAIN_OUTPUT).join(' ')}`,
      `exec 3<&0`,
      `(trap '' TERM; read -r word && { kill -TERM -$$; sleep 0.1 || sleep 1; kill -KILL -$$; }) <&3 2>/dev/null &`,
      `echo ${this.nonce}`,
      `cd ${quoted(cwd)} || exit 126`,
      `exec ${argv.map(quoted).join(' ')} </dev/null 3<&-`,
      '',
    ].join('\n');
  }

  async ended(signal: AbortSignal, timeoutMs: number): Promise<'ended' | 'overdue' | 'aborted'> {
    const { promise, resolve } = Promise.withResolvers<'ended' | 'overdue' | 'aborted'>();
    const onAbort = (): void => resolve('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const timer = setTimeout(() => resolve('overdue'), timeoutMs);
    let last: NodeJS.Timeout | undefined;
    this.channel.once('exit', () => (last = setTimeout(() => resolve('ended'), LAST_OUTPUT_MS)));
    this.channel.once('close', () => resolve('ended'));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      clearTimeout(last);
      signal.removeEventListener('abort', onAbort);
    }
  }

  facts(): Pick<CommandEnd, 'exitCode' | 'killedBy' | 'stdout' | 'stderr'> {
    const { code = null, signal = null } = this.exit ?? {};
    return { exitCode: code, killedBy: signal, stdout: this.stdout.text(), stderr: this.stderr.text() };
  }

  /** What was said instead of beginning; undefined once it has begun. */
  get refusal(): string | undefined {
    return this.preface?.toString('utf8').trim().slice(0, 500);
  }

  /** Tells its watcher to end it with all of its group. @returns whether nobody holds its output any more */
  async stopped(): Promise<boolean> {
    const closed = new Promise<true>((resolve) => this.channel.once('close', () => resolve(true)));
    const tell = (): unknown => this.channel.writable && this.channel.write(STOP);
    tell();
    const again = setInterval(tell, STOP_AGAIN_MS);
    try {
      return await Promise.race([closed, wait(KILL_MS, false)]);
    } finally {
      clearInterval(again);
    }
  }

  /** Asks the server itself to kill it. @returns whether it has ended */
  async signalled(): Promise<boolean> {
    const ended = new Promise<true>((resolve) => this.channel.once('exit', () => resolve(true)));
    this.channel.signal('KILL');
    return Promise.race([ended, wait(SIGNAL_MS, false)]);
  }

  close(): void {
    this.channel.close();
  }

  /** What a login shell says before it runs anything is not the command's output. */
  private addOutput(bytes: Buffer): void {
    if (this.preface === undefined) return this.keep(this.stdout, bytes);
    this.preface = Buffer.concat([this.preface, bytes]).subarray(-MOST_PREFACE);
    const at = this.preface.indexOf(this.nonce);
    const end = at === -1 ? -1 : this.preface.indexOf('\n', at);
    if (end === -1) return;
    const rest = this.preface.subarray(end + 1);
    this.preface = undefined;
    if (rest.length > 0) this.keep(this.stdout, rest);
  }

  private keep(output: BoundedOutput, bytes: Buffer): void {
    output.add(bytes);
    this.shown.add(bytes);
  }
}
