import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type RateLimit, RateLimits } from '../platform/database/rate-limits.js';
import { TooManySignIns } from './identity.errors.js';

const QUARTER = 15 * 60;

/** One who tries passwords of one account, of many accounts, and many who try one account. */
const PAIR: RateLimit = { name: 'sign_in_pair', most: 10, withinSeconds: QUARTER };
const ADDRESS: RateLimit = { name: 'sign_in_address', most: 100, withinSeconds: QUARTER };
const ACCOUNT: RateLimit = { name: 'sign_in_account', most: 50, withinSeconds: QUARTER };
/** One who has the password, or a browser that is signed in, and tries codes: three of a million hold at a time. */
const SECOND_FACTOR: RateLimit = { name: 'second_factor', most: 20, withinSeconds: 24 * QUARTER };

/** Keeps passwords from being guessed. Every attempt counts before its password is looked at; a right one counts no more. */
@Injectable()
export class SignInLimits {
  constructor(private readonly limits: RateLimits) {}

  /** @throws TooManySignIns, the same for an account that exists and one that does not */
  async take(email: string, address: string): Promise<void> {
    for (const [limit, key] of keysOf(email, address)) {
      const seconds = await this.limits.take(limit, key);
      if (seconds > 0) throw new TooManySignIns(seconds);
    }
  }

  /** Counts an attempt that names no account yet. @throws TooManySignIns */
  async takeOf(address: string): Promise<void> {
    const seconds = await this.limits.take(ADDRESS, address);
    if (seconds > 0) throw new TooManySignIns(seconds);
  }

  /** The password was right. */
  async clear(email: string, address: string): Promise<void> {
    for (const [limit, key] of keysOf(email, address)) if (limit !== ADDRESS) await this.limits.clear(limit, key);
    await this.limits.removeExpired();
  }

  /** An attempt to prove by a code, or by the present password, whose account it is. @throws TooManySignIns */
  async takeCode(userId: string): Promise<void> {
    const seconds = await this.limits.take(SECOND_FACTOR, userId);
    if (seconds > 0) throw new TooManySignIns(seconds);
  }

  /** The code was right. */
  async clearCodes(userId: string): Promise<void> {
    await this.limits.clear(SECOND_FACTOR, userId);
  }
}

function keysOf(email: string, address: string): [RateLimit, string][] {
  const account = createHash('sha256').update(email.toLowerCase()).digest('base64url');
  return [
    [PAIR, `${account} ${address}`],
    [ADDRESS, address],
    [ACCOUNT, account],
  ];
}
