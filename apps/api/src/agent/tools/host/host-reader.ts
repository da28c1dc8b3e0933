import { setTimeout as wait } from 'node:timers/promises';
import type { CommandEnd, CommandRunner } from '../command/command-runner.js';

const USUAL_MS = 10_000;
/** What a shell answers for a program that is not there, or may not be run. */
const NO_PROGRAM = [126, 127];

/** Looks at one machine by commands that change nothing. */
export class HostReader {
  constructor(
    private readonly runner: CommandRunner,
    readonly signal: AbortSignal,
  ) {}

  /** How a command ended; undefined where there is no such program. */
  async attempt(argv: readonly string[], timeoutMs = USUAL_MS): Promise<CommandEnd | undefined> {
    try {
      const end = await this.runner.run({ argv }, { signal: this.signal, timeoutMs });
      return NO_PROGRAM.includes(end.exitCode ?? 0) ? undefined : end;
    } catch (error) {
      if (['ENOENT', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /** What a command says, also when it complains; empty where there is no such program. */
  async text(argv: readonly string[], timeoutMs = USUAL_MS): Promise<string> {
    return (await this.attempt(argv, timeoutMs))?.stdout ?? '';
  }

  async lines(argv: readonly string[], timeoutMs = USUAL_MS): Promise<string[]> {
    return (await this.text(argv, timeoutMs)).split('\n').filter((line) => line !== '');
  }

  /** The content of small files by their paths; those that are not there or may not be read are left out. */
  async files(...paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    if (paths.length === 0) return found;
    for (const line of await this.lines(['grep', '-aH', '', ...paths])) {
      const path = paths.find((one) => line.startsWith(`${one}:`));
      if (path !== undefined) found.set(path, `${found.get(path) ?? ''}${line.slice(path.length + 1)}\n`);
    }
    return found;
  }

  pause(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.signal });
  }
}
