import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.js';

/** Who holds a folder: a process id alone can be handed out again, so its start time goes with it. */
interface Holder {
  readonly pid: number;
  readonly started: string;
}

/** Keeps a second live server off the same data folder. */
export class FolderLock {
  private constructor(private readonly path: string) {}

  /** Takes the folder, also from a holder that died. @throws StartError while another live process holds it. */
  static take(dataDir: string): FolderLock {
    const path = join(dataDir, 'opsagent.lock');
    const mine = `${path}.${process.pid}`;
    writeFileSync(mine, JSON.stringify(thisProcess()), { mode: 0o600 });
    try {
      if (!linked(mine, path)) replaceDead(mine, path, dataDir);
      return new FolderLock(path);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  release(): void {
    if (isSame(readHolder(this.path), thisProcess())) rmSync(this.path, { force: true });
  }
}

/** A link appears whole or not at all, so nobody ever reads a half-written lock. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Of several processes that find the same dead holder one replaces it: whoever makes the second link. */
function replaceDead(mine: string, path: string, dataDir: string): void {
  refuseWhileAlive(path, dataDir);
  const takeover = `${path}.takeover`;
  if (!linked(mine, takeover)) {
    refuseWhileAlive(takeover, dataDir);
    rmSync(takeover, { force: true });
    if (!linked(mine, takeover)) throw heldBy(dataDir, readHolder(takeover));
  }
  try {
    refuseWhileAlive(path, dataDir);
    renameSync(mine, path);
  } finally {
    rmSync(takeover, { force: true });
  }
}

function refuseWhileAlive(path: string, dataDir: string): void {
  const holder = readHolder(path);
  if (holder !== undefined && isAlive(holder.pid) && startOf(holder.pid) === holder.started) {
    throw heldBy(dataDir, holder);
  }
}

function heldBy(dataDir: string, holder: Holder | undefined): StartError {
  const by = holder === undefined ? 'another process' : `process ${holder.pid}`;
  return new StartError(
    `The data folder ${dataDir} is in use by ${by}; to run several servers on the same data, set DATABASE_URL to a PostgreSQL they share.`,
  );
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function thisProcess(): Holder {
  return { pid: process.pid, started: startOf(process.pid) };
}

function isSame(one: Holder | undefined, other: Holder): boolean {
  return one?.pid === other.pid && one.started === other.started;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start time in clock ticks since boot (field 22 of proc(5)'s `stat`); empty where there is no `/proc`. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw error;
  }
}
