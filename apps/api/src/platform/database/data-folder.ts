import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from '../config/start-error.js';
import { workspaceRoot } from '../config/workspace-root.js';
import { canBeEnteredByServer, runsAsRoot } from './embedded/server-account.js';

/** The folder of the master key, the embedded database and files. */
export class DataFolder {
  constructor(readonly path: string) {}
}

/** Makes the data folder where it is missing and answers its path. @throws StartError when it cannot be written. */
export function prepareDataFolder(chosen: string | undefined): string {
  const folder = chosen === undefined ? usualDataFolder(workspaceRoot()) : resolve(chosen);
  try {
    makeFolder(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(`The data folder ${folder} cannot be written; set OPSAGENT_DATA_DIR to one that can.`, {
      cause,
    });
  }
  if (!statSync(folder).isDirectory()) throw new StartError(`The data folder ${folder} is not a folder.`);
  return realpathSync(folder);
}

/** `.data` in the installation; for root a system folder, when the database's own account could not enter that one. */
export function usualDataFolder(root: string): string {
  if (!runsAsRoot() || canBeEnteredByServer(root)) return join(root, '.data');
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return join('/var/lib/opsagent', hash);
}

/** Level by level: Node's `recursive` never returns for a folder that cannot be made inside `/proc`. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), 0o755);
  mkdirSync(folder, { mode });
}
