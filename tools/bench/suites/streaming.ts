import type { Bench } from '../bench.ts';
import type { Target } from '../target.ts';
import { inTurn, spend, type Work } from './in-turn.ts';

const PIECES = 200;
const MODEL = `sim-text-${PIECES}`;
const STREAMS = [16, 64];

/** Streams as fast as they go: how many pieces a second, at what cost. */
export async function measureStreaming(bench: Bench, rounds: number): Promise<void> {
  const measure = async (target: Target): Promise<void> => {
    for (const concurrency of STREAMS) await measureStreams(bench, target, workOf(concurrency));
  };
  const parser = await bench.startSseParser();
  try {
    await inTurn(bench, rounds, [MODEL], measure, workOf(16), [parser]);
  } finally {
    await parser.stop();
  }
}

async function measureStreams(bench: Bench, target: Target, work: Work): Promise<void> {
  const cost = await spend(bench, target, work);
  const pieces = cost.count * PIECES;
  const add = (what: string, value: number): void =>
    bench.figures.add(`streaming-${work.concurrency}-${what}`, target.name, value);
  add('rate', (pieces / cost.elapsedMs) * 1000);
  if (target.pids.length > 0) add('cpu', (cost.cpuMs / pieces) * 1000);
}

function workOf(concurrency: number): Work {
  return { model: MODEL, isStreaming: true, concurrency };
}
