import { readFile, statfs } from 'node:fs/promises';
import type { ToolResult } from '../agent-tool.js';
import { inMegabytes } from './units.js';

/** File systems that hold no data of anyone's. */
const NOT_ON_DISK =
  /^(proc|sysfs|cgroup2?|devtmpfs|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|binfmt_misc|nsfs|rpc_pipefs|efivarfs|squashfs|ramfs)$/;

const MOST = 50;

interface Mount {
  device: string;
  path: string;
  type: string;
}

/** Size and use of the file systems of this machine; a file system that does not answer is left out. */
export async function readDisks(signal: AbortSignal): Promise<ToolResult> {
  const mounts = process.platform === 'linux' ? mountsIn(await readFile('/proc/mounts', 'utf8')) : [ROOT];
  const read = await Promise.allSettled(mounts.slice(0, MOST).map((mount) => readDisk(mount)));
  signal.throwIfAborted();
  const disks = read.flatMap((disk) => (disk.status === 'fulfilled' && disk.value ? [disk.value] : []));
  if (disks.length === 0) return { status: 'no_data', message: 'No file system of this machine could be read.' };
  return { status: 'ok', disks: disks.sort((a, b) => b.used_percent - a.used_percent) };
}

const ROOT: Mount = { device: '', path: '/', type: 'unknown' };

/** One line per device: the same one is often mounted in several places. */
export function mountsIn(text: string): Mount[] {
  const byDevice = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [device = '', path = '', type = ''] = line.split(' ');
    if (path === '' || NOT_ON_DISK.test(type)) continue;
    const isOwnDevice = device.startsWith('/');
    const key = isOwnDevice ? device : `${device} ${path}`;
    if (!byDevice.has(key)) byDevice.set(key, { device, path: unescaped(path), type });
  }
  return [...byDevice.values()];
}

async function readDisk({ device, path, type }: Mount) {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  if (blocks === 0) return undefined;
  const used = blocks - bfree;
  return {
    path,
    device,
    type,
    size_mb: inMegabytes(blocks * bsize),
    available_mb: inMegabytes(bavail * bsize),
    used_percent: Math.round((used / Math.max(1, used + bavail)) * 100),
    inodes_used_percent: files === 0 ? null : Math.round(((files - ffree) / files) * 100),
  };
}

/** `/proc/mounts` writes blanks as `\040`. */
function unescaped(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
