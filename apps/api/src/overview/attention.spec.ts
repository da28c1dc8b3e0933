import type { LlmConfigDto } from '@opsagent/contracts';
import { attentionOf, type Facts } from './attention.js';

const NO_APPROVALS = { waiting: 0, nextExpiry: null, unknown: 0 };

const config = (name: string, values: Partial<LlmConfigDto> = {}): LlmConfigDto =>
  ({
    ...{ id: `id of ${name}`, name, is_embedding: false, is_default: true },
    ...{ has_api_key: true, api_key_masked: 'sk-…0001', ...values },
  }) as LlmConfigDto;

const kinds = (facts: Partial<Facts>): string[] =>
  attentionOf({ configs: [config('main')], lastHour: [], expiringKeys: [], approvals: NO_APPROVALS, ...facts }).map(
    ({ kind }) => kind,
  );

const hour = (requests: number, failed: number) => ({
  ...{ llmConfigId: 'id of main', requests, failed, firstFailedAt: new Date(0) },
});

describe('what needs somebody', () => {
  it('is nothing while all is well', () => {
    expect(kinds({})).toEqual([]);
  });

  it('is that no chat model is set up, embeddings or not', () => {
    expect(kinds({ configs: [] })).toEqual(['no_llm_config']);
    expect(kinds({ configs: [config('e', { is_embedding: true })] })).toEqual(['no_llm_config']);
  });

  it('is that none of them is the default', () => {
    expect(kinds({ configs: [config('a', { is_default: false })] })).toEqual(['no_default']);
  });

  it.each([
    [hour(2, 2), []],
    [hour(3, 1), []],
    [hour(4, 2), []],
    [hour(3, 2), ['llm_config_failing']],
    [hour(100, 51), ['llm_config_failing']],
  ])('is a configuration most of whose answers failed, of three or more: %j', (counts, expected) => {
    expect(kinds({ lastHour: [counts] })).toEqual(expected);
  });

  it('says which, since when and how often, the worst first', () => {
    const configs = [config('main'), config('other')];
    const lastHour = [hour(3, 3), { ...hour(9, 8), llmConfigId: 'id of other', firstFailedAt: new Date(5) }];
    const [first, second] = attentionOf({ configs, lastHour, expiringKeys: [], approvals: NO_APPROVALS });
    expect(first).toEqual({
      ...{ kind: 'llm_config_failing', target_id: 'id of other', target_name: 'other' },
      ...{ at: '1970-01-01T00:00:00.005Z', count: 8 },
    });
    expect(second?.target_name).toBe('main');
  });

  it('is what waits for an approver, with the time at which the first is over, and what nobody has looked at', () => {
    const approvals = { waiting: 2, nextExpiry: new Date(7), unknown: 1 };
    const [waiting, unknown] = attentionOf({ configs: [config('main')], lastHour: [], expiringKeys: [], approvals });
    expect(waiting).toMatchObject({ kind: 'approvals_waiting', count: 2, at: '1970-01-01T00:00:00.007Z' });
    expect(unknown).toMatchObject({ kind: 'approvals_unknown', count: 1, at: null });
  });

  it('is no configuration that nobody can choose any more', () => {
    expect(kinds({ lastHour: [{ ...hour(9, 9), llmConfigId: 'gone' }] })).toEqual([]);
  });

  it('is a key that cannot be opened, and one that ends soon, after what is worse', () => {
    const expiresAt = new Date(1);
    expect(
      kinds({
        configs: [config('main', { is_default: false, api_key_masked: null })],
        lastHour: [hour(3, 3)],
        expiringKeys: [{ appId: 'a', appName: 'App', expiresAt }],
      }),
    ).toEqual(['no_default', 'llm_config_failing', 'llm_config_key_unreadable', 'app_key_expiring']);
  });
});
