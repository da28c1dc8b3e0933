import type { Span } from '../session/answer-figures.repository.js';

const QUARTER_MS = 15 * 60_000;

/** Quarters of an hour in the health of a configuration. */
export const QUARTERS = 96;

/** From midnight, by the server's own clock, until now. */
export function today(now: Date): Span {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  return { from: midnight, to: now };
}

/** The same hours seven days earlier, also where the clocks were changed meanwhile. */
export function weekBefore({ from, to }: Span): Span {
  return { from: sevenDaysBefore(from), to: sevenDaysBefore(to) };
}

/** The last 24 hours, in whole quarters of an hour; the last one is still going on. */
export function lastDay(now: Date): Span {
  const to = (Math.floor(now.getTime() / QUARTER_MS) + 1) * QUARTER_MS;
  return { from: new Date(to - QUARTERS * QUARTER_MS), to: new Date(to) };
}

/** The last 60 minutes. */
export function lastHour(now: Date): Span {
  return { from: new Date(now.getTime() - 60 * 60_000), to: now };
}

function sevenDaysBefore(date: Date): Date {
  const before = new Date(date);
  before.setDate(before.getDate() - 7);
  return before;
}
