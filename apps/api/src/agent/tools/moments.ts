const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/**
 * Reads `now`, a time before it (`now-1h`, `15m`, `2h ago`), ISO 8601 or Unix seconds.
 * @returns Unix seconds, or undefined for anything else
 */
export function secondsOf(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed === 'now') return nowMs / 1000;
  const [, count, unit = ''] = /^(?:now\s*)?-?\s*(\d{1,6})\s*([smhdw])(?:\s+ago)?$/.exec(trimmed) ?? [];
  if (count !== undefined) return nowMs / 1000 - Number(count) * (UNIT_SECONDS[unit] ?? 0);
  if (/^\d{9,11}(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** The same for a tool's optional input. @returns milliseconds; undefined when left out, NaN for what is no moment */
export function momentOf(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return Math.round((secondsOf(text, nowMs) ?? Number.NaN) * 1000);
}

/** Reads a duration such as `30s` or `5m`. @returns seconds, or undefined for anything else */
export function durationOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text.trim()) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit] ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/** A moment as the model reads it, to the second. */
export function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
