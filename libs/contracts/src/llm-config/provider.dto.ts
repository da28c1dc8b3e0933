import { Decimal, Flag, ListOf, Nested, OneOf, Text, TextList } from '../field/fields.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** One address a provider answers at. */
export class ProviderAddressDto {
  @Text({ description: 'Which region or plan.', example: 'international' })
  region!: string;

  @Text({ description: 'The base URL.' })
  url!: string;
}

/** How a provider's models can be told to think. */
export class ProviderThinkingDto {
  @Flag({ description: '`extra_config.thinking: "on"` says something to it.' })
  can_switch_on!: boolean;

  @Flag({ description: '`extra_config.thinking: "off"` says something to it.' })
  can_switch_off!: boolean;

  @Flag({ description: 'It takes `extra_config.reasoning_effort`.' })
  has_effort!: boolean;

  @Flag({ description: 'It takes `extra_config.thinking_budget`.' })
  has_budget!: boolean;
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

  @Text({
    nullable: true,
    description: 'The environment variable its key usually stands in.',
    example: 'DEEPSEEK_API_KEY',
  })
  key_variable!: string | null;

  @Text({
    nullable: true,
    description: 'A regular expression for keys that only this provider makes; null where they look like others’.',
  })
  key_pattern!: string | null;

  @Text({ description: 'Its documentation.' })
  docs_url!: string;

  @Text({ nullable: true, description: 'Where an account is topped up.' })
  billing_url!: string | null;

  @Text({ description: 'What is appended to the base URL for a chat.', example: '/chat/completions' })
  chat_path!: string;

  @Text({ description: 'What is appended to the base URL for embeddings.', example: '/embeddings' })
  embeddings_path!: string;

  @Decimal({ description: 'The highest temperature it takes.' })
  max_temperature!: number;

  @TextList({ description: 'Parameters that none of its models takes.' })
  refused_parameters!: string[];

  @Nested(() => ProviderThinkingDto, { description: 'How its models can be told to think.' })
  thinking!: ProviderThinkingDto;

  @Flag({ description: 'It takes ids of endpoints (`ep-…`) for a model, too.' })
  has_endpoint_ids!: boolean;

  @Flag({ description: 'It has embedding models.' })
  has_embeddings!: boolean;

  @Text({ description: 'A model to start with.', example: 'deepseek-flash' })
  example_model!: string;
}
