import type { LlmConfigDto } from '@opsagent/contracts';
import {
  changedInput,
  createInput,
  draftOf,
  EMPTY_DRAFT,
  parseExtra,
  riskOf,
  withoutSecrets,
} from './llm-config-draft.js';

const STORED: LlmConfigDto = {
  id: '550e8400-e29b-41d4-a716-446655440000',
  name: 'main',
  provider: 'deepseek',
  model_name: 'deepseek-flash',
  api_key_masked: 'sk-…1234',
  has_api_key: true,
  base_url: null,
  max_tokens: 1024,
  temperature: 0.5,
  top_p: null,
  frequency_penalty: null,
  presence_penalty: null,
  description: null,
  is_active: true,
  is_default: false,
  is_embedding: false,
  extra_config: { thinking: 'off' },
  usage_count: 0,
  last_used_at: null,
  created_at: '2026-11-25T10:00:00.000Z',
  updated_at: '2026-11-25T10:00:00.000Z',
  created_by: null,
  updated_by: null,
};

describe('a draft', () => {
  it('never holds a stored key', () => {
    expect(JSON.stringify(draftOf(STORED))).not.toContain('1234');
  });

  it('sends nothing that was not changed', () => {
    expect(changedInput(draftOf(STORED), STORED)).toEqual({});
  });

  it('sends only what was changed, and null for what was emptied', () => {
    const draft = { ...draftOf(STORED), name: ' other ', temperature: null, extra_config: '' };
    expect(changedInput(draft, STORED)).toEqual({ name: 'other', temperature: null, extra_config: null });
  });

  it('removes a stored key on request, and not when a new one comes along', () => {
    expect(changedInput({ ...draftOf(STORED), clear_api_key: true }, STORED)).toEqual({ clear_api_key: true });
    const both = { ...draftOf(STORED), clear_api_key: true, api_key: 'sk-new' };
    expect(changedInput(both, STORED)).toEqual({ api_key: 'sk-new' });
  });

  it('sends null where nothing was entered', () => {
    const input = createInput({ ...EMPTY_DRAFT, name: 'x', model_name: ' m ' });
    expect(input).toMatchObject({
      model_name: 'm',
      api_key: null,
      base_url: null,
      description: null,
      extra_config: null,
    });
    expect(input).not.toHaveProperty('clear_api_key');
  });

  it('takes further settings only as a JSON object', () => {
    expect(parseExtra('')).toBeNull();
    expect(parseExtra('{"a": 1}')).toEqual({ a: 1 });
    for (const text of ['[1]', '"x"', 'null', '{', '12']) expect(parseExtra(text)).toBeUndefined();
  });

  it('is kept in the browser without its key and without headers', () => {
    const draft = { ...draftOf(STORED), api_key: 'sk-secret' };
    expect(withoutSecrets(draft)).toEqual({ ...draft, api_key: undefined });
    const withHeaders = { ...draft, extra_config: '{"headers": {"x-token": "secret"}}' };
    expect(JSON.stringify(withoutSecrets(withHeaders))).not.toContain('secret');
  });

  it('says what would hurt whoever uses the configuration', () => {
    expect(riskOf({ temperature: 1, description: 'x' })).toBeNull();
    expect(riskOf({ model_name: 'other' })).toBe('change');
    expect(riskOf({ base_url: null, is_active: false })).toBe('disable');
  });
});
