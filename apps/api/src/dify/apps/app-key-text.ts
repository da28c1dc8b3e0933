import { hash, randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 24;

/** A new key in the form that Dify's own have: some clients look at it. */
export function newAppKey(): string {
  return `app-${Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
}

/** What is kept of a key, in hex. 142 bits of randomness need no salt and no slow hash. */
export function appKeyHash(key: string): string {
  return hash('sha256', key, 'hex');
}
