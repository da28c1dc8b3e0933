import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import { SecretBox, type SecretPlace, SecretUnreadable } from './secret-box.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with AES-256-GCM; place and key are authenticated, so a sealed text is of no use anywhere else. */
export class AesSecretBox extends SecretBox {
  constructor(private readonly keys: KeyRing) {
    super();
  }

  override seal(plain: string, place: SecretPlace): string {
    const { bytes, id } = this.keys.current;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, bytes, iv, { authTagLength: TAG_BYTES }).setAAD(binding(place, id));
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
    return [VERSION, id, ...parts].join(':');
  }

  override open(sealed: string, place: SecretPlace): string {
    const [version, id = '', ...parts] = sealed.split(':');
    const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
    const key = version === VERSION ? this.keys.find(id) : undefined;
    if (!key || !iv || !tag || !data) throw new SecretUnreadable();
    try {
      const decipher = createDecipheriv(ALGORITHM, key.bytes, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(binding(place, id)).setAuthTag(tag);
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretUnreadable({ cause });
    }
  }
}

function binding({ table, row, column }: SecretPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([table, row, column, keyId]));
}
