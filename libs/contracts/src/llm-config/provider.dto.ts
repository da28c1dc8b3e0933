import { Flag, ListOf, OneOf, Text } from '../field/fields.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** One address a provider answers at. */
export class ProviderAddressDto {
  @Text({ description: 'Which region or plan.', example: 'international' })
  region!: string;

  @Text({ description: 'The base URL.' })
  url!: string;
}

/** What the console needs to know to offer a provider. */
export class ProviderDto {
  @OneOf(LLM_PROVIDER, { description: 'Names the provider.' })
  id!: LlmProvider;

  @Text({ description: 'What it calls itself.', example: 'DeepSeek' })
  name!: string;

  @Text({ nullable: true, description: 'Used when a configuration names no address; null means it must name one.' })
  default_base_url!: string | null;

  @ListOf(() => ProviderAddressDto, { description: 'Every address it is known to answer at.' })
  addresses!: ProviderAddressDto[];

  @Flag({ description: 'A key is needed.' })
  key_required!: boolean;

  @Text({ nullable: true, description: 'Where a key is made.' })
  key_url!: string | null;

  @Flag({ description: 'It has embedding models.' })
  has_embeddings!: boolean;

  @Text({ description: 'A model to start with.', example: 'deepseek-flash' })
  example_model!: string;
}
