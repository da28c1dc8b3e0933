import type { ImportAction, ImportItemDto } from '@opsagent/contracts';
import { choiceOf, chooseForAll, decisionsOf, type ItemChoice, writtenBy } from './import-choices.js';

const item = (index: number, action: ImportAction): ImportItemDto => ({
  index,
  line: null,
  name: `m${index}`,
  action,
  existing_id: null,
  changes: [],
  reasons: [],
  missing_key: false,
});

const PLAN = [item(0, 'new'), item(1, 'change'), item(2, 'conflict'), item(3, 'same'), item(4, 'invalid')];

describe('what was chosen for a plan', () => {
  it('imports what is new or changed and leaves conflicts out, unless something else is said', () => {
    expect(PLAN.map((entry) => choiceOf(entry, new Map()))).toEqual(['import', 'import', 'skip', undefined, undefined]);
    expect(writtenBy(PLAN, new Map())).toBe(2);
    expect(decisionsOf(PLAN, new Map())).toEqual([]);
  });

  it('tells the server only what differs from its plan', () => {
    const choices = new Map<number, ItemChoice>([
      [0, 'skip'],
      [1, 'import'],
      [2, 'rename'],
    ]);
    expect(decisionsOf(PLAN, choices)).toEqual([
      { index: 0, choice: 'skip' },
      { index: 2, choice: 'rename' },
    ]);
    expect(writtenBy(PLAN, choices)).toBe(2);
  });

  it('decides for all conflicts at once and touches nothing else', () => {
    const choices = chooseForAll(PLAN, new Map([[0, 'skip']]), 'overwrite');
    expect([...choices]).toEqual([
      [0, 'skip'],
      [2, 'overwrite'],
    ]);
    expect(decisionsOf(PLAN, chooseForAll(PLAN, choices, 'skip'))).toEqual([{ index: 0, choice: 'skip' }]);
  });
});
