import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../config/start-error.js';
import type { Settings } from '../database/settings.js';

const FILE = 'master.key';
const FINGERPRINT = 'master_key_fingerprint';

/** The key from the environment, else the one in the data folder, which is made where there is none. @throws StartError */
export function masterKey(fromEnvironment: string | undefined, dataDir: string): Buffer {
  if (fromEnvironment !== undefined) return Buffer.from(fromEnvironment, 'hex');
  const path = join(dataDir, FILE);
  const text = readKey(path) ?? makeKey(path);
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new StartError(`${path} does not hold a master key; put the right file back, or set OPSAGENT_MASTER_KEY.`);
  }
  return Buffer.from(text, 'hex');
}

/** Refuses a key that the stored secrets were not sealed with. @throws StartError */
export async function requireSameKey(key: Buffer, settings: Settings): Promise<void> {
  const own = createHmac('sha256', key).update('opsagent master key').digest('hex');
  const known = await settings.getOrSet(FINGERPRINT, own);
  if (known.length === own.length && timingSafeEqual(Buffer.from(known), Buffer.from(own))) return;
  throw new StartError(
    'The master key is not the one this database was set up with; put OPSAGENT_MASTER_KEY or the file master.key back as it was.',
  );
}

function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`The master key ${path} cannot be read.`, { cause });
  }
}

/** Written whole beside its place and then linked there, so that two first starts agree on one key. */
function makeKey(path: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeDurably(draft, randomBytes(32).toString('hex'));
    linkUnlessThere(draft, path);
    unlinkSync(draft);
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new StartError(`The master key ${path} cannot be written.`, { cause });
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
