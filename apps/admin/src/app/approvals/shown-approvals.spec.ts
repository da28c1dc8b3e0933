import type { ApprovalDto } from '@opsagent/contracts';
import { merged } from './shown-approvals.js';

const approval = (id: string, minute: number, state: ApprovalDto['state'] = 'pending') =>
  ({ id, state, created_at: `2026-01-01T00:0${minute}:00.000Z` }) as ApprovalDto;

describe('requests that are read again', () => {
  const before = [approval('b', 3), approval('a', 2)];

  it('keep their places: new ones come first, older ones last', () => {
    const fresh = [approval('c', 4), approval('b', 3), approval('a', 2), approval('old', 1)];
    expect(merged(before, [], fresh).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'old']);
    expect(merged([], [], fresh).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'old']);
  });

  it('stay where they stood when they were decided, and say so', () => {
    const shown = merged(before, [approval('b', 3, 'rejected')], [approval('a', 2)]);
    expect(shown.map(({ id, state }) => [id, state])).toEqual([
      ['b', 'rejected'],
      ['a', 'pending'],
    ]);
  });

  it('go when there is no such request any more', () => {
    expect(merged(before, [null], [approval('a', 2)]).map(({ id }) => id)).toEqual(['a']);
  });
});
