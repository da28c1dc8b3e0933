import type {
  CreateLlmConfigDto,
  LlmConfigDto,
  LlmConfigQueryDto,
  LlmConfigSort,
  ProviderDto,
  UpdateLlmConfigDto,
} from '@opsagent/contracts';
import { accessOf, FOR_ALL, toAccess } from './access/config-access.js';
import type { LlmConfig } from './llm-config.entity.js';
import type { LlmConfigFilter } from './llm-config.repository.js';
import type { ProviderDescriptor } from './providers/provider-descriptor.js';
import type { Draft } from './rules/draft.js';
import { WIRE_PATHS } from './wire/wire-paths.js';

const SORT_COLUMNS = {
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  last_used_at: 'lastUsedAt',
} as const;

/** What the api answers about a configuration: never its key. */
export function toDto(config: LlmConfig, mask: string | null): LlmConfigDto {
  return {
    id: config.id,
    name: config.name,
    provider: config.provider,
    model_name: config.modelName,
    api_key_masked: mask,
    has_api_key: config.apiKey !== null,
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
    usage_count: config.usageCount,
    last_used_at: config.lastUsedAt?.toISOString() ?? null,
    created_at: config.createdAt.toISOString(),
    updated_at: config.updatedAt.toISOString(),
    created_by: config.createdBy,
    updated_by: config.updatedBy,
  };
}

/** A new configuration as it was asked for; what is left out takes the default. */
export function toDraft(input: CreateLlmConfigDto): Draft {
  return {
    name: input.name,
    provider: input.provider,
    modelName: input.model_name,
    baseUrl: emptyToNull(input.base_url),
    maxTokens: input.max_tokens ?? null,
    temperature: input.temperature ?? null,
    topP: input.top_p ?? null,
    frequencyPenalty: input.frequency_penalty ?? null,
    presencePenalty: input.presence_penalty ?? null,
    description: emptyToNull(input.description),
    isActive: input.is_active ?? true,
    isDefault: input.is_default ?? false,
    isEmbedding: input.is_embedding ?? false,
    extraConfig: input.extra_config ?? null,
    tags: input.tags ?? [],
    fallbackIds: input.fallback_ids ?? [],
    access: input.access ? toAccess(input.access) : FOR_ALL,
  };
}

/** The stored configuration with the changes asked for; absent fields stay. */
export function withChanges(config: LlmConfig, input: UpdateLlmConfigDto): Draft {
  const kept = <T>(sent: T | undefined, stored: T): T => (sent === undefined ? stored : sent);
  return {
    name: kept(input.name, config.name),
    provider: kept(input.provider, config.provider),
    modelName: kept(input.model_name, config.modelName),
    baseUrl: emptyToNull(kept(input.base_url, config.baseUrl)),
    maxTokens: kept(input.max_tokens, config.maxTokens),
    temperature: kept(input.temperature, config.temperature),
    topP: kept(input.top_p, config.topP),
    frequencyPenalty: kept(input.frequency_penalty, config.frequencyPenalty),
    presencePenalty: kept(input.presence_penalty, config.presencePenalty),
    description: emptyToNull(kept(input.description, config.description)),
    isActive: kept(input.is_active, config.isActive),
    isDefault: kept(input.is_default, config.isDefault),
    isEmbedding: kept(input.is_embedding, config.isEmbedding),
    extraConfig: kept(input.extra_config, config.extraConfig),
    tags: kept(input.tags, config.options?.tags ?? []),
    fallbackIds: kept(input.fallback_ids, config.options?.fallbackIds ?? []),
    access: input.access ? toAccess(input.access) : accessOf(config),
  };
}

export function toFilter(query: LlmConfigQueryDto): LlmConfigFilter {
  const {
    skip,
    limit,
    search,
    provider,
    is_active: isActive,
    is_embedding: isEmbedding,
    tag,
    restricted,
    sort,
  } = query;
  const withOptions = query.include === 'details';
  return { skip, limit, search, provider, isActive, isEmbedding, tag, restricted, withOptions, sort: toSort(sort) };
}

/** What the console needs to know to offer a provider. */
export function toProviderDto(descriptor: ProviderDescriptor): ProviderDto {
  return {
    id: descriptor.id,
    name: descriptor.name,
    default_base_url: descriptor.defaultBaseUrl,
    addresses: descriptor.addresses.map(({ region, url }) => ({ region, url })),
    key_required: descriptor.keyRequired,
    key_url: descriptor.keyUrl,
    key_variable: descriptor.keyVariable,
    key_pattern: descriptor.keyPattern?.source ?? null,
    docs_url: descriptor.docsUrl,
    billing_url: descriptor.billingUrl,
    chat_path: WIRE_PATHS[descriptor.wire].chat,
    embeddings_path: WIRE_PATHS[descriptor.wire].embeddings,
    max_temperature: descriptor.hottest,
    refused_parameters: [...descriptor.refuses],
    thinking: {
      can_switch_on: descriptor.thinking.on !== null,
      can_switch_off: descriptor.thinking.off !== null,
      has_effort: descriptor.thinking.effort !== null,
      has_budget: descriptor.thinking.budget !== null,
    },
    has_endpoint_ids: descriptor.modelPattern !== undefined,
    has_embeddings: descriptor.hasEmbeddings,
    example_model: descriptor.exampleModel,
  };
}

function toSort(sort: LlmConfigSort): LlmConfigFilter['sort'] {
  const name = sort.replace(/^-/, '') as keyof typeof SORT_COLUMNS;
  return { column: SORT_COLUMNS[name], descending: sort.startsWith('-') };
}

function emptyToNull(text: string | null | undefined): string | null {
  return text?.trim() || null;
}
