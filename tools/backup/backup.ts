import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupError, CLUSTER, FILES, KEY_FILE, MANIFEST, type Manifest, type Platform } from './platform.ts';
import { tar } from './tar.ts';

export interface BackupOptions {
  readonly platform: Platform;
  /** The data folder, as the server is told it. */
  readonly data: string | undefined;
  readonly file: string;
  readonly withKey: boolean;
}

/**
 * Writes the stopped embedded database, and its key when asked, into one file that appears only when it is complete.
 * @returns what to tell. @throws Error in one sentence
 */
export async function backup({ platform, data, file, withKey }: BackupOptions): Promise<string> {
  if (existsSync(file)) throw new BackupError(`${file} is there already; choose another name.`);
  const dataDir = platform.prepareDataFolder(data);
  if (!existsSync(join(dataDir, CLUSTER))) throw new BackupError(`There is no embedded database in ${dataDir}.`);
  if (withKey && !existsSync(join(dataDir, KEY_FILE))) {
    throw new BackupError(`There is no ${KEY_FILE} in ${dataDir}; the key is in OPSAGENT_MASTER_KEY.`);
  }
  await settle(platform, dataDir);
  const lock = platform.FolderLock.take(dataDir);
  try {
    await write(dataDir, file, withKey);
  } finally {
    lock.release();
  }
  return `${file} holds the database, ${megabytes(file)}${withKey ? ' and the master key: keep it secret' : `; keep ${join(dataDir, KEY_FILE)} elsewhere, without it the stored provider keys cannot be read`}.`;
}

/** What a killed server left behind is put in order, and ended: only the files of a stopped server fit together. */
async function settle(platform: Platform, dataDir: string): Promise<void> {
  await (await platform.openEmbeddedPostgres(dataDir)).close();
}

async function write(dataDir: string, file: string, withKey: boolean): Promise<void> {
  const staging = mkdtempSync(join(tmpdir(), 'opsagent-backup-'));
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(join(staging, MANIFEST), JSON.stringify(manifest(dataDir, withKey)));
    const names = [CLUSTER, FILES, ...(withKey ? [KEY_FILE] : [])].filter((name) => existsSync(join(dataDir, name)));
    const inData = ['-C', dataDir, ...names];
    const trouble = `The backup ${file} could not be written`;
    await tar(['-czf', unfinished, '-C', staging, MANIFEST, ...inData], trouble);
    chmodSync(unfinished, 0o600);
    await tar(['-tzf', unfinished], trouble);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
    rmSync(staging, { recursive: true, force: true });
  }
}

function manifest(dataDir: string, with_key: boolean): Manifest {
  const postgres = readFileSync(join(dataDir, CLUSTER, 'PG_VERSION'), 'utf8').trim();
  return { product: 'opsagent', format: 1, postgres, created_at: new Date().toISOString(), with_key };
}

function megabytes(file: string): string {
  return `${(statSync(file).size / 1_048_576).toFixed(1)} MB`;
}
