import { redacted } from './redacted.js';

/** Everything that a line of the log may hold besides its time and level; what is not named here is not written. */
const LOG_FIELDS = [
  ...['msg', 'context', 'request_id'],
  // Of an error: its name, the code that its maker gave it, and where it came from.
  ...['error', 'code', 'stack', 'cause'],
  // Of a request.
  ...['method', 'route', 'status', 'ms'],
] as const;

export type LogFields = Partial<Record<(typeof LOG_FIELDS)[number], unknown>>;

/** The fields that may be logged, as plain values without credentials. */
export function logFields(given: object): LogFields {
  const values = given as Record<string, unknown>;
  return Object.fromEntries(LOG_FIELDS.flatMap((name) => plainly(name, values[name])));
}

function plainly(name: string, value: unknown): [string, string | number | boolean][] {
  if (typeof value === 'string') return [[name, redacted(value)]];
  return typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [];
}
