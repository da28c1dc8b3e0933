import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';

const KERNEL = '/proc/sys/kernel';
const CGROUP = '/sys/fs/cgroup';
const CONNTRACK = '/proc/sys/net/netfilter';
const FILES = [
  ...['/proc/sys/fs/file-nr', '/proc/loadavg', `${KERNEL}/pid_max`, `${KERNEL}/threads-max`],
  ...[`${CONNTRACK}/nf_conntrack_count`, `${CONNTRACK}/nf_conntrack_max`],
  ...[
    '/proc/sys/net/core/somaxconn',
    '/proc/sys/net/ipv4/ip_local_port_range',
    '/proc/sys/vm/swappiness',
    '/proc/sys/vm/overcommit_memory',
  ],
  ...[`${CGROUP}/memory.max`, `${CGROUP}/cpu.max`, `${CGROUP}/pids.max`, `${CGROUP}/pids.current`],
];

/** What the machine allows, and how much of it is used. */
export async function readLimits(host: HostReader): Promise<ToolResult> {
  const files = await host.files(...FILES);
  if (!files.has('/proc/loadavg')) return { status: 'no_data', message: 'This machine does not tell of its limits.' };
  const words = (path: string): string | null => files.get(path)?.trim().replaceAll(/\s+/g, ' ') ?? null;
  const number = (path: string): number | null => (files.has(path) ? Number(words(path)) : null);
  const [open, , most] = (words('/proc/sys/fs/file-nr') ?? '').split(' ').map(Number);
  return {
    status: 'ok',
    open_files: { used: open, limit: most },
    tasks: {
      used: Number(words('/proc/loadavg')?.split(/[ /]/)[4]),
      limit: number(`${KERNEL}/threads-max`),
      pid_limit: number(`${KERNEL}/pid_max`),
    },
    tracked_connections: {
      used: number(`${CONNTRACK}/nf_conntrack_count`),
      limit: number(`${CONNTRACK}/nf_conntrack_max`),
    },
    listen_backlog: number('/proc/sys/net/core/somaxconn'),
    local_ports: words('/proc/sys/net/ipv4/ip_local_port_range'),
    swappiness: number('/proc/sys/vm/swappiness'),
    overcommit: number('/proc/sys/vm/overcommit_memory'),
    // Of the container or service it all runs in; `max` is none.
    container: {
      memory: words(`${CGROUP}/memory.max`),
      cpu: words(`${CGROUP}/cpu.max`),
      tasks: words(`${CGROUP}/pids.max`),
      tasks_used: words(`${CGROUP}/pids.current`),
    },
  };
}
