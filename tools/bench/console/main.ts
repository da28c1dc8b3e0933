// Usage: node tools/bench/console/main.ts [--rounds 3] [--write docs/performance.md]
// Measures the built console in Debian's Chromium, on a data folder of its own with 2,000 messages in one session, 10,000
// sessions and 10,000 configurations; the provider simulator answers. Figures are the best of the rounds.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Browser } from '@playwright/test';
import { describeMachine } from '../machine.ts';
import { withFigures } from '../report.ts';
import { launch, type SignIn, signIn } from './browser.ts';
import { measureChat, measureHeap } from './measure-chat.ts';
import { measureLists } from './measure-lists.ts';
import { measureLoading } from './measure-loading.ts';
import { type Product, startProduct } from './product.ts';
import { BestFigures } from './rows.ts';

/** No round is begun that would end later; a step that hangs ends by itself. */
const LONGEST_MS = 6 * 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, write: { type: 'string' } } });
  const rounds = Number(values.rounds);
  const figures = new BestFigures();
  const product = await startProduct();
  const browser = await launch();
  try {
    const done = await runRounds(browser, product, figures, rounds);
    const text = `${describeMachine(false)}. Best of ${done} rounds.\n\n${figures.table()}`;
    console.log(text);
    if (values.write) await writeFile(values.write, withFigures(await readFile(values.write, 'utf8'), text, 'console'));
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** @returns how many rounds there was time for. */
async function runRounds(browser: Browser, product: Product, figures: BestFigures, rounds: number): Promise<number> {
  const until = performance.now() + LONGEST_MS;
  const state = await signIn(browser, product);
  await oneRound(browser, product, state, figures);
  await measureHeap(browser, product, state, figures);
  const took = performance.now() - until + LONGEST_MS;
  let done = 1;
  for (; done < rounds && performance.now() + took < until; done += 1) await oneRound(browser, product, state, figures);
  return done;
}

async function oneRound(browser: Browser, product: Product, state: SignIn, figures: BestFigures): Promise<void> {
  for (const [name, measure] of [
    ['loading', measureLoading],
    ['chat', measureChat],
    ['lists', measureLists],
  ] as const) {
    console.error(`measuring: ${name}`);
    await measure(browser, product, state, figures);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
