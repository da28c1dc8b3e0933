import { isDeepStrictEqual } from 'node:util';
import type { FieldChangeDto, LlmConfigAccessDto, LlmProvider } from '@opsagent/contracts';
import { accessOf, type ConfigAccess, FOR_ALL, toAccess, toAccessDto } from '../access/config-access.js';
import type { LlmConfig } from '../llm-config.entity.js';
import type { Draft } from '../rules/draft.js';

/** Everything of a configuration but its key, by the names on the wire. */
export interface RevisionState {
  readonly name: string;
  readonly provider: LlmProvider;
  readonly model_name: string;
  readonly base_url: string | null;
  readonly max_tokens: number | null;
  readonly temperature: number | null;
  readonly top_p: number | null;
  readonly frequency_penalty: number | null;
  readonly presence_penalty: number | null;
  readonly description: string | null;
  readonly is_active: boolean;
  readonly is_default: boolean;
  readonly is_embedding: boolean;
  readonly extra_config: Record<string, unknown> | null;
  readonly tags: readonly string[];
  readonly fallback_ids: readonly string[];
  /** Null for everybody; older states do not say it. */
  readonly access?: LlmConfigAccessDto | null;
  readonly usage_count: number;
  readonly last_used_at: string | null;
  readonly created_at: string;
  readonly created_by: string | null;
}

/** What a revision keeps so that a deleted configuration comes back whole, and nobody's change. */
const NOT_CHANGES: readonly (keyof RevisionState)[] = ['usage_count', 'last_used_at', 'created_at', 'created_by'];

/** What a user sets of a configuration, by the names on the wire; not its key, and not its chain. */
export function columnsOf(config: LlmConfig) {
  return {
    name: config.name,
    provider: config.provider,
    model_name: config.modelName,
    base_url: config.baseUrl,
    max_tokens: config.maxTokens,
    temperature: config.temperature,
    top_p: config.topP,
    frequency_penalty: config.frequencyPenalty,
    presence_penalty: config.presencePenalty,
    description: config.description,
    is_active: config.isActive,
    is_default: config.isDefault,
    is_embedding: config.isEmbedding,
    extra_config: config.extraConfig,
    tags: config.options?.tags ?? [],
  };
}

export function stateOf(config: LlmConfig): RevisionState {
  return {
    ...columnsOf(config),
    fallback_ids: config.options?.fallbackIds ?? [],
    access: isForAll(config) ? null : toAccessDto(accessOf(config)),
    usage_count: config.usageCount,
    last_used_at: config.lastUsedAt?.toISOString() ?? null,
    created_at: config.createdAt.toISOString(),
    created_by: config.createdBy,
  };
}

/** The values of a state as they would be stored again. */
export function draftOf(state: RevisionState): Draft {
  return {
    name: state.name,
    provider: state.provider,
    modelName: state.model_name,
    baseUrl: state.base_url,
    maxTokens: state.max_tokens,
    temperature: state.temperature,
    topP: state.top_p,
    frequencyPenalty: state.frequency_penalty,
    presencePenalty: state.presence_penalty,
    description: state.description,
    isActive: state.is_active,
    isDefault: state.is_default,
    isEmbedding: state.is_embedding,
    extraConfig: state.extra_config,
    tags: [...state.tags],
    fallbackIds: [...state.fallback_ids],
    access: accessIn(state),
  };
}

/** Who might use the configuration of that state. */
export function accessIn({ access }: RevisionState): ConfigAccess {
  return access ? toAccess(access) : FOR_ALL;
}

function isForAll(config: LlmConfig): boolean {
  return accessOf(config).scope === 'all';
}

/** Field by field what differs; of secrets only that they do. A new configuration's empty fields are no change. */
export function changesBetween(before: LlmConfig | null, after: LlmConfig): FieldChangeDto[] {
  const [was, is] = [before && stateOf(before), stateOf(after)];
  const names = (Object.keys(is) as (keyof RevisionState)[]).filter((name) => !NOT_CHANGES.includes(name));
  const changes = names
    .map((field) => ({ field: field, before: was?.[field] ?? null, after: is[field] ?? null }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after) && !(was === null && isEmpty(change.after)));
  return [
    ...changes,
    ...secretChange('api_key', before?.apiKey ?? null, after.apiKey),
    ...secretChange('secret_headers', before?.options?.secretHeaders ?? null, after.options?.secretHeaders ?? null),
  ];
}

function secretChange(field: string, before: string | null, after: string | null): FieldChangeDto[] {
  if (before === after) return [];
  return [{ field, before: before === null ? null : 'stored', after: after === null ? null : 'changed' }];
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
