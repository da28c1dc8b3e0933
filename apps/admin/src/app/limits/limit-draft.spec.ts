import { draftOf, inputOfDraft } from './limit-draft.js';

describe('what is sent for limits', () => {
  it('has a currency only where there is money', () => {
    const draft = { ...draftOf(null), tokens_per_day: 1000, currency: 'usd' };
    expect(inputOfDraft(draft, 'app')).toMatchObject({ tokens_per_day: 1000, cost_per_day: null, currency: null });
    expect(inputOfDraft({ ...draft, cost_per_day: 2 }, 'app')).toMatchObject({ cost_per_day: 2, currency: 'USD' });
  });

  it('is the requests alone for a key, whatever was typed before the kind was chosen', () => {
    const draft = { ...draftOf(null), requests_per_minute: 5, tokens_per_day: 1000, cost_per_day: 2 };
    expect(inputOfDraft(draft, 'app_key')).toEqual({
      ...{ requests_per_minute: 5, concurrent_runs: null, tokens_per_day: null, tokens_per_month: null },
      ...{ cost_per_day: null, cost_per_month: null, currency: null, soft_percent: 80 },
    });
  });
});
