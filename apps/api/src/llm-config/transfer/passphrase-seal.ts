import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const COST = { n: 2 ** 17, r: 8, p: 1 } as const;
/** What a file may ask of this server: it names the cost, and could name one that nobody can pay. */
const COSTS = { n: [2 ** 14, 2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18], r: 8, p: 1 } as const;
/** Sealed in every file, so that a wrong passphrase is known before anything else is opened. */
const CHECK = { text: 'opsagent', place: ['check'] };

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** How the secrets of a file are sealed, as it stands in the file. */
export interface SealingFacts {
  readonly kdf: 'scrypt';
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly cipher: typeof CIPHER;
  readonly check: string;
}

/** Seals and opens the secrets of one file with a passphrase. */
export class PassphraseSeal {
  private constructor(private readonly key: Buffer) {}

  /** For a new file, with a salt of its own. */
  static async create(passphrase: string): Promise<{ seal: PassphraseSeal; facts: SealingFacts }> {
    const salt = randomBytes(SALT_BYTES);
    const seal = new PassphraseSeal(await keyOf(passphrase, salt, COST));
    const check = seal.seal(CHECK.text, CHECK.place);
    return { seal, facts: { kdf: 'scrypt', ...COST, salt: salt.toString('base64url'), cipher: CIPHER, check } };
  }

  /** For a file that was sealed; null when the passphrase is not its own. */
  static async open(passphrase: string, facts: SealingFacts): Promise<PassphraseSeal | null> {
    const seal = new PassphraseSeal(await keyOf(passphrase, Buffer.from(facts.salt, 'base64url'), facts));
    return seal.open(facts.check, CHECK.place) === CHECK.text ? seal : null;
  }

  /** @param place what the text belongs to: beside anything else it cannot be opened */
  seal(plain: string, place: readonly unknown[]): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, iv, { authTagLength: TAG_BYTES }).setAAD(bindingTo(place));
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url')).join('.');
  }

  /** Null when it was sealed with another passphrase, beside something else, or was changed since. */
  open(sealed: string, place: readonly unknown[]): string | null {
    const [iv, tag, data] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
    if (iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES || !data) return null;
    const decipher = createDecipheriv(CIPHER, this.key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(bindingTo(place)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    } catch {
      // The one thing `final` can say is that it is not what was sealed.
      return null;
    }
  }
}

/** What a file says about its sealing; undefined when it is not what this server knows and can pay. */
export function readSealingFacts(value: unknown): SealingFacts | undefined {
  const facts = (value ?? {}) as Record<keyof SealingFacts, unknown>;
  const isCost = COSTS.n.includes(facts.n as never) && facts.r === COSTS.r && facts.p === COSTS.p;
  const isKnown = facts.kdf === 'scrypt' && facts.cipher === CIPHER && isCost;
  return isKnown && typeof facts.salt === 'string' && typeof facts.check === 'string'
    ? (value as SealingFacts)
    : undefined;
}

function keyOf(passphrase: string, salt: Buffer, { n, r, p }: Pick<SealingFacts, 'n' | 'r' | 'p'>): Promise<Buffer> {
  const maxmem = 256 * n * r;
  return derive(passphrase.normalize('NFC'), salt, KEY_BYTES, { N: n, r, p, maxmem });
}

function bindingTo(place: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(['opsagent', 'llm-configs', 1, ...place]));
}
