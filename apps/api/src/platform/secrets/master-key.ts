import { createHash, createHmac } from 'node:crypto';

/** A key that seals secrets, and the two names it goes by; neither gives the key away. */
export interface MasterKey {
  readonly bytes: Buffer;
  /** Stands in every text it sealed. */
  readonly id: string;
  /** Kept in the database: it says which key is in use. */
  readonly fingerprint: string;
}

/** @param hex 64 hexadecimal digits */
export function masterKeyOf(hex: string): MasterKey {
  const bytes = Buffer.from(hex, 'hex');
  return {
    bytes,
    id: createHash('sha256').update('opsagent key id').update(bytes).digest('base64url').slice(0, 8),
    fingerprint: createHmac('sha256', bytes).update('opsagent master key').digest('hex'),
  };
}
