import type { Bench } from '../bench.ts';
import { median, percentile } from '../statistics.ts';
import type { Target } from '../target.ts';
import { inTurn, spend, type Work } from './in-turn.ts';

const MODEL = 'sim-text-20';
const CLIENTS = [1, 16];

/** Whole answers: how many a second, how much later than from the model itself, at what cost. */
export async function measureBlocking(bench: Bench, rounds: number): Promise<void> {
  const measure = async (target: Target): Promise<void> => {
    for (const concurrency of CLIENTS) await measureClients(bench, target, workOf(concurrency));
  };
  await inTurn(bench, rounds, [MODEL], measure, workOf(16));
}

async function measureClients(bench: Bench, target: Target, work: Work): Promise<void> {
  const cost = await spend(bench, target, work);
  const add = (what: string, value: number): void =>
    bench.figures.add(`blocking-${work.concurrency}-${what}`, target.name, value);
  add('rate', (cost.count / cost.elapsedMs) * 1000);
  add('p50', median(cost.totalMs));
  add('p99', percentile(cost.totalMs, 0.99));
  if (target.pids.length > 0) add('cpu', cost.cpuMs / cost.count);
  if (target.databasePids().length > 0) add('database', cost.databaseCpuMs / cost.count);
}

function workOf(concurrency: number): Work {
  return { model: MODEL, isStreaming: false, concurrency };
}
