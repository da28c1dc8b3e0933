import type { SessionDto } from '@opsagent/contracts';
import { aSession } from '../test-server.js';
import { listRows } from './list-rows.js';

const NOW = new Date(2026, 5, 15, 9, 0);
const at = (name: string, day: number, hour: number, facts: Partial<SessionDto> = {}) =>
  aSession({ session_id: name, updated_at: new Date(2026, 5, day, hour).toISOString(), ...facts });

const told = (sessions: SessionDto[]): string =>
  listRows(sessions, NOW)
    .map((row) => (row.kind === 'heading' ? `[${row.group}]` : row.session.session_id))
    .join(' ');

describe('listRows', () => {
  it('puts sessions under the days of the reader’s calendar, in their order', () => {
    const sessions = [at('a', 15, 8), at('b', 15, 0), at('c', 14, 23), at('d', 10, 12), at('e', 9, 0), at('f', 8, 23)];
    expect(told(sessions)).toBe('[today] a b [yesterday] c [week] d e [older] f');
  });

  it('keeps the pinned ones together, whenever they were used', () => {
    const pinned_at = '2026-06-01T00:00:00.000Z';
    expect(told([at('p', 1, 0, { pinned_at }), at('q', 15, 1, { pinned_at }), at('a', 15, 8)])).toBe(
      '[pinned] p q [today] a',
    );
  });

  it('makes room for the text that a search has found', () => {
    const [, plain, found] = listRows([at('a', 15, 8), at('b', 15, 7, { excerpt: 'disk' })], NOW);
    expect(found.height).toBeGreaterThan(plain.height);
  });

  it('has no empty groups', () => expect(listRows([], NOW)).toEqual([]));
});
