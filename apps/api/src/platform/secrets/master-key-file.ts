import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../config/start-error.js';

const FILE = 'master.key';

/** The master keys in the data folder, as 64 hexadecimal digits a line: the newest first, earlier ones until nothing needs them. */
export class MasterKeyFile {
  private readonly path: string;

  constructor(dataDir: string) {
    this.path = join(dataDir, FILE);
  }

  /** The keys; where there is no file, one is made. @throws StartError */
  readOrMake(): string[] {
    return this.read() ?? this.make();
  }

  /** The keys; undefined where there is no file. @throws StartError when it holds something else */
  read(): string[] | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    const lines = text.trim().split(/\s*\n\s*/);
    if (lines.every((line) => /^[0-9a-f]{64}$/.test(line))) return lines;
    throw new StartError(
      `${this.path} does not hold a master key; put the right file back, or set OPSAGENT_MASTER_KEY.`,
    );
  }

  /** Puts other keys in their place, whole or not at all. */
  replace(keys: readonly string[]): void {
    const draft = this.draft(keys);
    renameSync(draft, this.path);
    const folder = openSync(dirname(this.path), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }

  private text(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new StartError(`The master key ${this.path} cannot be read.`, { cause });
    }
  }

  /** Written whole beside its place and then linked there, so that two first starts agree on one key. */
  private make(): string[] {
    try {
      const draft = this.draft([randomBytes(32).toString('hex')]);
      linkUnlessThere(draft, this.path);
      unlinkSync(draft);
    } catch (cause) {
      throw new StartError(`The master key ${this.path} cannot be written.`, { cause });
    }
    return this.read() ?? [];
  }

  private draft(keys: readonly string[]): string {
    const path = `${this.path}.${process.pid}.${randomBytes(4).toString('hex')}`;
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, keys.map((key) => `${key}\n`).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return path;
  }
}

function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
