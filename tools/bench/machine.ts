import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';

/** @returns what the figures were measured on, in one sentence. */
export function describeMachine(isPinned: boolean): string {
  const model = cpus()[0]?.model.trim() ?? arch();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0].toFixed(1);
  const pinned = isPinned ? 'what is measured has a core of its own' : 'nothing is kept on a core of its own';
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${model}, ${cpus().length} cores, ${memory}, ${type()} ${release()}, Node ${process.version}; ${pinned}; load average ${load}`;
}
