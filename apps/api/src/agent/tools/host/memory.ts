import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';
import { inMegabytes, numbersIn, pressureIn } from './units.js';

const CGROUP = '/sys/fs/cgroup';
const FILES = [
  ...['/proc/meminfo', '/proc/vmstat', '/proc/pressure/memory'],
  ...[`${CGROUP}/memory.max`, `${CGROUP}/memory.current`, `${CGROUP}/memory.events`],
];

/** Memory, swap, what waits for it, and how often something was killed for want of it. */
export async function readMemory(host: HostReader): Promise<ToolResult> {
  const files = await host.files(...FILES);
  if (!files.has('/proc/meminfo')) return { status: 'no_data', message: 'This machine does not tell of its memory.' };
  const vmstat = numbersIn(files.get('/proc/vmstat'));
  const [max, current] = ['max', 'current'].map((name) => Number(files.get(`${CGROUP}/memory.${name}`)));
  return {
    status: 'ok',
    memory_mb: memoryIn(files.get('/proc/meminfo')),
    oom_kills_since_boot: vmstat.get('oom_kill') ?? null,
    major_faults_since_boot: vmstat.get('pgmajfault') ?? null,
    waiting_percent: pressureIn(files.get('/proc/pressure/memory')) ?? null,
    // Of the container or service it all runs in.
    ...(max && current
      ? {
          limit_mb: inMegabytes(max),
          used_of_limit_mb: inMegabytes(current),
          oom_kills_of_limit: numbersIn(files.get(`${CGROUP}/memory.events`)).get('oom_kill') ?? 0,
        }
      : {}),
  };
}

/** Megabytes by name. */
export function memoryIn(text: string | undefined): Record<string, number> {
  const kilobytes = numbersIn(text);
  const megabytes = (name: string): number => Math.round((kilobytes.get(name) ?? 0) / 1024);
  const [total, available] = [megabytes('MemTotal'), megabytes('MemAvailable')];
  return {
    total,
    available,
    used: total - available,
    ...{ cached: megabytes('Cached'), shared: megabytes('Shmem'), dirty: megabytes('Dirty'), slab: megabytes('Slab') },
    ...{ swap_total: megabytes('SwapTotal'), swap_free: megabytes('SwapFree') },
  };
}
