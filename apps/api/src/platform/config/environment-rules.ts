import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { parsePostgresUrl } from './postgres-url.js';

/** The names Express knows for ranges of proxies. */
const PROXY_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

/** Accepts what `pg` can connect to, a Unix socket folder in `?host=` included. */
export function IsPostgresUrl(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isPostgresUrl', validator: { validate: isPostgresUrl } }, options);
}

/** Accepts a number of proxies or a list of their addresses, networks or named ranges. */
export function IsTrustedProxies(options: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isTrustedProxies', validator: { validate: isTrustedProxies } }, options);
}

/** Turns the text of a variable into what the program works with. */
export function ReadAs<T>(read: (text: string) => T): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value));
}

export function readTrustedProxies(text: string): number | string[] {
  return /^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim());
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function isPostgresUrl(value: unknown): boolean {
  return typeof value === 'string' && parsePostgresUrl(value) !== undefined;
}

function isTrustedProxies(value: unknown): boolean {
  if (typeof value === 'number') return value <= 16;
  return Array.isArray(value) && value.length > 0 && value.every((part) => isProxy(String(part)));
}

function isProxy(text: string): boolean {
  if (PROXY_RANGES.includes(text)) return true;
  const [address = '', bits, rest] = text.split('/');
  const kind = isIP(address);
  if (kind === 0 || rest !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}
