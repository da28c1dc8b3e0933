import { EMPTY_DRAFT, type LlmConfigDraft } from './llm-config-draft.js';
import { mendedDraft } from './mended-draft.js';
import type { TestRemedyDto } from '@opsagent/contracts';

describe('a remedy put into the draft', () => {
  const cases: [string, Partial<LlmConfigDraft>, TestRemedyDto, Partial<LlmConfigDraft>][] = [
    [
      'takes the offered address',
      {},
      { action: 'use_base_url', value: 'https://a.example/v1' },
      { base_url: 'https://a.example/v1' },
    ],
    [
      'takes the offered model',
      { model_name: 'glm' },
      { action: 'use_model', value: 'glm-5' },
      { model_name: 'glm-5' },
    ],
    ['takes the offered provider', {}, { action: 'use_provider', value: 'zhipu' }, { provider: 'zhipu' }],
    ['becomes an embedding model', {}, { action: 'use_kind', value: 'embedding' }, { is_embedding: true }],
    ['becomes a chat model', { is_embedding: true }, { action: 'use_kind', value: 'chat' }, { is_embedding: false }],
    [
      'clears a number',
      { temperature: 1.5 },
      { action: 'clear_parameter', value: 'temperature' },
      { temperature: null },
    ],
    ['changes nothing for what a person has to do', {}, { action: 'enter_key', value: null }, {}],
  ];

  it.each(cases)('%s', (_, before, remedy, after) => {
    const draft = { ...EMPTY_DRAFT, ...before };
    expect(mendedDraft(draft, remedy)).toEqual({ ...draft, ...after });
  });
});
