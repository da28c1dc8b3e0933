import type { Bench } from '../bench.ts';
import { median, percentile } from '../statistics.ts';
import type { Target } from '../target.ts';
import { inTurn, spend, type Work } from './in-turn.ts';

const AFTER_A_WHILE: Work = { model: 'sim-first-50', isStreaming: true, concurrency: 1 };
const AT_ONCE: Work = { model: 'sim-text-5', isStreaming: true, concurrency: 1 };
/** Fifty pieces a second for a second, as one reads; begun one after the other, as people ask. */
export const PACED: Work = { model: 'sim-paced-50-50', isStreaming: true, concurrency: 64, spreadMs: 1_000 };

/** The same, and each piece says when it left the model. */
const TIMED: Work = { ...PACED, model: 'sim-clock-50-50' };

/** How much later the first piece of an answer and each further one come than from the model itself, and what paced pieces cost. */
export async function measureFirstToken(bench: Bench, rounds: number): Promise<void> {
  const models = [AFTER_A_WHILE.model, AT_ONCE.model, PACED.model, TIMED.model];
  const measure = async (target: Target): Promise<void> => {
    const add = (row: string, value: number): void => bench.figures.add(row, target.name, value);
    add('first-1', median((await spend(bench, target, AFTER_A_WHILE)).firstTokenMs));
    add('first-1-at-once', median((await spend(bench, target, AT_ONCE)).firstTokenMs));
    const paced = await spend(bench, target, PACED);
    add('first-64-p50', median(paced.firstTokenMs));
    add('first-64-p99', percentile(paced.firstTokenMs, 0.99));
    if (target.pids.length > 0) add('paced-cpu', (paced.cpuMs / (paced.count * 50)) * 1000);
    const { pieceMs } = await spend(bench, target, TIMED);
    add('piece-64-p50', median(pieceMs));
    add('piece-64-p99', percentile(pieceMs, 0.99));
  };
  await inTurn(bench, rounds, models, measure, AT_ONCE);
}
