import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** The secret of RFC 6238's appendix B, in base32, and its last six digits for SHA-1. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

describe('codes of an authenticator app', () => {
  const at = (seconds: number): Date => new Date(seconds * 1000);

  it.each(VECTORS)('are those of RFC 6238 at %i seconds', (seconds, code) => {
    expect(stepOfCode(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('hold one step early and one step late, and name the step they are of', () => {
    const [seconds, code] = VECTORS[2];
    const step = Math.floor(seconds / 30);
    const start = step * 30;
    for (const moment of [start - 30, start, start + 29, start + 59])
      expect(stepOfCode(SECRET, code, at(moment))).toBe(step);
    for (const moment of [start - 31, start + 60]) expect(stepOfCode(SECRET, code, at(moment))).toBeNull();
  });

  it('do not hold for another secret, nor cut, nor with more to them', () => {
    const [seconds, code] = VECTORS[4];
    expect(stepOfCode(newTotpSecret(), code, at(seconds))).toBeNull();
    for (const other of ['', code.slice(1), `${code}0`, `0${code}`, 'abcdef'])
      expect(stepOfCode(SECRET, other, at(seconds))).toBeNull();
  });

  it('come of secrets of 160 bits, told to the app with the installation and the account', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const uri = new URL(totpUri(secret, 'OpsAgent a:b', 'root@example.org'));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/OpsAgent a b:root@example.org',
    ]);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      ...{ issuer: 'OpsAgent a b', secret, algorithm: 'SHA1' },
      ...{ digits: '6', period: '30' },
    });
  });
});

describe('recovery codes', () => {
  it('are ten different ones without letters that are easily misread', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  });

  it('are the same however they are written, and another for each user', () => {
    const hash = hashOfRecoveryCode('one', 'abcd-efgh-jkmn-2345');
    for (const code of ['ABCD EFGH JKMN 2345', 'abcdefghjkmn2345', ' abcd-efgh-jkmn-2345 '])
      expect(hashOfRecoveryCode('one', code)).toEqual(hash);
    expect(hashOfRecoveryCode('other', 'abcd-efgh-jkmn-2345')).not.toEqual(hash);
  });
});
