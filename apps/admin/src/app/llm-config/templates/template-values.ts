import type { CreateLlmConfigDto } from '@opsagent/contracts';
import { createInput, EMPTY_DRAFT, type LlmConfigDraft } from '../llm-config-draft.js';
import { withSetting } from '../settings/settings.js';

type Values = Readonly<Record<string, unknown>>;

/** Which one it is and who it serves is not kept in a template, nor anything secret. */
const NOT_KEPT = ['name', 'api_key', 'is_active', 'is_default', 'fallback_ids', 'access'];

/** The draft begun anew with a template's values; a name stays, and a key for as long as its provider does. */
export function fromTemplate(draft: LlmConfigDraft, values: Values): LlmConfigDraft {
  const { extra_config: extra, ...others }: Partial<CreateLlmConfigDto> = values;
  const known = Object.entries(others).filter(([name, value]) => name in EMPTY_DRAFT && value !== null);
  const begun: LlmConfigDraft = { ...EMPTY_DRAFT, name: draft.name, ...Object.fromEntries(known) };
  return {
    ...begun,
    api_key: begun.provider === draft.provider ? draft.api_key : '',
    extra_config: extra ? JSON.stringify(extra, null, 2) : '',
  };
}

/** What a template keeps of a draft; headers are left out, since they may carry credentials. */
export function templateValues(draft: LlmConfigDraft): Values {
  const input = createInput({ ...draft, extra_config: withSetting(draft.extra_config, 'headers', null) });
  const isEmpty = (value: unknown): boolean =>
    value === null || value === false || (Array.isArray(value) && !value.length);
  const kept = Object.entries(input).filter(([name, value]) => !NOT_KEPT.includes(name) && !isEmpty(value));
  return Object.fromEntries(kept);
}
