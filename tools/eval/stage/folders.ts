import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'opsagent-eval-';
const made: string[] = [];

/** A folder of our own, which the accounts of servers can pass through. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(folder, 0o755);
  made.push(folder);
  return folder;
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Takes away what a run left that was killed. */
export async function removeLeftFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) await removeFolder(join(tmpdir(), name));
  }
}

/** Those that are still there, and how many there were. */
export function foldersLeft(): { readonly there: readonly string[]; readonly count: number } {
  return { there: made.filter((folder) => existsSync(folder)), count: made.length };
}
