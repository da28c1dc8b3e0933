import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';
import { memoryIn } from './memory.js';

const FILES = [
  '/proc/sys/kernel/hostname',
  '/proc/uptime',
  '/proc/loadavg',
  '/proc/meminfo',
  '/proc/cpuinfo',
  '/etc/os-release',
];

/** Load, CPUs, memory and uptime. */
export async function readOverview(host: HostReader): Promise<ToolResult> {
  const [files, system] = await Promise.all([host.files(...FILES), host.text(['uname', '-srm'])]);
  const cpus = files.get('/proc/cpuinfo') ?? '';
  const release = /^PRETTY_NAME="?([^"\n]*)/m.exec(files.get('/etc/os-release') ?? '')?.[1];
  if (!files.has('/proc/loadavg')) {
    return {
      status: 'no_data',
      message: `Only Linux tells this way of itself; this is ${system.trim() || 'unknown'}.`,
    };
  }
  return {
    status: 'ok',
    hostname: files.get('/proc/sys/kernel/hostname')?.trim(),
    system: [release, system.trim()].filter(Boolean).join(', '),
    uptime_seconds: Math.round(Number(files.get('/proc/uptime')?.split(' ')[0])),
    cpu_count: [...cpus.matchAll(/^processor\s*:/gm)].length,
    cpu_model: /^model name\s*:\s*(.*)$/m.exec(cpus)?.[1] ?? null,
    load_average: loadIn(files.get('/proc/loadavg')),
    memory_mb: memoryIn(files.get('/proc/meminfo')),
  };
}

export function loadIn(text = ''): Record<string, number> {
  const [one, five, fifteen] = text.split(' ').map(Number);
  return { '1m': one ?? 0, '5m': five ?? 0, '15m': fifteen ?? 0 };
}
