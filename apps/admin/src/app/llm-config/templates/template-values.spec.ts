import { EMPTY_DRAFT, type LlmConfigDraft } from '../llm-config-draft.js';
import { fromTemplate, templateValues } from './template-values.js';

const DRAFT: LlmConfigDraft = {
  ...EMPTY_DRAFT,
  provider: 'tongyi',
  name: 'qwen-prod',
  model_name: 'qwen-max',
  api_key: 'sk-secret',
  temperature: 0,
  tags: ['prod'],
  fallback_ids: ['550e8400-e29b-41d4-a716-446655440000'],
  extra_config: '{"thinking": "on", "headers": {"x-token": "secret"}}',
};

describe('a template', () => {
  it('keeps what a configuration is, and neither its key, its headers nor its name', () => {
    expect(templateValues(DRAFT)).toEqual({
      provider: 'tongyi',
      model_name: 'qwen-max',
      temperature: 0,
      tags: ['prod'],
      extra_config: { thinking: 'on' },
    });
  });

  it('begins a draft anew, with the name and the key that were typed', () => {
    const begun = fromTemplate({ ...DRAFT, name: 'mine' }, { provider: 'tongyi', model_name: 'qwen-plus' });
    const expected = { provider: 'tongyi', model_name: 'qwen-plus', name: 'mine', api_key: 'sk-secret' };
    expect(begun).toEqual({ ...EMPTY_DRAFT, ...expected });
  });

  it('takes a key to no other provider', () => {
    const begun = fromTemplate(DRAFT, { provider: 'ollama', model_name: 'qwen3', extra_config: { num_ctx: 8192 } });
    expect(begun.api_key).toBe('');
    expect(JSON.parse(begun.extra_config)).toEqual({ num_ctx: 8192 });
  });
});
