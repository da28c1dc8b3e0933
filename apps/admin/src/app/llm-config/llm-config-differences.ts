import type { LlmConfigDto } from '@opsagent/contracts';
import type { Difference } from '../shared/ui/stale-dialog.js';
import { createInput, draftOf, type LlmConfigDraft } from './llm-config-draft.js';

/** The text key of each field that can differ. */
const LABELS: Readonly<Record<string, string>> = {
  name: 'configs.form.name',
  provider: 'configs.form.provider',
  model_name: 'configs.form.model',
  base_url: 'configs.form.baseUrl',
  description: 'configs.form.description',
  is_active: 'configs.form.isActive',
  is_default: 'configs.isDefault',
  is_embedding: 'configs.kind.embedding',
  max_tokens: 'configs.form.maxTokens',
  temperature: 'configs.form.temperature',
  top_p: 'configs.form.topP',
  frequency_penalty: 'configs.form.frequencyPenalty',
  presence_penalty: 'configs.form.presencePenalty',
  extra_config: 'configs.form.extra',
};

/** Where a draft and what is stored now are not the same; keys are never compared. */
export function differencesOf(draft: LlmConfigDraft, stored: LlmConfigDto): readonly Difference[] {
  const mine: Record<string, unknown> = { ...createInput(draft) };
  const current: Record<string, unknown> = { ...createInput(draftOf(stored)) };
  return Object.entries(LABELS)
    .map(([field, label]) => ({ label, mine: shown(mine[field]), current: shown(current[field]) }))
    .filter((entry) => entry.mine !== entry.current);
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
