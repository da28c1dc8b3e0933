import type { LlmConfigDto } from '@opsagent/contracts';
import type { Difference } from '../shared/ui/stale-dialog.js';
import { createInput, draftOf, type LlmConfigDraft } from './llm-config-draft.js';
import { FIELD_LABELS } from './llm-config-words.js';

/** Where a draft and what is stored now are not the same; keys are never compared. */
export function differencesOf(
  draft: LlmConfigDraft,
  stored: LlmConfigDto,
  shown: (field: string, value: unknown) => string,
): readonly Difference[] {
  const { api_key: _, ...mine }: Record<string, unknown> = { ...createInput(draft) };
  const current: Record<string, unknown> = { ...createInput(draftOf(stored)) };
  return Object.entries(FIELD_LABELS)
    .filter(([field]) => field in mine)
    .map(([field, label]) => ({ label, mine: shown(field, mine[field]), current: shown(field, current[field]) }))
    .filter((entry) => entry.mine !== entry.current);
}
