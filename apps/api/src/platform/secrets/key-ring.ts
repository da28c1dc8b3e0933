import { randomBytes } from 'node:crypto';
import { type MasterKey, masterKeyOf } from './master-key.js';
import type { MasterKeyFile } from './master-key-file.js';

/** The file is read again for a key that is not known, but not for every text that names it. */
const READ_AGAIN_MS = 1_000;

/** Keys from the environment, 64 hexadecimal digits each; without `key` the data folder's file holds them. */
export interface EnvironmentKeys {
  readonly key?: string | undefined;
  /** The one before, which opens what it sealed until everything is sealed anew. */
  readonly previous?: string | undefined;
}

/** The master keys this process has, newest first; one of them seals, every one opens what it sealed. */
export class KeyRing {
  private keys: readonly MasterKey[] = [];
  private sealing: MasterKey;
  private readAt = 0;

  /** @throws StartError when the file holds no keys */
  constructor(
    private readonly environment: EnvironmentKeys,
    private readonly file: MasterKeyFile,
  ) {
    this.read();
    this.sealing = this.newest;
  }

  /** The key that seals. */
  get current(): MasterKey {
    return this.sealing;
  }

  /** The last one that was made or set. */
  get newest(): MasterKey {
    const [newest] = this.keys;
    if (!newest) throw new RangeError('A key ring holds one key at least.');
    return newest;
  }

  /** There is a key to go over to. */
  get hasNewer(): boolean {
    return this.newest.id !== this.sealing.id;
  }

  get keptIn(): 'file' | 'environment' {
    return this.environment.key === undefined ? 'file' : 'environment';
  }

  get ids(): string[] {
    return this.keys.map(({ id }) => id);
  }

  /** The key that a sealed text names; another process may have put it into the file a moment ago. */
  find(id: string): MasterKey | undefined {
    const known = (): MasterKey | undefined => this.keys.find((key) => key.id === id);
    if (!known() && performance.now() - this.readAt > READ_AGAIN_MS) this.read();
    return known();
  }

  /** Lets the key of that fingerprint seal from now on. @returns false when this process does not have it */
  use(fingerprint: string): boolean {
    const known = (): MasterKey | undefined => this.keys.find((key) => key.fingerprint === fingerprint);
    if (!known()) this.read();
    this.sealing = known() ?? this.sealing;
    return this.sealing.fingerprint === fingerprint;
  }

  /** Puts a new key into the file; it seals nothing before `use`. */
  makeNewest(): void {
    this.file.replace([randomBytes(32).toString('hex'), ...this.file.readOrMake()]);
    this.read();
  }

  /** Leaves the current key alone in the file. This process still opens what earlier ones sealed. */
  forgetEarlier(): void {
    if (this.keptIn === 'file') this.file.replace([this.sealing.bytes.toString('hex')]);
  }

  private read(): void {
    this.readAt = performance.now();
    const { key, previous } = this.environment;
    const texts = [
      ...(key === undefined ? this.file.readOrMake() : [key]),
      ...(previous === undefined ? [] : [previous]),
    ];
    const read = texts.map(masterKeyOf);
    const others = this.keys.filter(({ id }) => read.every((one) => one.id !== id));
    this.keys = [...read, ...others].filter(({ id }, at, all) => all.findIndex((one) => one.id === id) === at);
  }
}
