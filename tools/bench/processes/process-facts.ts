import { readdirSync, readFileSync } from 'node:fs';

/** CPU time by process, in milliseconds. */
export type CpuReading = ReadonlyMap<number, number>;

/** @returns the CPU time each of these processes has used so far, all threads; those that are gone are left out. */
export function readCpu(pids: readonly number[]): CpuReading {
  const reading = new Map<number, number>();
  for (const pid of pids) {
    const milliseconds = cpuOf(pid);
    if (milliseconds !== undefined) reading.set(pid, milliseconds);
  }
  return reading;
}

/** @returns the milliseconds of CPU used between two readings; a process that began in between counts whole. */
export function cpuBetween(before: CpuReading, after: CpuReading): number {
  let sum = 0;
  for (const [pid, milliseconds] of after) sum += milliseconds - (before.get(pid) ?? 0);
  return sum;
}

/** @returns the resident memory of a process, in MB. */
export function memoryMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} tells no memory`);
  return (Number(kilobytes) * 1024) / 1e6;
}

/** @returns the processes started by this one, and by those. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(name));
  }
  const found = new Set([pid]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

/** `schedstat` counts nanoseconds; `stat` would count ticks of 10 ms, too coarse for a single turn. */
function cpuOf(pid: number): number | undefined {
  const threads = ifAlive(() => readdirSync(`/proc/${pid}/task`));
  if (!threads) return undefined;
  let nanoseconds = 0;
  for (const thread of threads) {
    const text = ifAlive(() => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    nanoseconds += Number(text?.split(' ', 1)[0] ?? 0);
  }
  return nanoseconds / 1e6;
}

function parentOf(pid: string): number {
  const status = ifAlive(() => readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(/^PPid:\s+(\d+)$/m.exec(status ?? '')?.[1] ?? 0);
}

/** Processes and threads end while they are looked at. */
function ifAlive<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
