import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { memoryMb } from '../processes/process-facts.ts';

const AT_REST_AFTER_MS = 3_000;

/** How soon a server answers, with and without data, and what it holds before anyone has asked anything. */
export async function measureStart(bench: Bench, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    let server = await bench.startOpsAgent([]);
    try {
      bench.figures.add('start-fresh', server.name, server.startedInMs);
      server = await server.restart();
      bench.figures.add('start-warm', server.name, server.startedInMs);
      await pause(AT_REST_AFTER_MS);
      bench.figures.add('rest', server.name, memoryMb(server.pid));
    } finally {
      await server.stop();
    }
  }
}
