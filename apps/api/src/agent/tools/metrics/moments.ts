const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Reads `now`, `now-1h`, ISO 8601 or Unix seconds. @returns Unix seconds, or undefined for anything else */
export function secondsOf(text: string, nowMs: number): number | undefined {
  const relative = /^now(?:\s*-\s*(\d{1,6})\s*([smhdw]))?$/.exec(text.trim());
  if (relative) return nowMs / 1000 - Number(relative[1] ?? 0) * (UNIT_SECONDS[relative[2] ?? 's'] ?? 0);
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text);
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
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
