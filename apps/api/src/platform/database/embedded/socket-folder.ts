import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../../config/start-error.js';
import { canBeEnteredByServer, serverAccount } from './server-account.js';

/** A private folder for the server's socket; short, because a socket's whole path has at most 107 bytes. */
export function makeSocketFolder(cluster: string): string {
  const folder = join(shortTempFolder(), `opsagent-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`);
  const owner = serverAccount();
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    refuseForeign(folder, owner.uid ?? process.getuid?.());
  }
  return folder;
}

/** Leaves nothing in the temp folder behind; a folder that still holds something is kept. */
export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function shortTempFolder(): string {
  const folder = tmpdir();
  return folder.length <= 60 && canBeEnteredByServer(folder) ? folder : '/tmp';
}

/** The temp folder belongs to everyone: someone else's folder under our name would see every query. */
function refuseForeign(folder: string, uid: number | undefined): void {
  const found = lstatSync(folder);
  if (!found.isDirectory() || (uid !== undefined && found.uid !== uid)) {
    throw new StartError(`The folder ${folder} is needed for the database and belongs to someone else; remove it.`);
  }
  chmodSync(folder, 0o700);
}
