import { readFile, writeFile } from 'node:fs/promises';
import { type Bench, runBench } from './bench.ts';
import { describeMachine } from './machine.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { tableOf, withFigures } from './report.ts';

/** A run that hangs ends as well. */
const LONGEST_MS = 30 * 60_000;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  if (process.platform !== 'linux') throw new Error('the bench reads CPU times from /proc and so needs Linux');
  setTimeout(() => process.exit(1), LONGEST_MS).unref();
  const bench = await runBench(options);
  const text = reportOf(bench, options);
  console.log(text);
  if (options.write !== null) {
    const document = await readFile(options.write, 'utf8');
    await writeFile(options.write, withFigures(document, text, options.section));
  }
  if (bench.bad + bench.failed > 0) process.exitCode = 1;
}

function reportOf(bench: Bench, options: Options): string {
  const rounds = `Medians of ${options.rounds} rounds of ${options.seconds} s.`;
  const compared = `${bench.answers.toLocaleString('en')} answers compared: ${bench.bad} wrong, ${bench.failed} failed.`;
  return `${describeMachine(bench.isPinned)}. ${rounds} ${compared}\n\n${tableOf(bench.figures)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
