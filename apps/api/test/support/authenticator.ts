import { TOTP } from 'otpauth';

/** An authenticator app: the code of a secret now, or some steps of 30 seconds later. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
}
