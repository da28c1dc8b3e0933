import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { scenariosOf } from './incident.ts';
import { INCIDENTS } from './incidents/all.ts';
import { fits, KEY_VARIABLE, type Options, readOptions, USAGE } from './options.ts';
import { BUILT, type ModelChoice } from './product/product.ts';
import { listOf, sumOf, tableOf, transcriptOf } from './report.ts';
import { type Outcome, runScenarios } from './runner.ts';
import { foldersLeft, removeLeftFolders } from './stage/folders.ts';
import { portsLeft } from './stage/ports.ts';
import { processesLeft } from './stage/own-process.ts';

/** A run that hangs ends as well. */
const LONGEST_MS = 60 * 60_000;

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (!options) return said(USAGE, 0);
  const scenarios = scenariosOf(INCIDENTS).filter(({ id }) => fits(id, options.only));
  if (options.isList) return said(listOf(scenarios), 0);
  if (process.platform !== 'linux') throw new Error('incidents are staged on Linux only');
  if (scenarios.length === 0) throw new Error(`no scenario fits ${options.only}`);
  const model = modelOf(options);
  await removeLeftFolders();
  const started = performance.now();
  const outcomes = await runScenarios({
    ...{ scenarios, entry: BUILT, signal: interrupted(), onOutcome: (outcome) => console.log(lineOf(outcome)) },
    ...(model ? { model } : {}),
  });
  await keep(options, outcomes);
  console.log(`\n${tableOf(outcomes)}\n`);
  const isClean = await tellAftermath();
  console.log(sumOf(outcomes, (performance.now() - started) / 1000));
  const isWhole = outcomes.length >= scenarios.length;
  const isWell = outcomes.every(
    ({ result }) => result === 'passed' || (result === 'not run' && options.isMissingAllowed),
  );
  return isClean && isWhole && isWell ? 0 : 1;
}

/** Ctrl-C and SIGTERM end what runs and take everything away; the second time at once. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      console.error('Ending; everything is being taken away …');
      controller.abort(new Error('interrupted'));
    });
  }
  setTimeout(() => controller.abort(new Error('took too long')), LONGEST_MS).unref();
  return controller.signal;
}

function modelOf({ model }: Options): ModelChoice | undefined {
  if (!model) return undefined;
  const { provider, name, baseUrl } = model;
  return { provider, model: name, key: process.env[KEY_VARIABLE], baseUrl };
}

async function keep({ keep: folder, json }: Options, outcomes: readonly Outcome[]): Promise<void> {
  if (json !== undefined) await writeFile(inCaller(json), `${JSON.stringify(outcomes, null, 2)}\n`);
  if (folder === undefined) return;
  await mkdir(inCaller(folder), { recursive: true });
  for (const outcome of outcomes) {
    await writeFile(join(inCaller(folder), `${outcome.id.replaceAll('/', '-')}.md`), transcriptOf(outcome));
  }
}

/** Says whether the machine is as it was. */
async function tellAftermath(): Promise<boolean> {
  const [processes, folders, ports] = [processesLeft(), foldersLeft(), await portsLeft()];
  const left = [...processes.running, ...folders.there, ...ports.open.map((port) => `port ${port}`)];
  if (left.length === 0) {
    console.log(
      `Left as found: ${processes.count} processes ended, ${folders.count} folders removed, ${ports.count} ports closed.`,
    );
  } else console.error(`Still there: ${left.join(', ')}`);
  return left.length === 0;
}

function lineOf({ id, result, why, seconds }: Outcome): string {
  return `${result.padEnd(8)} ${id} (${seconds.toFixed(1)} s)${why.length > 0 ? `: ${why[0]}` : ''}`;
}

function said(text: string, code: number): number {
  console.log(text);
  return code;
}

/** npm runs scripts in the workspace's folder, whatever folder it was called in. */
function inCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '', path);
}
