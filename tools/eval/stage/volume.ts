import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MEGABYTE = 1024 * 1024;

/**
 * A folder that is told to be a file system of some size: to mount a real one takes rights that a test must not need.
 * Its files are real, and so is what is told of them.
 */
export interface Volume {
  readonly path: string;
  readonly sizeMb: number;
}

/** The figures that node_exporter would tell of these. */
export function figuresOf(volumes: readonly Volume[]): string {
  return volumes
    .flatMap(({ path, sizeMb }) => {
      const labels = `{mountpoint="${path}",fstype="stand-in"}`;
      const size = sizeMb * MEGABYTE;
      return [
        `node_filesystem_size_bytes${labels} ${size}`,
        `node_filesystem_avail_bytes${labels} ${Math.max(0, size - bytesIn(path))}`,
        '',
      ];
    })
    .join('\n');
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}
