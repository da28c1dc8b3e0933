import type { CreateLlmConfigDto, LlmConfigDto, LlmProvider, UpdateLlmConfigDto } from '@opsagent/contracts';
import { type AccessDraft, accessDraftOf, accessInput, FOR_ALL } from './access-draft.js';

/** The form's model: every field is there, text for what can be empty, so that each has a control of its own. */
export interface LlmConfigDraft {
  provider: LlmProvider;
  name: string;
  is_embedding: boolean;
  model_name: string;
  base_url: string;
  /** What is being typed; a stored key is never here. */
  api_key: string;
  clear_api_key: boolean;
  description: string;
  is_active: boolean;
  is_default: boolean;
  max_tokens: number | null;
  temperature: number | null;
  top_p: number | null;
  frequency_penalty: number | null;
  presence_penalty: number | null;
  /** JSON text. */
  extra_config: string;
  tags: string[];
  fallback_ids: string[];
  access: AccessDraft;
}

export const EMPTY_DRAFT: LlmConfigDraft = {
  provider: 'openai',
  name: '',
  is_embedding: false,
  model_name: '',
  base_url: '',
  api_key: '',
  clear_api_key: false,
  description: '',
  is_active: true,
  is_default: false,
  max_tokens: null,
  temperature: null,
  top_p: null,
  frequency_penalty: null,
  presence_penalty: null,
  extra_config: '',
  tags: [],
  fallback_ids: [],
  access: FOR_ALL,
};

/** @param config with its details, without which its tags, fallbacks and users are not known */
export function draftOf(config: LlmConfigDto): LlmConfigDraft {
  return {
    provider: config.provider,
    name: config.name,
    is_embedding: config.is_embedding,
    model_name: config.model_name,
    base_url: config.base_url ?? '',
    api_key: '',
    clear_api_key: false,
    description: config.description ?? '',
    is_active: config.is_active,
    is_default: config.is_default,
    max_tokens: config.max_tokens,
    temperature: config.temperature,
    top_p: config.top_p,
    frequency_penalty: config.frequency_penalty,
    presence_penalty: config.presence_penalty,
    extra_config: config.extra_config ? JSON.stringify(config.extra_config, null, 2) : '',
    tags: [...(config.details?.tags ?? [])],
    fallback_ids: [...(config.details?.fallback_ids ?? [])],
    access: accessDraftOf(config),
  };
}

/** What is sent to create it: trimmed, nothing where nothing was entered. */
export function createInput({ clear_api_key: _, ...draft }: LlmConfigDraft): CreateLlmConfigDto {
  return {
    ...draft,
    name: draft.name.trim(),
    model_name: draft.model_name.trim(),
    base_url: draft.base_url.trim() || null,
    api_key: draft.api_key.trim() || null,
    description: draft.description.trim() || null,
    extra_config: parseExtra(draft.extra_config) ?? null,
    access: accessInput(draft.access),
  };
}

/** What is sent to change it: only what differs from what was loaded. */
export function changedInput(draft: LlmConfigDraft, loaded: LlmConfigDto): UpdateLlmConfigDto {
  const before = createInput(draftOf(loaded));
  const changes = Object.entries(createInput(draft)).filter(
    ([field, value]) => !isSame(value, before[field as keyof CreateLlmConfigDto]),
  );
  const input: UpdateLlmConfigDto = Object.fromEntries(changes);
  return draft.clear_api_key && !input.api_key ? { ...input, clear_api_key: true } : input;
}

/** What may be kept in the browser: no key, and no further settings with headers, which may carry credentials. */
export function withoutSecrets({ api_key: _, extra_config: extra, ...draft }: LlmConfigDraft): Partial<LlmConfigDraft> {
  return extra.includes('headers') ? draft : { ...draft, extra_config: extra };
}

/** Whoever uses the configuration gets other answers afterwards, or none. */
export function riskOf(input: UpdateLlmConfigDto): 'change' | 'disable' | null {
  if (input.is_active === false) return 'disable';
  const isMoved = 'provider' in input || 'base_url' in input || 'model_name' in input || 'is_embedding' in input;
  return isMoved ? 'change' : null;
}

/** The object in the text; null for an empty text, undefined for anything that is no JSON object. */
export function parseExtra(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
