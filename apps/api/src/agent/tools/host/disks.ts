import type { ToolResult } from '../agent-tool.js';
import type { HostReader } from './host-reader.js';

/** File systems that hold no data of anyone's. */
const NOT_ON_DISK =
  /^(proc|sysfs|cgroup2?|devtmpfs|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|binfmt_misc|nsfs|rpc_pipefs|efivarfs|squashfs|ramfs)$/;

const MOST = 50;
const KILOBYTES = 1024;

interface Mount {
  readonly type: string;
  readonly isReadOnly: boolean;
}

/** Size, use and inodes of the file systems on this machine itself; those of the network are only named, because they may hang. */
export async function readDisks(host: HostReader): Promise<ToolResult> {
  const [files, blocks, inodes] = await Promise.all([
    host.files('/proc/mounts'),
    host.lines(['df', '-Pkl']),
    host.lines(['df', '-Pil']),
  ]);
  const mounts = mountsIn(files.get('/proc/mounts'));
  const inodesByPath = new Map(rowsIn(inodes).map((row) => [row.path, row]));
  const disks = rowsIn(blocks)
    .filter(({ path, size }) => size > 0 && !NOT_ON_DISK.test(mounts.get(path)?.type ?? ''))
    .map(({ device, path, size, available, usedPercent }) => ({
      ...{ path, device, type: mounts.get(path)?.type ?? 'unknown' },
      ...{ size_mb: Math.round(size / KILOBYTES), available_mb: Math.round(available / KILOBYTES) },
      used_percent: usedPercent ?? 0,
      inodes_used_percent: inodesByPath.get(path)?.usedPercent ?? null,
      ...(mounts.get(path)?.isReadOnly ? { read_only: true } : {}),
    }));
  if (disks.length === 0) return { status: 'no_data', message: 'No file system of this machine could be read.' };
  const network = [...mounts].filter(([, { type }]) => /^(nfs|cifs|smb|fuse\.sshfs|ceph|gluster)/.test(type));
  return {
    status: 'ok',
    disks: disks.sort((a, b) => b.used_percent - a.used_percent).slice(0, MOST),
    ...(network.length > 0 ? { on_the_network: network.map(([path, { type }]) => `${path} (${type})`) } : {}),
  };
}

interface Row {
  readonly device: string;
  readonly path: string;
  readonly size: number;
  readonly available: number;
  readonly usedPercent: number | null;
}

/** The lines of `df -P`: device, size, used, available, percent and a path that may hold blanks. */
export function rowsIn(lines: readonly string[]): Row[] {
  return lines.flatMap((line) => {
    const [, device, size, , available, used, path] =
      /^(.+?)\s+(\d+|-)\s+(\d+|-)\s+(-?\d+|-)\s+(\d+%|-)\s+(\/.*)$/.exec(line) ?? [];
    if (device === undefined || path === undefined) return [];
    const usedPercent = used === '-' ? null : Number.parseInt(used ?? '', 10);
    return [{ device, path, size: Number(size) || 0, available: Number(available) || 0, usedPercent }];
  });
}

/** What is mounted where; the last one at a path is what is seen there. */
export function mountsIn(text = ''): ReadonlyMap<string, Mount> {
  const rows = text.split('\n').flatMap((line) => {
    const [, path = '', type = '', options = ''] = line.split(' ');
    return path === '' ? [] : [[unescaped(path), { type, isReadOnly: options.split(',').includes('ro') }] as const];
  });
  return new Map(rows);
}

/** `/proc/mounts` writes blanks as `\040`. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
