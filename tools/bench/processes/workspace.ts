import { fileURLToPath } from 'node:url';

/** @returns the full path of a file of this repository. */
export function fileOf(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
