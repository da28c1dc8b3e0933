import { randomInt } from 'node:crypto';
import { hashOf } from '../credential.js';

const CODES = 10;
const GROUPS = 4;
const GROUP_LENGTH = 4;
/** Without what is easily read as something else: 0 and o, 1 and l and i. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** New codes such as `k7mp-2xqa-9hfd-wt4c`: 79 bits each, so that hashing them plainly hides them. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, () => Array.from({ length: GROUPS }, newGroup).join('-'));
}

/** What is stored of a code; the user is part of it, so that one guess is never one at all of them. */
export function hashOfRecoveryCode(userId: string, code: string): Buffer {
  return hashOf(`${userId} ${plain(code)}`);
}

/** How a code is compared: blanks, hyphens and capitals do not matter. */
export function plain(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toLowerCase();
}

function newGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
