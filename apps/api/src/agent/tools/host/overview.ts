import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { ToolResult } from '../agent-tool.js';
import { inMegabytes } from './units.js';

/** Load, CPUs, memory and uptime of this machine. */
export async function readOverview(): Promise<ToolResult> {
  const [one, five, fifteen] = os.loadavg();
  const cpus = os.cpus();
  return {
    status: 'ok',
    hostname: os.hostname(),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    uptime_seconds: Math.round(os.uptime()),
    cpu_count: os.availableParallelism(),
    cpu_model: cpus[0]?.model.trim() ?? null,
    load_average: { '1m': rounded(one), '5m': rounded(five), '15m': rounded(fifteen) },
    memory_mb: await readMemory(),
  };
}

async function readMemory(): Promise<Record<string, number>> {
  if (process.platform !== 'linux') {
    return { total: inMegabytes(os.totalmem()), available: inMegabytes(os.freemem()) };
  }
  const text = await readFile('/proc/meminfo', 'utf8');
  const kilobytes = new Map(text.split('\n').map((line) => [line.split(':')[0] ?? '', Number(/\d+/.exec(line)?.[0])]));
  const megabytes = (name: string): number => Math.round((kilobytes.get(name) ?? 0) / 1024);
  const total = megabytes('MemTotal');
  const available = megabytes('MemAvailable');
  return {
    total,
    available,
    used: total - available,
    cached: megabytes('Cached'),
    swap_total: megabytes('SwapTotal'),
    swap_free: megabytes('SwapFree'),
  };
}

function rounded(value: number | undefined): number {
  return Math.round((value ?? 0) * 100) / 100;
}
