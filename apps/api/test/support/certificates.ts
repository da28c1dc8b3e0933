import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** What a TLS server needs, in PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority made for one test, and the certificates it signs. */
export class TestAuthority {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  /** The authority's own certificate, in PEM. */
  readonly pem: string;
  private readonly name: string;

  constructor(name = 'Test Authority') {
    this.name = name;
    const { privateKey: signer, publicKey } = this.keys;
    this.pem = certificate({ subject: name, issuer: name, signer, publicKey, isAuthority: true, ...within(1) });
  }

  /** A certificate for these names and addresses; `days` are left of it, a negative number has passed. */
  sign(names: readonly string[], days = 1): ServerCertificate {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const facts = { subject: names[0] ?? '', issuer: this.name, signer: this.keys.privateKey, publicKey, names };
    return { key: pemOfKey(privateKey), cert: certificate({ ...facts, ...within(days) }) };
  }
}

/** A certificate that signed itself. */
export function selfSigned(names: readonly string[]): ServerCertificate {
  const { privateKey: signer, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = names[0] ?? '';
  return {
    key: pemOfKey(signer),
    cert: certificate({ subject, issuer: subject, signer, publicKey, names, ...within(1) }),
  };
}

interface CertificateParts {
  subject: string;
  issuer: string;
  signer: KeyObject;
  publicKey: KeyObject;
  from: Date;
  to: Date;
  names?: readonly string[];
  isAuthority?: boolean;
}

const DAY_MS = 86_400_000;

function within(days: number): { from: Date; to: Date } {
  const to = new Date(Date.now() + days * DAY_MS);
  return { from: new Date(Math.min(Date.now(), to.getTime()) - DAY_MS), to };
}

/** RFC 5280 §4.1, the few fields that are needed. */
function certificate({
  subject,
  issuer,
  signer,
  publicKey,
  from,
  to,
  names = [],
  isAuthority,
}: CertificateParts): string {
  const algorithm = sequence(ECDSA_SHA256);
  const extensions = [
    ...(isAuthority ? [sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE)))] : []),
    ...(names.length > 0 ? [sequence(ALTERNATIVE_NAMES, octets(sequence(...names.map(generalName))))] : []),
  ];
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + Math.floor(Math.random() * 127)])),
    algorithm,
    nameOf(issuer),
    sequence(utcTime(from), utcTime(to)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(signed, algorithm, der(0x03, Buffer.from([0]), sign('sha256', signed, signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex');
const ALTERNATIVE_NAMES = Buffer.from('0603551d11', 'hex');
const TRUE = Buffer.from('0101ff', 'hex');

function generalName(name: string): Buffer {
  if (isIP(name) === 4) return der(0x87, Buffer.from(name.split('.').map(Number)));
  return der(0x82, Buffer.from(name));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/\D/g, '');
  return der(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** One value of ASN.1 in DER: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function pemOfKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
