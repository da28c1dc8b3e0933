import { lastDay, lastHour, today, weekBefore } from './spans.js';

describe('the spans of the overview', () => {
  const now = new Date(2026, 10, 25, 14, 37, 12, 345);

  it('begin today at midnight by the server’s clock', () => {
    expect(today(now)).toEqual({ from: new Date(2026, 10, 25), to: now });
  });

  it('compare with the same hours a week ago', () => {
    const to = new Date(2026, 10, 18, 14, 37, 12, 345);
    expect(weekBefore(today(now))).toEqual({ from: new Date(2026, 10, 18), to });
  });

  it('keep the hours of the day where the clocks were changed meanwhile', () => {
    // Whatever the zone of this machine, one of the year's weeks has the change.
    for (let week = 0; week < 52; week++) {
      const day = new Date(2026, 0, 8 + 7 * week, 14, 5);
      const { from, to } = weekBefore(today(day));
      expect([from.getHours(), to.getHours(), to.getMinutes()]).toEqual([0, 14, 5]);
    }
  });

  it('are 96 whole quarters for the last day, the last of them begun', () => {
    const { from, to } = lastDay(now);
    expect(to.getTime() - from.getTime()).toBe(24 * 3_600_000);
    expect(to.getTime() % 900_000).toBe(0);
    expect(to.getTime() - now.getTime()).toBeLessThanOrEqual(900_000);
    expect(lastDay(to).to.getTime()).toBe(to.getTime() + 900_000);
  });

  it('end now for the last hour', () => {
    expect(lastHour(now)).toEqual({ from: new Date(2026, 10, 25, 13, 37, 12, 345), to: now });
  });
});
