import type { Bench } from '../bench.ts';
import type { Target } from '../target.ts';
import { inTurn, spend, type Work } from './in-turn.ts';

const PIECES = 200;
const SATURATED: Work = { model: `sim-text-${PIECES}`, isStreaming: true, concurrency: 16 };

/** Streams as fast as they go: how many pieces a second, at what cost. */
export async function measureStreaming(bench: Bench, rounds: number): Promise<void> {
  const measure = async (target: Target): Promise<void> => {
    const cost = await spend(bench, target, SATURATED);
    const pieces = cost.count * PIECES;
    bench.figures.add('streaming-16-rate', target.name, (pieces / cost.elapsedMs) * 1000);
    if (target.pids.length > 0) bench.figures.add('streaming-16-cpu', target.name, (cost.cpuMs / pieces) * 1000);
  };
  const parser = await bench.startSseParser();
  try {
    await inTurn(bench, rounds, [SATURATED.model], measure, SATURATED, [parser]);
  } finally {
    await parser.stop();
  }
}
