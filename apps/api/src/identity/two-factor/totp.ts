import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app knows it: HMAC-SHA-1, six digits, 30 seconds. */
const PERIOD_S = 30;
const FORM = { algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const;
/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;
/** A clock may be wrong by this many steps, before and after. */
const WINDOW = 1;

/** A new secret in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the QR code says. A colon would end the issuer. */
export function totpUri(secret: string, issuer: string, account: string): string {
  return new TOTP({ ...FORM, secret, issuer: issuer.replaceAll(':', ' '), label: account }).toString();
}

/** The step of time whose code this is; null where it is of none that counts now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const totp = new TOTP({ ...FORM, secret });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}
