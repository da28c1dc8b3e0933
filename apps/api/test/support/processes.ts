import { readdir, readFile } from 'node:fs/promises';

/** The processes of this machine that have a text among their arguments. */
export async function processesWith(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.allSettled(
    pids.map(async (pid) => ((await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(text) ? [Number(pid)] : [])),
  );
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** Whether none of them is there any more, but for what its parent has not asked for yet. */
export async function areGone(pids: readonly number[]): Promise<boolean> {
  const left = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return left.every((words) => words === '');
}
