import type { LimitDto, LimitFigureDto, LimitStateDto } from '@opsagent/contracts';
import { narrowed, rowsOf } from './limit-rows.js';

const NOTHING = {
  ...{ requests_per_minute: null, concurrent_runs: null, tokens_per_day: null, tokens_per_month: null },
  ...{ cost_per_day: null, cost_per_month: null, currency: null, soft_percent: 80, updated_at: '2026-01-01T00:00:00Z' },
};
const limit = (facts: Partial<LimitDto>): LimitDto => ({
  ...{ kind: 'app', subject_id: 'a', subject_name: 'Shop', ...NOTHING },
  ...facts,
});
const figure = (facts: Partial<LimitFigureDto>): LimitFigureDto => ({
  ...{ name: 'tokens_per_day', most: 100, used: 10, level: 'free', currency: null, resets_at: null },
  ...{ unpriced_answers: null, ...facts },
});
const state = (subject_id: string, figures: LimitFigureDto[]): LimitStateDto => ({
  ...{ kind: 'app', subject_id, subject_name: subject_id, figures },
});

describe('the rows of the limits', () => {
  it('say of every subject how much of each of its limits is used', () => {
    const [row] = rowsOf([limit({ tokens_per_day: 100 })], [state('a', [figure({ used: 40 })])]);
    expect(row?.lines).toMatchObject([{ name: 'tokens_per_day', most: 100, figure: { used: 40 } }]);
  });

  it('take no figure for a limit that was changed since it was read', () => {
    const [row] = rowsOf([limit({ tokens_per_day: 500 })], [state('a', [figure({ most: 100, level: 'reached' })])]);
    expect(row?.lines).toMatchObject([{ most: 500, figure: null }]);
  });

  it('begin with everyone of a kind, and end with whoever has no limits of their own, the most pressed first', () => {
    const everyone = limit({ subject_id: null, subject_name: null, tokens_per_day: 100 });
    const states = [
      state('free', [figure({})]),
      state('spent', [figure({ level: 'reached' })]),
      state('near', [figure({ level: 'soft' })]),
    ];
    const rows = rowsOf([limit({ kind: 'user', subject_id: 'u' }), limit({}), everyone], states);
    expect(rows.map(({ key }) => key)).toEqual([
      ...['app:default', 'app:a', 'user:u'],
      ...['app:spent', 'app:near', 'app:free'],
    ]);
  });

  it('are narrowed by a part of the name and by the kind', () => {
    const rows = rowsOf([limit({}), limit({ kind: 'user', subject_id: 'u', subject_name: 'shopper@example.org' })], []);
    const keys = (q: string, kind: 'user' | '') =>
      narrowed(rows, { q, kind }, ({ name }) => name ?? '').map(({ key }) => key);
    expect(keys(' SHOP', '')).toEqual(['app:a', 'user:u']);
    expect(keys('shop', 'user')).toEqual(['user:u']);
    expect(keys('nobody', '')).toEqual([]);
  });
});
