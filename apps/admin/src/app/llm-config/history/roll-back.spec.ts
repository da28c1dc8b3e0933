import type { FieldChangeDto, LlmConfigRevisionDto, RevisionAction } from '@opsagent/contracts';
import { rollBackChanges, settingsApart } from './roll-back.js';

const revision = (
  number: number,
  changes: FieldChangeDto[],
  action: RevisionAction = 'update',
): LlmConfigRevisionDto => ({
  id: String(number),
  number,
  action,
  at: '2026-11-25T00:00:00.000Z',
  by: null,
  changes,
});
const change = (field: string, before: unknown, after: unknown): FieldChangeDto => ({ field, before, after });
const changed = (...revisions: LlmConfigRevisionDto[]): FieldChangeDto[] =>
  rollBackChanges(revisions, revision(1, [change('name', null, 'a')], 'create'));

describe('going back to a revision', () => {
  it('says what is now and what was then, over all changes between', () => {
    const found = changed(
      revision(4, [change('temperature', 0.5, 0.9)]),
      revision(3, [change('model_name', 'x', 'y')]),
      revision(2, [change('temperature', null, 0.5)]),
    );
    expect(found).toEqual([change('temperature', 0.9, null), change('model_name', 'y', 'x')]);
  });

  it('leaves out what came back by itself, and whom the configuration serves', () => {
    const found = changed(
      revision(3, [change('temperature', 0.5, null), change('is_active', true, false)]),
      revision(2, [change('temperature', null, 0.5)]),
    );
    expect(found).toEqual([]);
  });

  it('takes no restored configuration for a change of everything', () => {
    const found = changed(
      revision(4, [change('name', null, 'b')], 'restore'),
      revision(3, [], 'delete'),
      revision(2, [change('name', 'a', 'b')]),
    );
    expect(found).toEqual([change('name', 'b', 'a')]);
  });

  it('counts a key that was changed, although its values are not told', () => {
    expect(changed(revision(2, [change('api_key', 'stored', 'changed')]))).toEqual([
      change('api_key', 'changed', 'stored'),
    ]);
  });

  it('names the further settings that differ, one by one', () => {
    const found = settingsApart(change('extra_config', { thinking: 'on', seed: 1 }, { thinking: 'off', seed: 1 }));
    expect(found).toEqual([change('extra_config.thinking', 'on', 'off')]);
    expect(settingsApart(change('extra_config', { seed: 1 }, null))).toEqual([change('extra_config.seed', 1, null)]);
  });
});
