import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const MOST_TRIES = 5;

/** The one-time code that proves that whoever sets up can read the server's output; kept as a hash, in memory only. */
@Injectable()
export class SetupCode {
  private hash: Buffer | null = null;
  private tries = 0;

  /** Makes a new code; the former one is worth nothing from now on. */
  renew(): string {
    const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    this.hash = digest(letters);
    this.tries = 0;
    return letters.replace(/(.{4})(?=.)/g, '$1-');
  }

  /** Whether this is the code; case, blanks and hyphens do not matter. */
  matches(code: string): boolean {
    this.tries += 1;
    return this.hash !== null && timingSafeEqual(this.hash, digest(code.toUpperCase().replace(/[\s-]/g, '')));
  }

  /** Guessed so often that a new code is due. */
  get isWornOut(): boolean {
    return this.tries >= MOST_TRIES;
  }
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
