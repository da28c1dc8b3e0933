import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { SecretBox, type SecretPlace, SecretUnreadable } from './secret-box.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with AES-256-GCM; place and key are authenticated, so a sealed text is of no use anywhere else. */
export class AesSecretBox extends SecretBox {
  private readonly keyId: string;

  constructor(private readonly key: Buffer) {
    super();
    this.keyId = createHash('sha256').update('opsagent key id').update(key).digest('base64url').slice(0, 8);
  }

  override seal(plain: string, place: SecretPlace): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES }).setAAD(this.bindingTo(place));
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
    return [VERSION, this.keyId, ...parts].join(':');
  }

  override open(sealed: string, place: SecretPlace): string {
    const [version, keyId, ...parts] = sealed.split(':');
    const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (version !== VERSION || keyId !== this.keyId || !iv || !tag || !data) throw new SecretUnreadable();
    try {
      const decipher = createDecipheriv(ALGORITHM, this.key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(this.bindingTo(place)).setAuthTag(tag);
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretUnreadable({ cause });
    }
  }

  private bindingTo({ table, row, column }: SecretPlace): Buffer {
    return Buffer.from(JSON.stringify([table, row, column, this.keyId]));
  }
}
