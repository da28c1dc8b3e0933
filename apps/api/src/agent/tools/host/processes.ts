import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { ToolResult } from '../agent-tool.js';
import { inMegabytes } from './units.js';

/** The kernel counts CPU time in these on every platform Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const WATCH_MS = 400;
const MOST = 10;

interface ProcessFacts {
  pid: number;
  name: string;
  state: string;
  threads: number;
  ticks: number;
  memoryBytes: number;
}

/** The busiest processes, by CPU over a short while and by resident memory. */
export async function readProcesses(signal: AbortSignal): Promise<ToolResult> {
  if (process.platform !== 'linux') {
    return { status: 'no_data', message: 'Processes can only be listed on Linux; this machine runs another system.' };
  }
  const startedAt = performance.now();
  const before = new Map((await readAll()).map(({ pid, ticks }) => [pid, ticks]));
  await wait(WATCH_MS, undefined, { signal });
  const now = await readAll();
  const seconds = (performance.now() - startedAt) / 1000;
  const rows = now.map((found) => rowOf(found, found.ticks - (before.get(found.pid) ?? found.ticks), seconds));
  return {
    status: 'ok',
    count: rows.length,
    cpu_count: os.availableParallelism(),
    by_cpu: [...rows].sort((a, b) => b.cpu_percent - a.cpu_percent).slice(0, MOST),
    by_memory: [...rows].sort((a, b) => b.memory_mb - a.memory_mb).slice(0, MOST),
  };
}

function rowOf({ pid, name, state, threads, memoryBytes }: ProcessFacts, ticks: number, seconds: number) {
  const cpuPercent = Math.round((ticks / TICKS_PER_SECOND / seconds) * 1000) / 10;
  return { pid, name, state, threads, cpu_percent: cpuPercent, memory_mb: inMegabytes(memoryBytes) };
}

async function readAll(): Promise<ProcessFacts[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.allSettled(
    pids.map(async (pid) => processIn(await readFile(`/proc/${pid}/stat`, 'utf8'))),
  );
  // Processes that ended meanwhile are simply not there.
  return read.flatMap((found) => (found.status === 'fulfilled' && found.value ? [found.value] : []));
}

/** Reads a line of `/proc/<pid>/stat` (proc(5)); the name may itself hold blanks and brackets. */
export function processIn(line: string): ProcessFacts | undefined {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  if (open === -1 || close === -1) return undefined;
  const fields = line.slice(close + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid: Number(line.slice(0, open)),
    name: line.slice(open + 1, close),
    state: fields[0] ?? '',
    threads: field(20),
    ticks: field(14) + field(15),
    memoryBytes: field(24) * PAGE_BYTES,
  };
}
