import { endOf, hourOf, startOf } from './periods.js';

describe('a period', () => {
  it.each([
    ['2026-12-31T23:59:59.999Z', '2026-12-31', '2027-01-01', '2026-12-01', '2027-01-01'],
    ['2027-01-01T00:00:00.000Z', '2027-01-01', '2027-01-02', '2027-01-01', '2027-02-01'],
    ['2028-02-29T12:00:00.000Z', '2028-02-29', '2028-03-01', '2028-02-01', '2028-03-01'],
    // In most time zones of clients this is another day.
    ['2026-06-01T07:30:00+08:00', '2026-05-31', '2026-06-01', '2026-05-01', '2026-06-01'],
  ])('of %s begins and ends with the day and the month of UTC', (moment, ...days) => {
    const at = new Date(moment);
    const found = (['day', 'month'] as const).flatMap((period) => [startOf(period, at), endOf(period, at)]);
    expect(found.map((date) => date.toISOString())).toEqual(days.map((day) => `${day}T00:00:00.000Z`));
  });

  it('is written down by the hour', () => {
    expect(hourOf(new Date('2026-01-10T13:59:59.999Z')).toISOString()).toBe('2026-01-10T13:00:00.000Z');
  });
});
