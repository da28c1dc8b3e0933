import type { ToolResult } from '../agent-tool.js';
import type { CommandEnd, CommandRunner } from '../command/command-runner.js';
import { shownCommand } from '../command/quoting.js';
import { HostReader } from '../host/host-reader.js';

export interface RemediateInput {
  action: string;
  target: string;
  service?: string;
  pid?: number;
  started_at?: string;
  what?: string;
  path?: string;
  keep_mb?: number;
}

/** What an approver reads of a remedy. */
export interface Plan {
  /** The command, as it is run. */
  readonly argv: readonly string[];
  readonly changes: string;
  readonly rollback: string;
}

/** What an action has to be told. */
export interface Asked {
  /** What the input has to have besides action and target. */
  readonly needs: readonly (keyof RemediateInput)[];
  readonly optional?: readonly (keyof RemediateInput)[];
  /** Why it can never be done; undefined when it may be asked for. */
  problemWith?(input: RemediateInput): string | undefined;
}

/** One named action on a machine. */
export interface Remedy extends Asked {
  plan(input: RemediateInput): Plan;
  /** How things stand, and what the action would do to them; changes nothing. */
  preview(hands: Hands, input: RemediateInput): Promise<string>;
  /** Does it, and looks afterwards whether it has helped. */
  run(hands: Hands, input: RemediateInput): Promise<ToolResult>;
}

const ACTION_MS = 90_000;

/** Looks at a machine, and changes it. */
export class Hands {
  readonly host: HostReader;

  constructor(
    private readonly runner: CommandRunner,
    readonly signal: AbortSignal,
    private readonly emit: (text: string) => void = () => undefined,
  ) {
    this.host = new HostReader(runner, signal);
  }

  /** Runs what somebody has allowed. */
  act(argv: readonly string[]): Promise<CommandEnd> {
    return this.runner.run({ argv }, { signal: this.signal, timeoutMs: ACTION_MS, onOutput: this.emit });
  }
}

/** Why a command did not do what it was to do; undefined when it did. */
export function failureOf(argv: readonly string[], end: CommandEnd): ToolResult | undefined {
  if (end.exitCode === 0) return undefined;
  const how = end.isOverdue ? 'did not end in time' : `ended with ${end.killedBy ?? `exit code ${end.exitCode}`}`;
  const said = `${end.stderr}\n${end.stdout}`.trim().slice(0, 2_000);
  return { status: 'error', message: `${shownCommand(argv)} ${how}${said === '' ? '.' : `: ${said}`}` };
}
