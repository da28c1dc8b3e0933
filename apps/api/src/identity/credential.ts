import { createHash, randomBytes } from 'node:crypto';

/** What a personal token begins with, so that it can be told from other secrets. */
const TOKEN_PREFIX = 'ops-';

/** A new secret of 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** How much of a token is shown to tell it by; its end is shown as well. */
export const TOKEN_SHOWN = TOKEN_PREFIX.length + 4;

/** A new personal token. */
export function newToken(): string {
  return `${TOKEN_PREFIX}${newSecret()}`;
}

/** What is stored of a secret: it has 256 bits of its own, so a plain SHA-256 is enough to hide it. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
