import type { LlmProvider, TestRemedyDto } from '@opsagent/contracts';
import { type LlmConfigDraft, parseExtra } from './llm-config-draft.js';

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
    case 'set_dimensions':
      return withExtra(draft, 'dimensions', Number(value));
    case 'clear_parameter':
      return withoutParameter(draft, value);
    default:
      return draft;
  }
}

function withoutParameter(draft: LlmConfigDraft, name: string): LlmConfigDraft {
  const number = NUMBERS.find((field) => field === name || (field === 'max_tokens' && /^max_|num_predict/.test(name)));
  return number ? { ...draft, [number]: null } : withExtra(draft, name, undefined);
}

/** Text that is no JSON object is left to its writer. */
function withExtra(draft: LlmConfigDraft, name: string, value: unknown): LlmConfigDraft {
  const extra = parseExtra(draft.extra_config);
  if (extra === undefined) return draft;
  const { [name]: _, ...others } = extra ?? {};
  const next = value === undefined ? others : { ...others, [name]: value };
  return { ...draft, extra_config: Object.keys(next).length > 0 ? JSON.stringify(next, null, 2) : '' };
}
