import { parseArgs } from 'node:util';
import { SCRIPTED_MODEL } from './model/server.ts';

export interface Options {
  readonly isList: boolean;
  /** Only scenarios whose id holds this, with * for anything. */
  readonly only: string | undefined;
  /** The folder for transcripts. */
  readonly keep: string | undefined;
  readonly json: string | undefined;
  readonly isMissingAllowed: boolean;
  /** Undefined for the scripted model. */
  readonly model:
    { readonly provider: string; readonly name: string; readonly baseUrl: string | undefined } | undefined;
}

const FLAGS = {
  list: { type: 'boolean', default: false },
  only: { type: 'string' },
  keep: { type: 'string' },
  json: { type: 'string' },
  'allow-missing': { type: 'boolean', default: false },
  provider: { type: 'string' },
  model: { type: 'string' },
  'base-url': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const KEY_VARIABLE = 'OPSAGENT_EVAL_KEY';

export const USAGE = `Stages incidents on real servers and asks the operations agent of this very code what is wrong.

Usage: npm run eval -- [options]

  --list            one line a scenario, and how many there are
  --only PATTERN    only scenarios whose id fits, such as nginx-502 or */injected
  --keep FOLDER     keep a transcript of each scenario there
  --json FILE       write the results there as well
  --allow-missing   scenarios whose programs are not installed do not count as failed
  --provider NAME --model NAME [--base-url URL]
                    ask this model instead of the scripted one (${SCRIPTED_MODEL}); its key, where it needs one, is in ${KEY_VARIABLE}
  --help            this text

Ends with 1 when a scenario failed or could not be run. Needs Linux; starts servers on loopback only, never as a service.`;

/** @returns what the command line asks for; null when it asks for help. @throws Error in one sentence */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({ options: FLAGS, args: [...args] });
  if (values.help) return null;
  const { provider, model: name, 'base-url': baseUrl } = values;
  if ((provider === undefined) !== (name === undefined)) throw new Error('--provider and --model go together');
  return {
    isList: values.list,
    only: values.only,
    keep: values.keep,
    json: values.json,
    isMissingAllowed: values['allow-missing'],
    model: provider === undefined || name === undefined ? undefined : { provider, name, baseUrl },
  };
}

/** Whether an id fits a pattern, in which `*` stands for anything. */
export function fits(id: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(source, 'i').test(id);
}
