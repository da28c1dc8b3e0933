import { oneOfSet, type ValueOf } from '../field/facts.js';
import { AnyObject, Flag, Id, ListOf, Text, Whole } from '../field/fields.js';

/** The templates that come with the product, by their ids; the console has words for each. */
export const BUILT_IN_TEMPLATE = oneOfSet('BuiltInTemplate', [
  'deepseek-deep-thinking',
  'deepseek-quick',
  'tongyi-thinking-budget',
  'zhipu-quick',
  'openai-repeatable',
  'ollama-long-context',
  'vllm-no-thinking',
  'tongyi-embeddings',
  'ollama-embeddings',
]);
export type BuiltInTemplate = ValueOf<typeof BUILT_IN_TEMPLATE>;

/** Values to start a new configuration with; never a key. */
export class LlmConfigTemplateDto {
  @Text({ description: 'Names the template: an id, or a word for a built-in one.' })
  id!: string;

  @Text({ description: 'Shown in the console; a built-in one is named there in the reader’s language.' })
  name!: string;

  @Text({ nullable: true, description: 'What it is for.' })
  description!: string | null;

  @Flag({ description: 'It came with the product and cannot be deleted.' })
  is_built_in!: boolean;

  @AnyObject({ description: 'The values, by the names of a new configuration.' })
  values!: Record<string, unknown>;
}

/** All templates, built-in ones first. */
export class LlmConfigTemplateListDto {
  @ListOf(() => LlmConfigTemplateDto, { description: 'All of them.' })
  items!: LlmConfigTemplateDto[];

  @Whole({ min: 0, description: 'How many.' })
  total!: number;
}

/** Keeps the values of a configuration as a template, without its key. */
export class CreateLlmConfigTemplateDto {
  @Text({ min: 1, max: 100, description: 'Unique, ignoring case.' })
  name!: string;

  @Text({ max: 2000, optional: true, nullable: true, description: 'What it is for.' })
  description?: string | null;

  @Id({
    optional: true,
    nullable: true,
    description: 'The configuration to take the values from, instead of `values`.',
  })
  llm_config_id?: string | null;

  @AnyObject({ optional: true, nullable: true, description: 'The values; checked as far as they go.' })
  values?: Record<string, unknown> | null;
}
