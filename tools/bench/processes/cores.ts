import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** What is measured has a core of its own; client, simulator and database share the other. */
export const MEASURED_CORE = 0;
export const OTHER_CORE = 1;

/** @returns whether processes can be kept on a core here. */
export function canPin(): boolean {
  return availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Keeps all threads of these processes, and those they start later, on one core. */
export function pin(pids: readonly number[], core: number): void {
  for (const pid of pids) spawnSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}
