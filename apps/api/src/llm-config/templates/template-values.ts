import { type LlmProvider, CreateLlmConfigDto } from '@opsagent/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { type FieldProblem, InvalidInput } from '../../platform/errors/domain-error.js';
import { toDraft, toDto } from '../llm-config.mapper.js';
import type { LlmConfig } from '../llm-config.entity.js';
import { PROVIDERS } from '../providers/providers.js';
import { checkedDraft, type Draft } from '../rules/draft.js';

/** What a template may hold: what a configuration is, but not which one, nor what is secret or others' of it. */
const FIELDS = [
  ...(['provider', 'model_name', 'base_url', 'max_tokens', 'temperature', 'top_p', 'frequency_penalty'] as const),
  ...(['presence_penalty', 'description', 'is_embedding', 'extra_config', 'tags'] as const),
];

/** Stand in for what a template leaves to whoever uses it. */
const LEFT_OPEN = { name: 'template', model_name: 'template' };
const SOMEWHERE = 'http://template.invalid';

type Values = Record<string, unknown>;

/** The values of a configuration that a template keeps; without headers, which may carry credentials. */
export function valuesOf(config: LlmConfig): Values {
  const { headers: _, ...extra } = config.extraConfig ?? {};
  const values: Values = { ...toDto(config, null), extra_config: extra, tags: config.options?.tags ?? [] };
  const kept = FIELDS.filter((field) => !isEmpty(values[field]));
  return Object.fromEntries(kept.map((field) => [field, values[field]]));
}

/**
 * Values in the form a configuration would store them, by the same rules as far as they go.
 * @throws InvalidInput, its fields named `values.…`
 */
export function checkedValues(given: Values): Values {
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const problems = [...strangersIn(values), ...wrongIn(values)];
  if (problems.length > 0) throw inValues(problems);
  const stored = storedForm(draftOf(values));
  return Object.fromEntries(FIELDS.filter((field) => field in values).map((field) => [field, stored[field]]));
}

function strangersIn(values: Values): FieldProblem[] {
  const strangers = Object.keys(values).filter((name) => !FIELDS.includes(name as (typeof FIELDS)[number]));
  const extra = values['extra_config'];
  if (typeof extra === 'object' && extra && Object.hasOwn(extra, 'headers')) strangers.push('extra_config.headers');
  return strangers.map((field) => ({ field, message: `${field} is nothing that a template keeps` }));
}

function wrongIn(values: Values): FieldProblem[] {
  const dto = plainToInstance(CreateLlmConfigDto, { ...LEFT_OPEN, ...values });
  return validateSync(dto).flatMap(({ property: field, constraints }) =>
    Object.values(constraints ?? {}).map((message) => ({ field, message })),
  );
}

function draftOf(values: Values): Draft {
  const isPlaceOpen = PROVIDERS[values['provider'] as LlmProvider].defaultBaseUrl === null && !values['base_url'];
  const dto = plainToInstance(CreateLlmConfigDto, {
    ...LEFT_OPEN,
    ...values,
    ...(isPlaceOpen ? { base_url: SOMEWHERE } : {}),
  });
  try {
    return checkedDraft(toDraft(dto), true);
  } catch (error) {
    throw error instanceof InvalidInput ? inValues(error.fields) : error;
  }
}

function storedForm(draft: Draft): Record<(typeof FIELDS)[number], unknown> {
  return {
    provider: draft.provider,
    model_name: draft.modelName,
    base_url: draft.baseUrl,
    max_tokens: draft.maxTokens,
    temperature: draft.temperature,
    top_p: draft.topP,
    frequency_penalty: draft.frequencyPenalty,
    presence_penalty: draft.presencePenalty,
    description: draft.description,
    is_embedding: draft.isEmbedding,
    extra_config: draft.extraConfig,
    tags: draft.tags,
  };
}

function inValues(problems: readonly FieldProblem[]): InvalidInput {
  return new InvalidInput(
    problems.map(({ field, message }) => ({ field: `values.${field}`, message: `values.${message}` })),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
