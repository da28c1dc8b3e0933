import type { ToolResult } from '../agent-tool.js';
import { cpusIn } from './cpu.js';
import type { HostReader } from './host-reader.js';
import { inMegabytes, numbersIn } from './units.js';

/** The kernel counts CPU time in these towards programs (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const WATCH_MS = 500;
const MOST = 10;
const COMMAND_CHARACTERS = 200;

const STAT_OF_ALL = [
  'find',
  '/proc',
  '-maxdepth',
  '2',
  '(',
  '-path',
  '/proc/stat',
  '-o',
  '-path',
  '/proc/[0-9]*/stat',
  ')',
  '-exec',
  'cat',
  '{}',
  '+',
];

interface ProcessFacts {
  pid: number;
  name: string;
  state: string;
  parent: number;
  threads: number;
  ticks: number;
  /** Since the machine started. */
  startTicks: number;
  memoryBytes: number;
}

/** All processes at one moment. */
interface Moment {
  readonly processes: readonly ProcessFacts[];
  /** Of one core, since the machine started. */
  readonly ticks: number;
  readonly cores: number;
  /** When the machine started, in seconds since 1970. */
  readonly bootSeconds: number;
}

/** The busiest processes by CPU over a short while and by memory, with zombies and those that wait for a disk. */
export async function readProcesses(host: HostReader): Promise<ToolResult> {
  const before = momentIn(await host.text(STAT_OF_ALL));
  await host.pause(WATCH_MS);
  const now = momentIn(await host.text(STAT_OF_ALL));
  if (now.processes.length === 0)
    return { status: 'no_data', message: 'The processes of this machine could not be read.' };
  const ticksBefore = new Map(before.processes.map(({ pid, ticks }) => [pid, ticks]));
  const passed = Math.max(1, now.ticks - before.ticks);
  const rows = now.processes.map((found) => {
    const ticks = found.ticks - (ticksBefore.get(found.pid) ?? found.ticks);
    return { ...rowOf(found, now), cpu_percent: Math.round((ticks / passed) * 1000) / 10 };
  });
  const byCpu = [...rows].sort((a, b) => b.cpu_percent - a.cpu_percent).slice(0, MOST);
  const byMemory = [...rows].sort((a, b) => b.memory_mb - a.memory_mb).slice(0, MOST);
  const inState = (...states: readonly string[]) => rows.filter(({ state }) => states.includes(state));
  const [zombies, blocked] = [inState('Z'), inState('D')];
  const more = await moreOf(host, [...byCpu, ...byMemory, ...blocked.slice(0, MOST)]);
  const whole = (row: (typeof rows)[number]) => ({ ...row, ...more(row.pid) });
  return {
    status: 'ok',
    ...{ count: rows.length, cpu_count: now.cores },
    by_cpu: byCpu.map(whole),
    by_memory: byMemory.map(whole),
    zombies: {
      count: zombies.length,
      first: zombies.slice(0, MOST).map(({ pid, name, parent }) => ({ pid, name, parent })),
    },
    waiting_for_disk: { count: blocked.length, first: blocked.slice(0, MOST).map(whole) },
  };
}

/** One process as it is now; undefined when there is none of that number. */
export async function findProcess(host: HostReader, pid: number) {
  const files = await host.files(`/proc/${pid}/stat`, '/proc/stat');
  const found = processIn(files.get(`/proc/${pid}/stat`) ?? '');
  if (!found) return undefined;
  const moment = momentIn(files.get('/proc/stat') ?? '');
  return { ...rowOf(found, moment), ...(await moreOf(host, [{ pid }]))(pid) };
}

function rowOf({ pid, name, state, parent, threads, memoryBytes, startTicks }: ProcessFacts, { bootSeconds }: Moment) {
  const startedAt = new Date((bootSeconds + startTicks / TICKS_PER_SECOND) * 1000);
  // To the second: the start of the machine is not known better.
  const started_at = `${startedAt.toISOString().slice(0, 19)}Z`;
  return { pid, name, state, parent, threads, memory_mb: inMegabytes(memoryBytes), started_at };
}

/** Whose a process is, and what it was started with. */
async function moreOf(host: HostReader, rows: readonly { pid: number }[]) {
  const pids = [...new Set(rows.map(({ pid }) => pid))];
  const [commands, owners] = await Promise.all([
    host.files(...pids.map((pid) => `/proc/${pid}/cmdline`)),
    host.lines(['stat', '-c', '%n %U', ...pids.map((pid) => `/proc/${pid}`)]),
  ]);
  const users = new Map(owners.map((line) => line.split(' ') as [string, string]));
  return (pid: number) => ({
    user: users.get(`/proc/${pid}`),
    command: commands.get(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim().slice(0, COMMAND_CHARACTERS),
  });
}

/** Reads the lines of `/proc/stat` and of every `/proc/<pid>/stat`. */
export function momentIn(text: string): Moment {
  const cpus = cpusIn(text);
  const cores = Math.max(1, cpus.size - 1);
  const all = (cpus.get('cpu') ?? []).slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  const lines = text.split('\n').filter((line) => /^\d+ \(/.test(line));
  return {
    processes: lines.flatMap((line) => processIn(line) ?? []),
    ...{ ticks: all / cores, cores, bootSeconds: numbersIn(text).get('btime') ?? 0 },
  };
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
    parent: field(4),
    threads: field(20),
    ticks: field(14) + field(15),
    startTicks: field(22),
    memoryBytes: field(24) * PAGE_BYTES,
  };
}
