import type { Bench } from '../bench.ts';
import { type Load, type Outcome, runLoad } from '../client/load.ts';
import { cpuBetween, readCpu } from '../processes/process-facts.ts';
import type { Target } from '../target.ts';

/** Long enough for what is used often to be compiled. */
const WARM_UP_MS = 3_000;

/** The same work for every target. */
export interface Work extends Pick<Load, 'concurrency' | 'spreadMs'> {
  readonly model: string;
  readonly isStreaming: boolean;
}

/** What a load came to and what it cost. */
export interface Cost extends Outcome {
  readonly cpuMs: number;
  readonly databaseCpuMs: number;
}

/** Starts the three targets that every part has, lets them and `others` take turns for `rounds` rounds after a warm-up, and ends them. */
export async function inTurn(
  bench: Bench,
  rounds: number,
  models: readonly string[],
  measure: (target: Target) => Promise<void>,
  warmUp: Work,
  others: readonly Target[] = [],
): Promise<void> {
  const server = await bench.startOpsAgent(models);
  const proxy = await bench.startRawProxy();
  try {
    const targets: Target[] = [bench.direct, proxy, ...others, server];
    for (const target of targets) await spend(bench, target, warmUp, WARM_UP_MS);
    for (let round = 0; round < rounds; round += 1) for (const target of targets) await measure(target);
  } finally {
    await proxy.stop();
    await server.stop();
  }
}

/** Runs a load against a target and reads what it cost in between. */
export async function spend(
  bench: Bench,
  target: Target,
  work: Work,
  milliseconds = bench.milliseconds,
): Promise<Cost> {
  const before = readCpu(target.pids);
  const databaseBefore = readCpu(target.databasePids());
  const question = target.question(work.model, work.isStreaming);
  const outcome = await runLoad({ ...work, port: target.port, question, milliseconds });
  const cpuMs = cpuBetween(before, readCpu(target.pids));
  const databaseCpuMs = cpuBetween(databaseBefore, readCpu(target.databasePids()));
  return { ...bench.count(outcome), cpuMs, databaseCpuMs };
}
