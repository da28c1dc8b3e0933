import { type FieldProblem, InvalidInput } from '../../platform/errors/domain-error.js';
import type { LlmConfigValues } from '../llm-config.repository.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { PROVIDERS } from '../providers/providers.js';
import { normalisedBaseUrl } from './base-url.js';
import { checkedExtraConfig } from './extra-config.js';

/** What a configuration is going to be, before its key is sealed. */
export type Draft = Omit<LlmConfigValues, 'apiKey' | 'createdBy' | 'updatedBy'>;

const NO_PARAMETERS = { maxTokens: null, temperature: null, topP: null, frequencyPenalty: null, presencePenalty: null };

/**
 * A draft in the form it is stored in; an embedding model has no sampling parameters.
 * @throws InvalidInput for what no field says alone: what the provider needs or lacks, a default that is not active
 */
export function checkedDraft(draft: Draft, hasKey: boolean): Draft {
  const descriptor = PROVIDERS[draft.provider];
  const tidy = {
    ...draft,
    ...(draft.isEmbedding ? NO_PARAMETERS : {}),
    name: draft.name.trim(),
    baseUrl: draft.baseUrl && normalisedBaseUrl(draft.baseUrl, descriptor.wire),
    extraConfig: draft.extraConfig && checkedExtraConfig(draft.extraConfig),
  };
  const problems = problemsOf(tidy, hasKey, descriptor);
  if (problems.length > 0) throw new InvalidInput(problems);
  return tidy;
}

function problemsOf(draft: Draft, hasKey: boolean, descriptor: ProviderDescriptor): FieldProblem[] {
  const { name, baseUrl, isEmbedding, isDefault, isActive, temperature } = draft;
  const problems: [boolean, string, string][] = [
    [name === '', 'name', 'must not be blank'],
    [/\p{Cc}/u.test(name), 'name', 'must not contain control characters'],
    [descriptor.keyRequired && !hasKey, 'api_key', `is required for ${descriptor.name}`],
    [descriptor.defaultBaseUrl === null && !baseUrl, 'base_url', `is required for ${descriptor.name}`],
    [isEmbedding && !descriptor.hasEmbeddings, 'is_embedding', `must be false: ${descriptor.name} has no embeddings`],
    [
      (temperature ?? 0) > descriptor.hottest,
      'temperature',
      `must not be greater than ${descriptor.hottest} for ${descriptor.name}`,
    ],
    [isDefault && !isActive, 'is_default', 'needs is_active: an inactive configuration cannot be the default'],
  ];
  return problems.filter(([isWrong]) => isWrong).map(([, field, rest]) => ({ field, message: `${field} ${rest}` }));
}
