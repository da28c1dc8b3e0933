import type { PriceHours } from './catalogue-entry.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether a moment falls into the hours. Holidays are not known. */
export function isWithin({ time_zone, days, ranges }: PriceHours, at: Date): boolean {
  const { day, time } = wallClock(time_zone, at);
  return days.includes(day) && ranges.some((range) => range.slice(0, 5) <= time && time < range.slice(6));
}

/** The hours in words. */
export function hoursText({ time_zone, days, ranges }: PriceHours): string {
  return `${days.map((day) => DAYS[day - 1]).join(' ')}, ${ranges.join(' ')} (${time_zone})`;
}

function wallClock(timeZone: string, at: Date): { day: number; time: string } {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: DAYS.indexOf(parts.get('weekday') ?? '') + 1,
    time: `${parts.get('hour') ?? ''}:${parts.get('minute') ?? ''}`,
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
