import { changedInput, differencesOf, EMPTY, type RunbookDraft } from './runbook-draft.js';

const words = (field: keyof RunbookDraft, draft: RunbookDraft): string => String(draft[field]);
const draft = (values: Partial<RunbookDraft>): RunbookDraft => ({ ...EMPTY, ...values });

describe('the draft of a runbook', () => {
  it('sends only what was changed', () => {
    expect(changedInput(draft({ title: ' disk ', body: 'df' }), draft({ title: 'disk', body: 'du' }))).toEqual({
      body: 'df',
    });
    expect(changedInput(draft({ tags: ['a'] }), draft({ tags: ['a'] }))).toEqual({});
  });

  it('shows of long texts where they begin to differ', () => {
    const same = 'the same line\n'.repeat(100);
    const [one] = differencesOf(draft({ body: `${same}check mine` }), draft({ body: `${same}check theirs` }), words);
    expect(one).toEqual({ label: 'runbooks.field.body', mine: '…check mine', current: '…check theirs' });
  });

  it('says that there is nothing', () => {
    expect(differencesOf(draft({ body: '' }), draft({ body: 'df' }), words)).toMatchObject([
      { mine: '—', current: 'df' },
    ]);
  });
});
