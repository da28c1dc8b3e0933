import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';
import { loadIn } from './overview.js';
import { numbersIn, percent, pressureIn } from './units.js';

const WATCH_MS = 1_000;
/** The columns of a cpu line in /proc/stat (proc(5)); the rest counts guests, who are in user already. */
const KINDS = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/** What the CPUs do over a second, each and together, and what waits for them. */
export async function readCpu(host: HostReader): Promise<ToolResult> {
  const before = cpusIn((await host.files('/proc/stat')).get('/proc/stat'));
  await host.pause(WATCH_MS);
  const files = await host.files('/proc/stat', '/proc/loadavg', '/proc/pressure/cpu', '/proc/pressure/io');
  const stat = files.get('/proc/stat');
  const now = cpusIn(stat);
  if (now.size === 0) return { status: 'no_data', message: 'This machine does not tell what its CPUs do.' };
  const counted = numbersIn(stat);
  const cores = [...now.keys()].filter((name) => name !== 'cpu');
  return {
    status: 'ok',
    cpu_count: cores.length,
    percent: sharesOf(before.get('cpu'), now.get('cpu')),
    busiest_cores: cores
      .map((name) => ({ core: name, busy_percent: busyOf(before.get(name), now.get(name)) }))
      .sort((a, b) => b.busy_percent - a.busy_percent)
      .slice(0, 4),
    load_average: loadIn(files.get('/proc/loadavg')),
    running: counted.get('procs_running') ?? null,
    blocked_by_io: counted.get('procs_blocked') ?? null,
    waiting_for_cpu_percent: pressureIn(files.get('/proc/pressure/cpu')) ?? null,
    waiting_for_io_percent: pressureIn(files.get('/proc/pressure/io')) ?? null,
  };
}

/** Ticks by kind, of every core and of all together (`cpu`). */
export function cpusIn(text = ''): ReadonlyMap<string, readonly number[]> {
  const rows = text.split('\n').filter((line) => /^cpu\d*\s/.test(line));
  return new Map(
    rows.map((line) => {
      const [name = '', ...ticks] = line.split(/\s+/);
      return [name, ticks.map(Number)] as const;
    }),
  );
}

function busyOf(before: readonly number[] | undefined, now: readonly number[] | undefined): number {
  return Math.round((100 - (sharesOf(before, now)['idle'] ?? 0)) * 10) / 10;
}

function sharesOf(before: readonly number[] = [], now: readonly number[] = []): Partial<Record<string, number>> {
  const passed = KINDS.map((_, index) => Math.max(0, (now[index] ?? 0) - (before[index] ?? 0)));
  const all = passed.reduce((sum, ticks) => sum + ticks, 0);
  return Object.fromEntries(KINDS.map((kind, index) => [kind, percent(passed[index] ?? 0, all)]));
}
