import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';

const MOST = 10;

/** Who holds most files open, and how near to its limit it is. */
export async function readOpenFiles(host: HostReader): Promise<ToolResult> {
  const [folders, files] = await Promise.all([
    host.lines(['find', '/proc', '-maxdepth', '3', '-path', '/proc/[0-9]*/fd/*', '-printf', '%h\\n']),
    host.files('/proc/sys/fs/file-nr'),
  ]);
  const counts = new Map<string, number>();
  for (const folder of folders) {
    const pid = folder.split('/')[2] ?? '';
    counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST);
  if (most.length === 0) return { status: 'no_data', message: 'This user may not see which files are open.' };
  const facts = await host.files(...most.flatMap(([pid]) => [`/proc/${pid}/limits`, `/proc/${pid}/comm`]));
  const [open, , limit] = (files.get('/proc/sys/fs/file-nr') ?? '').trim().split(/\s+/).map(Number);
  return {
    status: 'ok',
    by_open_files: most.map(([pid, count]) => ({
      pid: Number(pid),
      name: facts.get(`/proc/${pid}/comm`)?.trim(),
      open_files: count,
      limit: openFilesLimit(facts.get(`/proc/${pid}/limits`)),
    })),
    of_the_machine: { open, limit },
  };
}

/** The soft limit in `/proc/<pid>/limits`; null when there is none. */
export function openFilesLimit(text = ''): number | null {
  const found = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}
