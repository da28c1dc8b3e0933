import { parseArgs } from 'node:util';

/** The parts of a run, in the order they are measured. */
export const SUITES = ['blocking', 'first-token', 'streaming', 'memory', 'start', 'agent', 'lists', 'audit'] as const;
export type Suite = (typeof SUITES)[number];

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly suites: readonly Suite[];
  /** The built server. */
  readonly server: string;
  /** The document whose figures are replaced; null prints them alone. */
  readonly write: string | null;
  /** Between which markers of the document. */
  readonly section: string;
}

const FLAGS = {
  rounds: { type: 'string', default: '3' },
  seconds: { type: 'string', default: '3' },
  only: { type: 'string', default: SUITES.join(',') },
  server: { type: 'string', default: 'dist/api/apps/api/src/main.js' },
  write: { type: 'string' },
  section: { type: 'string', default: 'figures' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const USAGE = `Measures OpsAgent against the provider simulator called directly and through a raw proxy, in one run.

Usage: node tools/bench/main.ts [options]

  --rounds N     3 by default, 1 to 20; figures are medians of the rounds
  --seconds N    3 by default, 1 to 30: how long each load lasts in each round
  --only LIST    of ${SUITES.join(',')}; all by default
  --server FILE  the built server, ${FLAGS.server.default} by default (npx nx run api:build)
  --write FILE   put the figures between the markers of this document, such as docs/performance.md
  --section NAME between which of them, ${FLAGS.section.default} by default
  --help         this text

Ends with 1 when any answer differed from what the model said, or failed. Needs Linux; uses loopback addresses only.`;

/** @returns what the command line asks for; null when it asks for help. @throws Error in one sentence. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({ options: FLAGS, args: [...args] });
  if (values.help) return null;
  return {
    rounds: wholeNumber('rounds', values.rounds, 20),
    seconds: wholeNumber('seconds', values.seconds, 30),
    suites: suitesOf(values.only),
    server: values.server,
    write: values.write ?? null,
    section: values.section,
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`--${name} ${text} is not a whole number from 1 to ${most}`);
  }
  return value;
}

function suitesOf(text: string): Suite[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !SUITES.some((suite) => suite === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${SUITES.join(', ')}`);
  return SUITES.filter((suite) => names.includes(suite));
}
