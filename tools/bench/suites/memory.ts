import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { openStreams } from '../client/open-streams.ts';
import { memoryMb } from '../processes/process-facts.ts';
import { median } from '../statistics.ts';
import type { Target } from '../target.ts';
import { spend } from './in-turn.ts';

const STREAMS = 1_000;
const OPENED_IN_MS = 800;
const SETTLED_AFTER_MS = 2_000;
/** Five pieces, then silence. */
const STALL = 'sim-stall-5';
const WARM_UP = { model: 'sim-text-5', isStreaming: true, concurrency: 1 };
const WARM_UP_MS = 1_000;

/** What a thousand open streams hold in a fresh process, and how long their first piece takes while they open. */
export async function measureMemory(bench: Bench, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const proxy = await bench.startRawProxy();
    await measureTarget(bench, proxy, proxy.pid).finally(() => proxy.stop());
    const server = await bench.startOpsAgent([STALL, WARM_UP.model]);
    await measureTarget(bench, server, server.pid).finally(() => server.stop());
  }
}

async function measureTarget(bench: Bench, target: Target, pid: number): Promise<void> {
  await spend(bench, target, WARM_UP, WARM_UP_MS);
  await pause(SETTLED_AFTER_MS);
  const before = memoryMb(pid);
  const streams = await openStreams(target.port, target.question(STALL, true), STREAMS, OPENED_IN_MS);
  await pause(SETTLED_AFTER_MS);
  const after = memoryMb(pid);
  bench.count(streams.close());
  bench.figures.add('memory-stream', target.name, ((after - before) * 1000) / STREAMS);
  bench.figures.add('memory-all', target.name, after);
  bench.figures.add('memory-first', target.name, median(streams.firstTokenMs));
}
