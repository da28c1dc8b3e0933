import type { V1ObjectMeta } from '@kubernetes/client-node';

/** What is told of an object; undefined and empty fields are left out. */
export type Told = Record<string, unknown>;

/** The beginning of a text in one line. */
export function cut(text: string, length = 300): string {
  const line = text
    .slice(0, 4 * length)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length)}…`.replace(/[\uD800-\uDBFF]…$/, '…') : line;
}

/** A moment as the model reads it, to the second; with microseconds the client leaves it as a text. @throws RangeError when it is none */
export function isoOf(moment: Date | string | null | undefined): string | undefined {
  return moment ? new Date(moment).toISOString().replace(/\.\d{3}Z$/, 'Z') : undefined;
}

/** Without what is undefined, false or empty: the model pays for every word. */
export function compact(told: Told): Told {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => !isEmpty(value)));
}

/** The same, whatever a server puts where a name should be: no text, list or map without end. */
export function clipped(told: Told): Told {
  return clip(told, 0) as Told;
}

/** What every list shows first. */
export function headOf({ name, namespace }: V1ObjectMeta = {}): Told {
  return { name, namespace };
}

/** Labels and quantities; a map that somebody wrote at length is cut. */
export function pairsOf(map: Readonly<Record<string, string>> | undefined, most = 20): Told | undefined {
  return (
    map &&
    Object.fromEntries(
      Object.entries(map)
        .slice(0, most)
        .map(([name, value]) => [cut(name, 120), cut(String(value), 120)]),
    )
  );
}

/** A few of many. */
export function some<T, R>(list: readonly T[] | undefined, tell: (one: T) => R, most = 20): R[] {
  return (list ?? []).slice(0, most).map(tell);
}

/** Conditions that are not as they should be, with the reason. */
export function conditionsOf(
  conditions: readonly { type: string; status: string; reason?: string; message?: string }[] | undefined,
  isGood: (condition: { type: string; status: string }) => boolean,
): string[] {
  const bad = (conditions ?? []).filter((condition) => !isGood(condition));
  return some(bad, ({ type, status, reason, message }) =>
    cut(`${type}=${status}${reason ? ` ${reason}` : ''}${message ? `: ${message}` : ''}`),
  );
}

function clip(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(value, 700);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 4) return undefined;
  if (Array.isArray(value)) return value.slice(0, 40).map((one) => clip(one, depth + 1));
  const few = Object.entries(value).slice(0, 40);
  return Object.fromEntries(few.map(([name, one]) => [cut(name, 120), clip(one, depth + 1)]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
