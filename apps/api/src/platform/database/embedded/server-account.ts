import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** "nobody" on every Linux; PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** The account the embedded server runs under; empty when it is the account of this process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

export function serverAccount(): ServerAccount {
  return runsAsRoot() ? { uid: NOBODY, gid: NOBODY } : {};
}

/** Whether the server's account can reach what lies in `folder`, judged by the mode of every folder on the way. */
export function canBeEnteredByServer(folder: string): boolean {
  if (!runsAsRoot()) return true;
  const path = resolve(folder);
  if (!canPassThrough(path)) return false;
  return path === dirname(path) || canBeEnteredByServer(dirname(path));
}

function canPassThrough(folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === NOBODY) return (mode & 0o100) !== 0;
  if (gid === NOBODY) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
