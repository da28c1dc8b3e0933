/** A program with its arguments; no shell reads them. */
export interface Command {
  readonly argv: readonly string[];
  /** An absolute path. */
  readonly cwd?: string;
}

export interface CommandOptions {
  /** Ends the command, and what it has started, when it is aborted. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Is shown pieces of the output while it comes. */
  readonly onOutput?: (text: string) => void;
}

/** How a command ended. */
export interface CommandEnd {
  /** Null when it did not come to its own end. */
  readonly exitCode: number | null;
  /** The signal that ended it, such as `SIGKILL`. */
  readonly killedBy: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isOverdue: boolean;
  /** Whether nobody could make sure that it has ended. */
  readonly mayStillRun: boolean;
  readonly ms: number;
}

/** Runs commands on one machine. */
export interface CommandRunner {
  /** @throws SourceFailed when the machine cannot be spoken to; the reason of `signal`, once the command was ended */
  run(command: Command, options: CommandOptions): Promise<CommandEnd>;
}

/** Where programs are looked for before anything that a user has set. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Output that can be read by a program, and nothing that waits for a key. */
export const PLAIN_OUTPUT = { LC_ALL: 'C', TERM: 'dumb', PAGER: 'cat', SYSTEMD_PAGER: 'cat', NO_COLOR: '1' } as const;
