import { Flag, OneOf, Text, Whole } from '../field/fields.js';
import { oneOfSet, type ValueOf } from '../field/facts.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** What a list of configurations can be sorted by; `-` in front means descending. */
export const LLM_CONFIG_SORT = oneOfSet('LlmConfigSort', [
  'name',
  '-name',
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
  'last_used_at',
  '-last_used_at',
]);
export type LlmConfigSort = ValueOf<typeof LLM_CONFIG_SORT>;

/** What a configuration can be answered with besides its columns. */
export const LLM_CONFIG_INCLUDE = oneOfSet('LlmConfigInclude', ['details']);
export type LlmConfigInclude = ValueOf<typeof LLM_CONFIG_INCLUDE>;

/** How one configuration is answered. */
export class LlmConfigReadQueryDto {
  @OneOf(LLM_CONFIG_INCLUDE, { optional: true, description: 'What to add to the columns.' })
  include?: LlmConfigInclude;
}

/** Which configurations to list. */
export class LlmConfigQueryDto {
  @Whole({ query: true, min: 0, optional: true, default: 0, description: 'How many to leave out at the start.' })
  skip: number = 0;

  @Whole({
    query: true,
    min: 1,
    max: 1000,
    optional: true,
    default: 100,
    description: 'How many to answer at the most.',
  })
  limit: number = 100;

  @Text({ max: 200, optional: true, description: 'Part of name, model or description, ignoring case.' })
  search?: string;

  @OneOf(LLM_PROVIDER, { optional: true, description: 'Only this provider.' })
  provider?: LlmProvider;

  @Flag({ query: true, optional: true, description: 'Only active or only inactive ones.' })
  is_active?: boolean;

  @Flag({ query: true, optional: true, description: 'Only embedding or only chat models.' })
  is_embedding?: boolean;

  @OneOf(LLM_CONFIG_SORT, { optional: true, default: '-created_at', description: 'The order.' })
  sort: LlmConfigSort = '-created_at';

  @Text({ max: 50, optional: true, description: 'Only those with this tag.' })
  tag?: string;

  @Flag({ query: true, optional: true, description: 'Only those that not everybody may use, or only the others.' })
  restricted?: boolean;

  @OneOf(LLM_CONFIG_INCLUDE, { optional: true, description: 'What to add to the columns.' })
  include?: LlmConfigInclude;
}

/** Which kind of model is asked for. */
export class LlmConfigKindQueryDto {
  @Flag({ query: true, optional: true, description: 'Embedding models instead of chat models.' })
  is_embedding?: boolean;
}

/** How a configuration is deleted. */
export class DeleteLlmConfigQueryDto {
  @Flag({ query: true, optional: true, default: false, description: 'Delete it although something uses it.' })
  force: boolean = false;
}
