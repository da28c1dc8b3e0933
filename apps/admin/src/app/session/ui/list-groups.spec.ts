import type { SessionDto } from '@opsagent/contracts';
import { groupedByDay } from './list-groups.js';

const NOW = new Date(2026, 5, 15, 9, 0);
const at = (name: string, day: number, hour: number) =>
  ({ session_id: name, updated_at: new Date(2026, 5, day, hour).toISOString() }) as SessionDto;

describe('groupedByDay', () => {
  it('puts sessions under the days of the reader’s calendar, in their order', () => {
    const sessions = [at('a', 15, 8), at('b', 15, 0), at('c', 14, 23), at('d', 10, 12), at('e', 9, 0), at('f', 8, 23)];
    const groups = groupedByDay(sessions, NOW).map(({ name, sessions: of }) => [
      name,
      of.map((s) => s.session_id).join(''),
    ]);
    expect(groups).toEqual([
      ['today', 'ab'],
      ['yesterday', 'c'],
      ['week', 'de'],
      ['older', 'f'],
    ]);
  });

  it('has no empty groups', () => expect(groupedByDay([], NOW)).toEqual([]));
});
