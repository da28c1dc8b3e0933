import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BackupError, CLUSTER, FILES, KEY_FILE, MANIFEST, type Manifest, type Platform } from './platform.ts';
import { tar } from './tar.ts';

export interface RestoreOptions {
  readonly platform: Platform;
  readonly data: string | undefined;
  readonly file: string;
  /** A database that is there already is put aside. */
  readonly yes: boolean;
}

/**
 * Puts the database of a backup into the data folder and starts it once to see that it works; what was there is kept aside,
 * and comes back when the restored one does not start.
 * @returns what to tell. @throws Error in one sentence
 */
export async function restore({ platform, data, file, yes }: RestoreOptions): Promise<string> {
  const manifest = await manifestOf(file);
  const dataDir = platform.prepareDataFolder(data);
  const lock = platform.FolderLock.take(dataDir);
  const aside = new Aside(dataDir);
  try {
    if (aside.isNeeded && !yes) {
      throw new BackupError(
        `${dataDir} holds a database already; with --yes it is put aside and the backup takes its place.`,
      );
    }
    const fresh = await unpack(file, dataDir, platform);
    aside.put(manifest.with_key);
    renameSync(join(fresh, CLUSTER), join(dataDir, CLUSTER));
    if (existsSync(join(fresh, FILES))) renameSync(join(fresh, FILES), join(dataDir, FILES));
    if (manifest.with_key) renameSync(join(fresh, KEY_FILE), join(dataDir, KEY_FILE));
  } finally {
    rmSync(join(dataDir, 'restore.unfinished'), { recursive: true, force: true });
    lock.release();
  }
  await proveIt(platform, dataDir, aside);
  return words(manifest, dataDir, aside);
}

/** What was in the data folder before. */
class Aside {
  readonly isNeeded: boolean;
  readonly suffix = `before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  private readonly moved: string[] = [];
  private readonly dataDir: string;

  constructor(dataDir: string) {
    this.dataDir = dataDir;
    this.isNeeded = existsSync(join(dataDir, CLUSTER));
  }

  put(withKey: boolean): void {
    for (const name of [CLUSTER, FILES, ...(withKey ? [KEY_FILE] : [])]) {
      const path = join(this.dataDir, name);
      if (!existsSync(path)) continue;
      renameSync(path, `${path}.${this.suffix}`);
      this.moved.push(path);
    }
  }

  takeBack(): void {
    for (const name of [CLUSTER, FILES]) rmSync(join(this.dataDir, name), { recursive: true, force: true });
    for (const path of this.moved) {
      rmSync(path, { recursive: true, force: true });
      renameSync(`${path}.${this.suffix}`, path);
    }
  }
}

async function manifestOf(file: string): Promise<Manifest> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  const trouble = `${file} is not a backup of OpsAgent`;
  const text = await tar(['-xzOf', file, MANIFEST], trouble);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 1)
    throw new BackupError(`${file} was written by a newer OpsAgent; restore it with that one.`);
  return manifest;
}

async function unpack(file: string, dataDir: string, platform: Platform): Promise<string> {
  const fresh = join(dataDir, 'restore.unfinished');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  await tar(['-xzpf', file, '--no-same-owner', '-C', fresh], `The backup ${file} could not be unpacked`);
  if (!existsSync(join(fresh, CLUSTER, 'global', 'pg_control'))) {
    throw new BackupError(`The backup ${file} is not complete; nothing was changed.`);
  }
  giveAway(join(fresh, CLUSTER), platform);
  return fresh;
}

/** The database's own account, where the server does not run it under the same. */
function giveAway(folder: string, platform: Platform): void {
  const { uid, gid } = platform.serverAccount();
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true })) chownSync(join(folder, String(entry)), uid, gid);
}

async function proveIt(platform: Platform, dataDir: string, aside: Aside): Promise<void> {
  try {
    await (await platform.openEmbeddedPostgres(dataDir)).close();
  } catch (cause) {
    aside.takeBack();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BackupError(`The restored database does not start, and everything is as it was: ${reason}`, { cause });
  }
}

function words(manifest: Manifest, dataDir: string, aside: Aside): string {
  const key = manifest.with_key
    ? 'with its master key'
    : `without a master key: put ${KEY_FILE} of that installation into the folder, or set OPSAGENT_MASTER_KEY`;
  const old = aside.isNeeded ? ` What was there is in ${join(dataDir, `${CLUSTER}.${aside.suffix}`)}.` : '';
  return `${dataDir} holds the database of ${manifest.created_at} again, ${key}.${old}`;
}
