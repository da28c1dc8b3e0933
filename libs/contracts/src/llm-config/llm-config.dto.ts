import { AnyObject, Decimal, Flag, Id, Moment, Nested, OneOf, Text, Whole } from '../field/fields.js';
import { LlmConfigDetailsDto } from './llm-config-details.dto.js';
import { LLM_PROVIDER, type LlmProvider } from './llm-provider.js';

/** A model configuration as the api answers it: everything but its key. */
export class LlmConfigDto {
  @Id({ description: 'Names the configuration.' })
  id!: string;

  @Text({ description: 'Shown in the console.' })
  name!: string;

  @OneOf(LLM_PROVIDER, { description: 'Which kind of endpoint this is.' })
  provider!: LlmProvider;

  @Text({ description: 'The model, as its provider names it.' })
  model_name!: string;

  @Text({
    nullable: true,
    description: 'The first and last characters of the key, null without one.',
    example: 'sk-…a1b2',
  })
  api_key_masked!: string | null;

  @Flag({ description: 'A key is stored.' })
  has_api_key!: boolean;

  @Text({ nullable: true, description: "Where the endpoint is; null means the provider's own address." })
  base_url!: string | null;

  @Whole({ nullable: true, description: 'Longest answer, in tokens.' })
  max_tokens!: number | null;

  @Decimal({ nullable: true, description: 'Sampling temperature.' })
  temperature!: number | null;

  @Decimal({ nullable: true, description: 'Nucleus sampling.' })
  top_p!: number | null;

  @Decimal({ nullable: true, description: 'Frequency penalty.' })
  frequency_penalty!: number | null;

  @Decimal({ nullable: true, description: 'Presence penalty.' })
  presence_penalty!: number | null;

  @Text({ nullable: true, description: 'What this configuration is for.' })
  description!: string | null;

  @Flag({ description: 'May be chosen and used.' })
  is_active!: boolean;

  @Flag({ description: 'Used where nothing else is chosen.' })
  is_default!: boolean;

  @Flag({ description: 'An embedding model.' })
  is_embedding!: boolean;

  @AnyObject({ nullable: true, description: 'Further settings; the values of secret headers stand as `••••`.' })
  extra_config!: Record<string, unknown> | null;

  @Whole({ description: 'How many turns it has answered.' })
  usage_count!: number;

  @Moment({ nullable: true, description: 'When it last answered.' })
  last_used_at!: string | null;

  @Moment({ description: 'When it was created.' })
  created_at!: string;

  @Moment({ description: 'When it was last changed; use does not count.' })
  updated_at!: string;

  @Id({ nullable: true, description: 'Who created it.' })
  created_by!: string | null;

  @Id({ nullable: true, description: 'Who changed it last.' })
  updated_by!: string | null;

  @Nested(() => LlmConfigDetailsDto, { optional: true, description: 'Only with `include=details`.' })
  details?: LlmConfigDetailsDto;
}
