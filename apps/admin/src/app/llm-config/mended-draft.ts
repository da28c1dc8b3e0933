import type { LlmProvider, TestRemedyDto } from '@opsagent/contracts';
import type { LlmConfigDraft } from './llm-config-draft.js';

const NUMBERS = ['max_tokens', 'temperature', 'top_p', 'frequency_penalty', 'presence_penalty'] as const;

/** The draft with a test's remedy in it; the same draft when the remedy is for a person to do. */
export function mendedDraft(draft: LlmConfigDraft, { action, value }: TestRemedyDto): LlmConfigDraft {
  if (value === null) return draft;
  switch (action) {
    case 'use_base_url':
      return { ...draft, base_url: value };
    case 'use_model':
      return { ...draft, model_name: value };
    case 'use_provider':
      return { ...draft, provider: value as LlmProvider };
    case 'use_kind':
      return { ...draft, is_embedding: value === 'embedding' };
    case 'clear_parameter':
      return NUMBERS.some((name) => name === value) ? { ...draft, [value]: null } : draft;
    default:
      return draft;
  }
}
