import { type FieldProblem, InvalidInput } from '../../platform/errors/domain-error.js';
import type { LlmConfigValues } from '../llm-config.repository.js';
import type { ProviderDescriptor } from '../providers/provider-descriptor.js';
import { PROVIDERS } from '../providers/providers.js';
import { normalisedBaseUrl } from './base-url.js';
import { checkedExtraConfig } from './extra-config.js';

const MOST_TAGS = 20;
const LONGEST_TAG = 50;
const MOST_FALLBACKS = 5;

/** Nobody may be left without an answer because somebody else's choice is the default. */
export const DEFAULT_IS_FOR_ALL: FieldProblem = {
  field: 'access',
  message: 'access must be for all: everybody uses the default',
};

/** What a configuration is going to be, before its secrets are sealed. */
export type Draft = Omit<LlmConfigValues, 'apiKey' | 'secretHeaders' | 'createdBy' | 'updatedBy'>;

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
    tags: tidyTags(draft.tags),
    fallbackIds: draft.fallbackIds.map((id) => id.toLowerCase()),
  };
  const problems = problemsOf(tidy, hasKey, descriptor);
  if (problems.length > 0) throw new InvalidInput(problems);
  return tidy;
}

function problemsOf(draft: Draft, hasKey: boolean, descriptor: ProviderDescriptor): FieldProblem[] {
  const { name, baseUrl, isEmbedding, isDefault, isActive, temperature, tags, fallbackIds } = draft;
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
    [
      temperature !== null && temperature < (descriptor.coldest ?? 0),
      'temperature',
      `must not be less than ${descriptor.coldest} for ${descriptor.name}`,
    ],
    [fallbackIds.length > MOST_FALLBACKS, 'fallback_ids', `must have at most ${MOST_FALLBACKS} items`],
    [new Set(fallbackIds).size < fallbackIds.length, 'fallback_ids', 'must not name a configuration twice'],
    [isDefault && !isActive, 'is_default', 'needs is_active: an inactive configuration cannot be the default'],
  ];
  const access = isDefault && draft.access.scope !== 'all' ? [DEFAULT_IS_FOR_ALL] : [];
  return [...told(problems), ...access, ...tagProblems(tags)];
}

/** What is wrong with tidy tags. */
function tagProblems(tags: readonly string[]): FieldProblem[] {
  return told([
    [tags.length > MOST_TAGS, 'tags', `must have at most ${MOST_TAGS} items`],
    [tags.some((tag) => tag.length > LONGEST_TAG), 'tags', `must have items of at most ${LONGEST_TAG} characters`],
    [tags.some((tag) => /\p{Cc}/u.test(tag)), 'tags', 'must not contain control characters'],
  ]);
}

function told(problems: [boolean, string, string][]): FieldProblem[] {
  return problems.filter(([isWrong]) => isWrong).map(([, field, rest]) => ({ field, message: `${field} ${rest}` }));
}

/** Tags in the form they are stored in. @throws InvalidInput */
export function checkedTags(tags: readonly string[]): string[] {
  const tidy = tidyTags(tags);
  const problems = tagProblems(tidy);
  if (problems.length > 0) throw new InvalidInput(problems);
  return tidy;
}

/** Without spaces around them, empty ones and doubles; the first spelling counts. */
function tidyTags(tags: readonly string[]): string[] {
  const byWord = new Map<string, string>();
  for (const tag of tags.map((text) => text.trim()).filter((text) => text !== '')) {
    const word = tag.toLowerCase();
    if (!byWord.has(word)) byWord.set(word, tag);
  }
  return [...byWord.values()];
}
