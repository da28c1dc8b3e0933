import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { deserializeMessage, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { childEnvironment } from '../../../platform/config/child-environment.js';

/** A program that has been told to end gets this long before it is killed. */
const GRACE_MS = 1_000;
/** What it wrote last may still be on its way. */
const READ_ON_MS = 200;
const LONGEST_COMPLAINT = 300;

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly maxBytes: number;
}

/** The program ended by itself. */
export class ProgramEnded extends Error {}

/** Speaks to an MCP server that is a program, in a process group of its own that ends as a whole. */
export class ChildTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T) => void;
  /** What it wrote to its standard error, as far as it is worth telling. */
  complaint = '';
  private child: Running | undefined;
  /** Of a line that has not ended yet. */
  private parts: Buffer[] = [];
  private size = 0;

  constructor(private readonly program: Program) {}

  async start(): Promise<void> {
    const { command, args, variables } = this.program;
    const child = spawn(command, args, {
      // Nothing of this server's own settings goes to a program.
      env: { ...childEnvironment(), ...variables },
      cwd: tmpdir(),
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    child.on('error', (error) => {
      this.onerror?.(error);
      if (child.pid === undefined) this.end();
    });
    child.on('exit', () => letGo(child));
    child.on('close', () => this.end());
    child.stdin.on('error', (error) => this.onerror?.(error));
    child.stdout.on('data', (bytes: Buffer) => this.read(bytes));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.complaint = (this.complaint + text).slice(-LONGEST_COMPLAINT);
    });
    await once(child, 'spawn');
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null) throw new ProgramEnded();
    await new Promise<void>((resolve, reject) => {
      child.stdin.write(serializeMessage(message), (error) => (error ? reject(new ProgramEnded()) : resolve()));
    });
  }

  async close(): Promise<void> {
    const { child } = this;
    if (!child) return;
    const closed = once(child, 'close');
    child.stdin.end();
    signalGroup(child.pid, 'SIGTERM');
    const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    await closed;
    clearTimeout(late);
  }

  private read(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf('\n'); at !== -1; at = bytes.indexOf('\n', from)) {
      this.keep(bytes.subarray(from, at));
      this.tell();
      from = at + 1;
    }
    this.keep(bytes.subarray(from));
  }

  private keep(part: Buffer): void {
    this.parts.push(part);
    this.size += part.length;
    if (this.size <= this.program.maxBytes) return;
    this.parts = [];
    this.complaint = `its answer is larger than ${this.program.maxBytes} bytes`;
    signalGroup(this.child?.pid, 'SIGKILL');
  }

  /** One line; what is no message is left out. */
  private tell(): void {
    const line = Buffer.concat(this.parts).toString('utf8');
    this.parts = [];
    this.size = 0;
    try {
      this.onmessage?.(deserializeMessage(line));
    } catch (error) {
      this.onerror?.(error as Error);
    }
  }

  private end(): void {
    if (!this.child) return;
    this.child = undefined;
    this.onclose?.();
  }
}

/** Ends what a program started and left behind. Who has left its group may hold its output: that is not waited for. */
function letGo(child: Running): void {
  signalGroup(child.pid, 'SIGKILL');
  const close = (): void => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  setTimeout(close, READ_ON_MS).unref();
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}
