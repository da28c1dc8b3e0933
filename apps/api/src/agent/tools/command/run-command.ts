import { realpathSync } from 'node:fs';
import type { ToolRisk } from '@opsagent/contracts';
import type { AgentTool, ToolResult } from '../agent-tool.js';
import { resultFrom } from '../asked-source.js';
import type { CommandEnd, CommandRunner } from './command-runner.js';
import { COMMAND_SOURCES, type CommandTargets, LOCAL, LocalCommandsOff } from './command-targets.js';
import { shownCommand } from './quoting.js';
import { harmlessCall } from './reads/allowed-reads.js';
import { isReadableFile } from './reads/readable-files.js';

const USUAL_SECONDS = 20;
const MOST_SECONDS = 120;
/** What a tool may take over the command itself: connecting, and ending it. */
const AROUND_MS = 30_000;
const MOST_CHARACTERS = 20_000;
const LINK_MS = 5_000;

/** By the code that Node gives. */
const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program, or no such folder to start in',
  EACCES: 'OpsAgent may not run it',
  ENOTDIR: 'cwd is no folder',
  E2BIG: 'the arguments are too long',
  ENOEXEC: 'it is no program',
};

export interface RunCommandInput {
  target: string;
  argv: string[];
  cwd?: string;
  timeout_s?: number;
}

/** Runs a program with its arguments; what is not known to only read has to be allowed. */
export function runCommand(targets: CommandTargets): AgentTool<RunCommandInput> {
  return {
    name: 'run_command',
    description:
      'Runs one program with its arguments on a machine. There is no shell: no pipes, globs, redirections or variables; write every argument as its own item. Common commands that only look (ps, df, ss, journalctl, systemctl status, tail of a log in /var/log, kubectl get …) run at once; everything else waits until a person allows it, so ask for it only when it is needed. Answers output, exit code and signal.',
    parameters: {
      type: 'object',
      properties: {
        target: {
          type: 'string',
          maxLength: 63,
          description: `An SSH source, or ${LOCAL} for OpsAgent's own machine.`,
        },
        argv: {
          type: 'array',
          items: { type: 'string', maxLength: 4_000 },
          minItems: 1,
          maxItems: 100,
          description: 'The program and its arguments: ["df", "-h"].',
        },
        cwd: { type: 'string', maxLength: 1_000, description: 'The folder to start in, an absolute path.' },
        timeout_s: { type: 'integer', description: `Seconds it may take: 1 to ${MOST_SECONDS}.` },
      },
      required: ['target', 'argv'],
      additionalProperties: false,
    },
    risk: 'dangerous',
    label: { en: 'Run a command', zh: '执行命令' },
    sourceKinds: COMMAND_SOURCES,
    worksWithoutSource: targets.isLocalOn,
    timeoutMs: MOST_SECONDS * 1000 + AROUND_MS,

    riskOf,

    targetOf: ({ target }) => targets.placeOf(target),

    describe(input) {
      const problem = problemOf(input);
      if (problem !== undefined) throw new Error(problem);
      const environment = targets.environmentOf(input.target);
      const where = input.cwd === undefined ? '' : ` (in ${shownCommand([input.cwd])})`;
      return {
        target: targets.placeOf(input.target),
        summary: shownCommand(input.argv) + where,
        ...(environment === undefined ? {} : { environment }),
      };
    },

    async run(input, context) {
      const { signal } = context;
      const problem = problemOf(input);
      if (problem !== undefined) return { status: 'error', message: problem };
      const query = shownCommand(input.argv);
      const { timeout_s: seconds = USUAL_SECONDS } = input;
      const options = { signal, timeoutMs: seconds * 1000, onOutput: (text: string) => context.emit(text) };
      try {
        return await resultFrom(
          async () => {
            return targets.use(input.target, signal, async (runner) => {
              const away = await linkOutOfLogs(runner, input, signal);
              if (away !== undefined) return { status: 'refused', message: away, query };
              return toldEnd(input, query, await runner.run(input, options));
            });
          },
          { signal, query },
        );
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof LocalCommandsOff) return { status: 'refused', message: error.message, query };
        const why = NOT_STARTED[(error as NodeJS.ErrnoException).code ?? ''];
        if (why === undefined) throw error;
        return { status: 'error', message: `It could not be started: ${why}.`, query };
      }
    },
  };
}

/** What the call may do, as far as its words tell. */
export function riskOf({ target, argv }: RunCommandInput): ToolRisk {
  const call = harmlessCall(argv);
  if (!call) return 'dangerous';
  // A link in a folder of logs must not lead out of it.
  return target !== LOCAL || call.files.every(leadsToReadable) ? call.risk : 'dangerous';
}

function leadsToReadable(path: string): boolean {
  try {
    return isReadableFile(realpathSync(path));
  } catch {
    // What is not there cannot be read either.
    return true;
  }
}

/** Over there it can only be looked at once the call is made. @returns why it is not; undefined when all is well */
async function linkOutOfLogs(
  runner: CommandRunner,
  { target, argv }: RunCommandInput,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (target === LOCAL) return undefined;
  for (const path of harmlessCall(argv)?.files ?? []) {
    const { stdout, exitCode } = await runner.run({ argv: ['readlink', '-f', path] }, { signal, timeoutMs: LINK_MS });
    const real = stdout.replace(/\n$/, '');
    if (exitCode === 127) return `Whether ${path} is a link cannot be told there: readlink is missing.`;
    if (real === '' || isReadableFile(real)) continue;
    return `${path} is a link to ${real}. Name that file itself; a person has to allow it.`;
  }
  return undefined;
}

function problemOf({ argv, cwd, timeout_s: seconds = USUAL_SECONDS }: RunCommandInput): string | undefined {
  const words = [...argv, cwd ?? ''];
  if (words.some((word) => word.includes('\0') || !word.isWellFormed()))
    return 'An argument holds what no program can be given.';
  if (words.join('').length > MOST_CHARACTERS)
    return `The arguments are longer than ${MOST_CHARACTERS} characters together.`;
  if (!/^[\w./+][\w./+@:-]*$/.test(argv[0] ?? ''))
    return 'The first item of argv must be the name or the path of a program; each argument is an item of its own.';
  if (cwd !== undefined && !cwd.startsWith('/')) return 'cwd must be an absolute path.';
  if (seconds < 1 || seconds > MOST_SECONDS) return `timeout_s must be 1 to ${MOST_SECONDS}.`;
  return undefined;
}

function toldEnd(input: RunCommandInput, query: string, end: CommandEnd): ToolResult {
  const { exitCode, killedBy, stdout, stderr, ms } = end;
  const facts = {
    ...{ target: input.target, query, exit_code: exitCode, ms, stdout },
    ...(killedBy === null ? {} : { signal: killedBy }),
    ...(stderr === '' ? {} : { stderr }),
  };
  if (end.isOverdue) {
    const left = end.mayStillRun ? 'It could not be ended for sure and may still run.' : 'It was ended.';
    return { status: 'error', message: `It took longer than ${input.timeout_s ?? USUAL_SECONDS} s. ${left}`, ...facts };
  }
  if (killedBy !== null) return { status: 'error', message: `It was ended by ${killedBy}.`, ...facts };
  if (exitCode === 0) return { status: 'ok', ...facts };
  const message = `It ended with exit code ${exitCode}.`;
  // A look that finds nothing often ends so; an action that does has failed.
  if (riskOf(input) === 'dangerous' || exitCode === 126 || exitCode === 127)
    return { status: 'error', message, ...facts };
  return { status: stdout === '' && stderr === '' ? 'no_data' : 'ok', message, ...facts };
}
