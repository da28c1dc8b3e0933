import type { Request } from 'express';
import { hasBody } from '../../platform/http/json-body.js';
import { UnsupportedMedia } from '../../platform/errors/http.errors.js';
import { DifyError, DifyNotFound, InvalidParam, NO_SUCH_URL } from './dify-error.js';

export type JsonObject = Record<string, unknown>;

/** The end user of calls that name nobody. */
export const DEFAULT_USER = 'DEFAULT-USER';
/** What an index holds, and what Dify's own column takes. */
const LONGEST_USER = 255;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The parsed body of a JSON call. @throws UnsupportedMedia, DifyError when there is none or it is no object. */
export function jsonObject(request: Request): JsonObject {
  if (!hasBody(request)) throw emptyBody(request);
  const body: unknown = request.body;
  if (!isObject(body)) throw new InvalidParam('The body must be a JSON object.');
  return body;
}

function emptyBody({ headers }: Request): Error {
  if (!/^\s*application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')) return new UnsupportedMedia();
  return new DifyError(400, 'bad_request', 'Invalid JSON payload received or JSON payload is empty.');
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The end user of a call that must name one. @throws InvalidParam */
export function requiredUser(value: unknown): string {
  const user = optionalUser(value);
  if (user === null) throw new InvalidParam('Arg user must be provided.');
  return user;
}

/** The end user a call names, a number turned into text; null when it names none. @throws InvalidParam */
export function optionalUser(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.includes('\0')) throw new InvalidParam('user must be a string.');
  if (value.length > LONGEST_USER) throw new InvalidParam(`user must not be longer than ${LONGEST_USER} characters.`);
  return value;
}

/** An id in lower case; blank, null and absent all mean "not given". @throws InvalidParam */
export function optionalId(value: unknown, field: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new InvalidParam(`${field} must be a UUID.`);
  const id = value.trim();
  if (id === '') return null;
  if (!UUID.test(id)) throw new InvalidParam(`${field} must be a valid UUID.`);
  return id.toLowerCase();
}

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** An id in the path: whatever is no UUID names no route, as Dify's router sees it. @throws DifyNotFound */
export function pathId(value: string): string {
  if (!UUID.test(value)) throw new DifyNotFound(NO_SUCH_URL);
  return value.toLowerCase();
}

/** True or false; absent and null take the default. @throws InvalidParam */
export function flag(value: unknown, field: string, otherwise: boolean): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== 'boolean') throw new InvalidParam(`${field} must be a boolean.`);
  return value;
}

/** One value of a query parameter, the first of several. */
export function queryText(request: Request, name: string): string | undefined {
  const value = request.query[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

/** The end user of a reading call. @throws InvalidParam */
export function queryUser(request: Request): string | null {
  return optionalUser(queryText(request, 'user'));
}

/** How many elements a page may hold. @throws InvalidParam */
export function queryLimit(request: Request, most = 100): number {
  return queryNumber(request, 'limit', { otherwise: 20, most });
}

/** A whole number from 1. @throws InvalidParam */
export function queryNumber(
  request: Request,
  name: string,
  { otherwise, most }: { otherwise: number; most: number },
): number {
  const text = queryText(request, name)?.trim() ?? '';
  if (text === '') return otherwise;
  const value = /^[+-]?\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= most)) throw new InvalidParam(`${name} must be a whole number from 1 to ${most}.`);
  return value;
}
